"""A Redis cache that is forgetful while Redis is away, and never an error.

Reads miss and writes are lost. So nothing may lie there only, and whatever is deleted there needs a short
life, too: what is deleted during an outage may come back with Redis.
"""

import logging
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as Away
from redis.exceptions import TimeoutError as TooSlow
from redis.retry import Retry

log = logging.getLogger(__name__)

LEFT_ALONE_SECONDS = 5.0  # after a failure; meanwhile nobody in this process waits for it
HASTY = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5, "retry": Retry(NoBackoff(), 1)}


def forgiving(method: Callable, otherwise: Callable[..., Any]) -> Callable:
    """The method, answered by `otherwise` with the same arguments while Redis is away."""

    @wraps(method)
    def asked(self, *args, **options):
        try:
            return self.ask(method, *args, **options)
        except (Away, TooSlow):
            return otherwise(*args, **options)

    return asked


class ForgetfulRedisCache(RedisCache):
    """`add` chooses who does a chore, so during an outage this process's own memory answers it.

    `incr` still raises: a counter that forgets would open a door (see smartspec.lib.throttle).
    """

    left_alone_until = 0.0  # of this process: every thread has an instance of its own

    def __init__(self, server: str, params: dict):
        super().__init__(server, {**params, "OPTIONS": HASTY | params.get("OPTIONS", {})})
        self._own = LocMemCache("while-redis-is-away", {**params, "OPTIONS": {}})

    def ask(self, method: Callable, *args, **options) -> Any:
        kind = ForgetfulRedisCache
        if time.monotonic() < kind.left_alone_until:
            raise Away("Redis was away a moment ago")
        try:
            return method(self, *args, **options)
        except (Away, TooSlow) as error:
            kind.left_alone_until = time.monotonic() + LEFT_ALONE_SECONDS
            log.warning("the cache is away, going on without it: %s", error)
            raise

    get = forgiving(RedisCache.get, lambda key, default=None, version=None: default)
    get_many = forgiving(RedisCache.get_many, lambda keys, version=None: {})
    has_key = forgiving(RedisCache.has_key, lambda key, version=None: False)
    set = forgiving(RedisCache.set, lambda *args, **options: None)
    set_many = forgiving(RedisCache.set_many, lambda data, *args, **options: list(data))
    touch = forgiving(RedisCache.touch, lambda *args, **options: False)
    delete = forgiving(RedisCache.delete, lambda key, version=None: False)
    delete_many = forgiving(RedisCache.delete_many, lambda keys, version=None: None)
    clear = forgiving(RedisCache.clear, lambda: False)

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        try:
            return self.ask(RedisCache.add, key, value, timeout, version)
        except (Away, TooSlow):
            return self._own.add(key, value, timeout, version)

    def incr(self, key, delta=1, version=None):
        return self.ask(RedisCache.incr, key, delta, version)
