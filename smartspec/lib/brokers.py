"""A Redis broker whose failures cost half a second, not a minute: a wake-up may be lost."""

import redis
from django_q.brokers.redis_broker import Redis
from django_q.conf import Conf
from redis.backoff import NoBackoff
from redis.retry import Retry


class WakeupRedis(Redis):
    @staticmethod
    def get_connection(list_key: str | None = None) -> redis.Redis:
        return redis.Redis.from_url(
            Conf.REDIS, socket_timeout=0.5, socket_connect_timeout=0.5, retry=Retry(NoBackoff(), 0)
        )

    def dequeue(self):
        package = self.connection.lpop(self.list_key)
        return [(None, package)] if package else None
