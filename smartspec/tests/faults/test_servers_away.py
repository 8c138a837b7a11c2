"""PostgreSQL and Redis are stopped and started again under a running product."""

import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import pytest
import redis
import requests
from django.urls import URLPattern, get_resolver

from smartspec.lib.processes import is_open
from smartspec.tests.faults.installation import Installation

pytestmark = [
    pytest.mark.processes,
    pytest.mark.postgres_only(reason="it starts a PostgreSQL of its own, whichever the tests run on"),
]

ASKED = {  # path: what is posted there, or None for a GET; each needs the database
    "/api/v1/me": None,
    "/api/v1/generation/models": None,
    "/api/v1/generation/tasks": None,
    "/generation/history": None,
    "/api/v1/gallery": None,
    "/api/v1/storage/usage": None,
    "/api/v1/generation/image": {"prompt": "a boat"},
    "/api/v1/auth/token": {"username": "somchai", "password": "a guess"},
}
PAGES = ["/gallery", "/th/gallery", "/gallery/images", "/gallery/search?q=boat", "/sitemap.xml"]


@pytest.fixture(scope="module")
def product() -> Iterator[Installation]:
    with TemporaryDirectory(prefix="smartspec-away-") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL may have to run as somebody else
        product = Installation(Path(folder), database="postgres", broker="redis", crash_rate=0)
        product.open()
        yield product
        product.close()
        product.close_database()


@pytest.fixture
def without_database(product):
    product.stop_server("postgres", signal.SIGINT)
    yield product
    start(product, "postgres", product.env["DATABASE_URL"])
    wait_until(lambda: ask(product, "GET", "/api/v1/me").status_code == 200)


@pytest.fixture
def without_redis(product):
    product.stop_server("redis")
    yield product
    start(product, "redis", product.env["REDIS_URL"])


def start(product: Installation, name: str, url: str) -> None:
    if not is_open(urlsplit(url).port):
        product.start_server(name)
        product.running[name].answers(urlsplit(url).port)


def ask(product: Installation, method: str, path: str, **more) -> requests.Response:
    more |= {"headers": {"X-API-Key": product.keys[0]}, "allow_redirects": False}
    return requests.request(method, product.url + path, timeout=30, **more)


def order(product: Installation) -> str:
    answer = ask(
        product, "POST", "/api/v1/generation/image", json={"prompt": "a boat", "model_id": "z-image"}
    )
    assert answer.status_code == 202, answer.text
    return answer.json()["id"]


def ends_well(product: Installation, task: str) -> bool:
    answer = ask(product, "GET", f"/api/v1/generation/tasks/{task}")
    return answer.status_code == 200 and answer.json()["status"] == "completed"


def wait_until(condition: Callable[[], object], *, seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "nothing happened in time"
        time.sleep(0.1)


def said_by_the_worker(product: Installation) -> str:
    return "\n".join(log.read_text() for log in (product.folder / "logs").glob("worker*.log"))


def plain_paths(patterns=None, prefix: str = "/") -> Iterator[str]:
    """Every address without parameters."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + str(pattern.pattern).removeprefix("^").removesuffix("$")
        if set(path) & set("<(\\[?"):
            continue
        if isinstance(pattern, URLPattern):
            yield path
        else:
            yield from plain_paths(pattern.url_patterns, path)


def test_the_api_says_that_it_will_be_back(without_database):
    for path, body in ASKED.items():
        answer = ask(without_database, "GET" if body is None else "POST", path, json=body)
        assert (answer.status_code, answer.headers["Content-Type"]) == (503, "application/problem+json"), path
        assert int(answer.headers["Retry-After"]) > 0
        assert answer.json() | {"code": "unavailable", "retryable": True, "charged": False} == answer.json()


def test_pages_say_it_in_their_language_and_are_not_kept(without_database):
    for path in PAGES:
        answer = ask(without_database, "GET", path)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (503, "no-store"), path
        assert int(answer.headers["Retry-After"]) > 0
        language = "th" if path.startswith("/th/") else "en"
        assert f'<html lang="{language}"' in answer.text


def test_no_address_at_all_answers_that_something_broke(product, request):
    paths = [*plain_paths()]
    before = {path: ask(product, "GET", path).status_code for path in paths}
    request.getfixturevalue("without_database")
    during = {path: ask(product, "GET", path).status_code for path in paths}
    assert {path: status for path, status in during.items() if status not in (503, before[path])} == {}
    assert 503 in during.values()


def test_what_was_ordered_before_the_database_went_is_delivered_after_it_came_back(product):
    task = order(product)
    product.stop_server("postgres", signal.SIGQUIT)
    assert ask(product, "GET", f"/api/v1/generation/tasks/{task}").status_code == 503
    start(product, "postgres", product.env["DATABASE_URL"])
    wait_until(lambda: ends_well(product, task))


def test_without_redis_orders_are_taken_and_delivered(without_redis):
    task = order(without_redis)
    wait_until(lambda: ends_well(without_redis, task))


def test_without_redis_no_sweep_fails(without_redis):
    before = len(said_by_the_worker(without_redis))
    wait_until(
        lambda: "wake-ups failed" in said_by_the_worker(without_redis)[before:]
    )  # the one that needs it
    task = order(without_redis)
    wait_until(lambda: ends_well(without_redis, task))
    assert "sweep failed" not in said_by_the_worker(without_redis)[before:]


@pytest.mark.parametrize("path", ["/gallery", "/api/v1/gallery", "/readyz", "/api/v1/generation/models"])
def test_without_redis_the_web_goes_on(without_redis, path):
    assert ask(without_redis, "GET", path).status_code == 200


def test_without_redis_who_asks_too_often_is_still_told_so(without_redis):
    answers = [ask(without_redis, "POST", "/api/v1/auth/device", json={}) for _attempt in range(45)]
    assert {answer.status_code for answer in answers} >= {429}


def test_when_redis_is_back_wakeups_come_through_it_again(product, request):
    request.getfixturevalue("without_redis")
    start(product, "redis", product.env["REDIS_URL"])
    told = redis.Redis.from_url(product.env["REDIS_URL"])
    order(product)
    wait_until(lambda: "cmdstat_rpush" in told.info("commandstats"))
    wait_until(lambda: not told.exists("smartspec"))
