"""The cache, with Redis and without."""

from pathlib import Path

import pytest
from redis.exceptions import ConnectionError as Away

from smartspec.lib import forgetful_cache, throttle
from smartspec.lib.forgetful_cache import ForgetfulRedisCache
from smartspec.lib.processes import Process, free_port
from smartspec.lib.throttle import Policy
from smartspec.tests.servers import redis

TWICE = Policy("twice", limit=2, seconds=86_400)


@pytest.fixture(autouse=True)
def clean(monkeypatch):
    monkeypatch.setattr(ForgetfulRedisCache, "left_alone_until", 0.0)


@pytest.fixture
def server(tmp_path: Path):
    process, url = redis.start(tmp_path)
    yield process, url
    process.stop()


@pytest.fixture
def cache(server):
    return ForgetfulRedisCache(server[1], {})


@pytest.fixture
def nothing() -> ForgetfulRedisCache:
    """Nobody answers there."""
    cache = ForgetfulRedisCache(f"redis://127.0.0.1:{free_port()}/0", {})
    cache.clear()
    return cache


def test_with_redis_it_is_a_cache_like_any_other(cache):
    cache.set("a", 1)
    cache.set_many({"b": 2, "c": [3]})
    assert cache.get_many(["a", "b", "c", "d"]) == {"a": 1, "b": 2, "c": [3]}
    assert (cache.incr("a"), cache.add("a", 9), cache.touch("a"), cache.delete("b")) == (2, False, True, True)
    assert (cache.has_key("b"), cache.get("a"), cache.get_or_set("e", lambda: 5)) == (False, 2, 5)


@pytest.mark.parametrize(
    "ask, answer",
    [
        (lambda cache: cache.get("a"), None),
        (lambda cache: cache.get("a", "default"), "default"),
        (lambda cache: cache.get_many(["a"]), {}),
        (lambda cache: cache.has_key("a"), False),
        (lambda cache: cache.set("a", 1), None),
        (lambda cache: cache.set_many({"a": 1}), ["a"]),
        (lambda cache: cache.touch("a"), False),
        (lambda cache: cache.delete("a"), False),
        (lambda cache: cache.delete_many(["a"]), None),
        (lambda cache: cache.get_or_set("a", lambda: 7), 7),
        (lambda cache: cache.clear(), False),
    ],
)
def test_without_redis_it_forgets(nothing, ask, answer):
    assert ask(nothing) == answer


def test_without_redis_a_chore_is_still_done_once_in_this_process(nothing):
    assert [nothing.add("chore", True, 60) for _process in range(3)] == [True, False, False]


def test_what_counts_says_that_it_cannot(nothing):
    with pytest.raises(Away):
        nothing.incr("a")


def test_after_a_failure_nobody_waits_for_redis_for_a_while(server, cache, monkeypatch):
    process, _url = server
    process.stop()
    cache.get("a")
    monkeypatch.setattr(forgetful_cache.RedisCache, "get", lambda *_args: pytest.fail("Redis was asked"))
    assert cache.get("a") is None


def test_redis_is_used_again_when_it_is_back(server, cache, monkeypatch):
    process, _url = server
    cache.set("a", 1)
    process.stop()
    assert cache.get("a") is None
    back = Process(list(process.popen.args), log=process.log).answers(int(_url.split(":")[2].split("/")[0]))
    monkeypatch.setattr(ForgetfulRedisCache, "left_alone_until", 0.0)
    cache.set("a", 2)
    assert cache.get("a") == 2
    back.stop()


def test_a_restart_between_two_questions_is_not_noticed(server, cache):
    process, url = server
    cache.set("a", 1)
    process.stop()
    back = Process(list(process.popen.args), log=process.log).answers(int(url.split(":")[2].split("/")[0]))
    cache.set("a", 2)
    assert cache.get("a") == 2
    back.stop()


@pytest.mark.django_db
def test_without_redis_requests_are_counted_in_rows(nothing, monkeypatch):
    monkeypatch.setattr(throttle, "caches", {"default": nothing})
    assert [throttle.take(TWICE, "somchai").allowed for _ask in range(3)] == [True, True, False]
