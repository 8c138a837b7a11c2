"""How often somebody may ask: fixed windows, counted atomically for all processes together.

DRF's own throttles read, add and write back, so parallel requests slip through; one `incr`, or one
upsert where no cache is shared, does not.
"""

import ipaddress
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import DEFAULT_CACHE_ALIAS, caches
from django.core.cache.backends.redis import RedisCache
from django.db import connection
from django.utils.translation import gettext_lazy as _
from redis.exceptions import RedisError

from smartspec.lib.errors import ProductError

TABLE = "throttle_windows"  # the accounts room gives it a home in its migrations
COUNT = f"""
    INSERT INTO {TABLE} (key, used, until) VALUES (%s, 1, %s)
    ON CONFLICT (key) DO UPDATE SET used = {TABLE}.used + 1 RETURNING used
"""  # noqa: S608
FORGET = f"DELETE FROM {TABLE} WHERE until < %s"  # noqa: S608


class TooManyRequests(ProductError):
    code = "rate_limited"
    status = 429
    title = _("Too many requests")
    message = _("You are asking too often. Please wait a moment.")
    retryable = True


@dataclass(frozen=True)
class Policy:
    """At most `limit` requests in each window of `seconds`."""

    name: str
    limit: int
    seconds: int


@dataclass(frozen=True)
class Standing:
    """Where somebody stands in the running window; `resets_in` is in whole seconds."""

    policy: Policy
    used: int
    resets_in: int

    @property
    def allowed(self) -> bool:
        return self.used <= self.policy.limit

    def headers(self) -> dict[str, str]:
        name, left = self.policy.name, max(0, self.policy.limit - self.used)
        return {
            "RateLimit-Policy": f'"{name}";q={self.policy.limit};w={self.policy.seconds}',
            "RateLimit": f'"{name}";r={left};t={self.resets_in}',
        }


def take(policy: Policy, who: str) -> Standing:
    """Count one request of `who`, whether it will be allowed or not."""
    window, elapsed = divmod(int(time.time()), policy.seconds)
    key = f"throttle:{policy.name}:{who}:{window}"
    return Standing(policy, _count(key, keep=policy.seconds * 2), policy.seconds - elapsed)


def _count(key: str, *, keep: int) -> int:
    cache = caches[DEFAULT_CACHE_ALIAS]
    if not isinstance(cache, RedisCache):  # the others are of one process, or read and write back
        return _count_in_rows(key, keep)
    try:
        return _count_in_cache(cache, key, keep)
    except RedisError:  # its absence must neither open the door nor close it
        return _count_in_rows(key, keep)


def _count_in_cache(cache: RedisCache, key: str, keep: int) -> int:
    cache.add(key, 0, keep)
    try:
        return cache.incr(key)
    except ValueError:  # evicted between the two calls
        cache.set(key, 1, keep)
        return 1


def _count_in_rows(key: str, keep: int) -> int:
    now = int(time.time())
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [key, now + keep])
        [used] = cursor.fetchone()
        if used == 1:  # a new window: a good moment to sweep the old ones
            cursor.execute(FORGET, [now])
    return used


def enforce(policy: Policy, who: str, request) -> None:
    """Count, tell the answer what is left, and raise TooManyRequests when nothing is."""
    request.rate_standing = standing = take(policy, who)
    if not standing.allowed:
        raise TooManyRequests(retry_after=standing.resets_in)


def address_of(request) -> str:
    """The caller's network address; a whole /64 counts as one caller in IPv6.

    X-Forwarded-For is believed only as far as our own TRUSTED_PROXIES have written it.
    """
    address = request.META.get("REMOTE_ADDR", "")
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    if 0 < settings.TRUSTED_PROXIES <= len(hops):
        address = hops[-settings.TRUSTED_PROXIES]
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if parsed.version == 4:
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((int(parsed), 64), strict=False))


class RateLimited:
    """View mixin: `rate_policy` per signed-in person, else per address; every answer says what is left.

    Without a policy of its own it reports what `enforce` counted elsewhere in this request.
    """

    rate_policy: Policy | None = None

    def check_throttles(self, request) -> None:
        super().check_throttles(request)
        if self.rate_policy:
            who = str(request.user.pk) if request.user.is_authenticated else address_of(request)
            enforce(self.rate_policy, who, request)

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        if standing := getattr(request, "rate_standing", None):
            for name, value in standing.headers().items():
                response.headers[name] = value
        return response
