import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import RequestFactory
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory, force_authenticate
from rest_framework.views import APIView

from accounts.models import ThrottleWindow, User
from smartspec.lib.processes import free_port
from smartspec.lib.throttle import Policy, RateLimited, address_of, take
from smartspec.tests.servers import redis

pytestmark = pytest.mark.django_db
DAILY = Policy("daily", limit=3, seconds=86_400)
REDIS = {"BACKEND": "django.core.cache.backends.redis.RedisCache"}


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory):
    process, url = redis.start(tmp_path_factory.mktemp("redis"))
    yield url
    process.stop()


@pytest.fixture
def redis_cache(redis_url, settings):
    settings.CACHES = {"default": REDIS | {"LOCATION": redis_url}}
    cache.clear()


class Door(RateLimited, APIView):
    authentication_classes = ()
    permission_classes = ()
    rate_policy = DAILY

    def get(self, request):
        return Response({})


def knock(address: str = "192.0.2.1", user: User | None = None):
    request = APIRequestFactory().get("/", REMOTE_ADDR=address)
    if user:
        force_authenticate(request, user=user)
    return Door.as_view()(request)


def test_the_limit_is_the_last_one_let_through():
    assert [knock().status_code for _time in range(5)] == [200, 200, 200, 429, 429]


def test_every_answer_says_what_is_left():
    left = [knock().headers["RateLimit"].split(";")[1] for _time in range(5)]
    assert left == ["r=2", "r=1", "r=0", "r=0", "r=0"]
    assert knock().headers["RateLimit-Policy"] == '"daily";q=3;w=86400'


def test_a_refusal_says_when_to_come_back():
    for _time in range(4):
        answer = knock()
    assert 0 < int(answer.headers["Retry-After"]) <= 86_400
    assert answer.data["code"] == "rate_limited"


def test_each_address_has_its_own_count():
    for _time in range(3):
        knock("192.0.2.1")
    assert knock("192.0.2.2").status_code == 200


def test_each_person_has_their_own_count_wherever_they_are():
    person = User(username="somchai")
    for number in range(3):
        knock(f"192.0.2.{number}", user=person)
    assert knock("192.0.2.9", user=person).status_code == 429
    assert knock("192.0.2.1", user=User(username="malee")).status_code == 200


def test_what_was_counted_is_forgotten_when_its_window_is_long_over():
    take(DAILY, "somebody")
    ThrottleWindow.objects.update(until=0)
    take(DAILY, "somebody else")
    assert ThrottleWindow.objects.count() == 1


def test_a_counter_that_the_cache_dropped_begins_again(redis_cache):
    take(DAILY, "somebody")
    cache.clear()
    assert take(DAILY, "somebody").used == 1


def test_a_shared_cache_spares_the_database(redis_cache, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert [take(DAILY, "somebody").used for _time in range(2)] == [1, 2]


def test_without_its_cache_the_count_goes_on_in_the_database(settings):
    settings.CACHES = {"default": REDIS | {"LOCATION": f"redis://127.0.0.1:{free_port()}/0"}}
    assert [take(DAILY, "somebody").used for _time in range(3)] == [1, 2, 3]


def count_together() -> list[int]:
    """Eight requests in each of eight threads, each with its own connection like a process of its own."""
    together = threading.Barrier(8)

    def run(_number: int) -> list[int]:
        together.wait()
        try:
            return [take(DAILY, "crowd").used for _time in range(8)]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        return sorted(used for counts in pool.map(run, range(8)) for used in counts)


@pytest.mark.django_db(transaction=True)
def test_parallel_requests_are_all_counted_in_the_database():
    assert count_together() == list(range(1, 65))


@pytest.mark.django_db(transaction=True)
def test_parallel_requests_are_all_counted_in_the_cache(redis_cache):
    assert count_together() == list(range(1, 65))
    assert not ThrottleWindow.objects.exists()


@pytest.mark.parametrize(
    "proxies, remote, forwarded, expected",
    [
        (0, "192.0.2.1", "", "192.0.2.1"),
        (0, "192.0.2.1", "203.0.113.5", "192.0.2.1"),  # anybody can write this header
        (1, "10.0.0.1", "203.0.113.5", "203.0.113.5"),
        (1, "10.0.0.1", "6.6.6.6, 203.0.113.5", "203.0.113.5"),
        (2, "10.0.0.1", "6.6.6.6, 203.0.113.5, 10.0.0.2", "203.0.113.5"),
        (2, "10.0.0.1", "203.0.113.5", "10.0.0.1"),
        (1, "10.0.0.1", "", "10.0.0.1"),
        (1, "10.0.0.1", "nonsense", "unknown"),
        (0, "", "", "unknown"),
        (0, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        (0, "::ffff:192.0.2.1", "", "192.0.2.1"),
    ],
)
def test_a_forwarded_address_is_believed_as_far_as_our_proxies_reach(
    settings, proxies, remote, forwarded, expected
):
    settings.TRUSTED_PROXIES = proxies
    extra = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    assert address_of(RequestFactory().get("/", REMOTE_ADDR=remote, **extra)) == expected
