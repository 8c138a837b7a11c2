"""A Redis broker whose failures cost half a second, not a minute: a wake-up may be lost."""

from functools import cache

import redis
from django_q.brokers.redis_broker import Redis
from django_q.conf import Conf
from redis.backoff import NoBackoff
from redis.retry import Retry


class WakeupRedis(Redis):
    @staticmethod
    def get_connection(list_key: str | None = None) -> redis.Redis:
        return _kept(Conf.REDIS)

    def dequeue(self) -> list[tuple[None, bytes]] | None:
        """At most one package; waits no longer than the ORM broker would: sweeps want their turn."""
        found = self.connection.blpop([self.list_key], timeout=min(Conf.POLL, 0.3))
        return [(None, found[1])] if found else None


@cache
def _kept(url: str) -> redis.Redis:
    """One for the process: its pool is safe for threads and forks, and checks a connection before use."""
    return redis.Redis.from_url(
        url, socket_timeout=0.5, socket_connect_timeout=0.5, retry=Retry(NoBackoff(), 0)
    )
