from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory, force_authenticate
from rest_framework.views import APIView

from accounts.models import User
from smartspec.lib.throttle import Policy, RateLimited, address_of, take

DAILY = Policy("daily", limit=3, seconds=86_400)


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


def test_parallel_requests_are_all_counted():
    with ThreadPoolExecutor(8) as pool:
        standings = list(pool.map(lambda _number: take(DAILY, "crowd"), range(60)))
    assert sorted(standing.used for standing in standings) == list(range(1, 61))


def test_a_counter_that_the_cache_dropped_begins_again():
    take(DAILY, "somebody")
    cache.clear()
    assert take(DAILY, "somebody").used == 1


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
