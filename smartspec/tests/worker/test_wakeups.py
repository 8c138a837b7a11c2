"""A wake-up belongs to the transaction of the row it is about, and nobody waits for it."""

import pytest
import redis
from django.db import transaction
from django_q.conf import Conf
from django_q.models import OrmQ

from smartspec.lib.brokers import WakeupRedis
from smartspec.lib.processes import free_port
from smartspec.lib.queue import wake, wakeups

JOB = "smartspec.tests.worker.errands.note"


@pytest.fixture
def on_redis(settings, monkeypatch):
    """Wake-ups go to a Redis of this address."""

    def point(url: str) -> WakeupRedis:
        settings.QUEUE_BROKER = "redis"
        monkeypatch.setattr(Conf, "REDIS", url)
        monkeypatch.setattr(Conf, "BROKER_CLASS", "smartspec.lib.brokers.WakeupRedis")
        return WakeupRedis(list_key="smartspec")

    return point


@pytest.mark.django_db
def test_a_wakeup_appears_with_its_transaction():
    with transaction.atomic():
        wake(JOB, "1")
    assert OrmQ.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_wakeup_goes_with_a_transaction_that_is_rolled_back():
    with transaction.atomic():
        wake(JOB, "1")
        transaction.set_rollback(True)
    assert not OrmQ.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_with_redis_it_goes_out_after_the_commit(on_redis, redis_url):
    broker = on_redis(redis_url)
    broker.delete_queue()
    with transaction.atomic():
        wake(JOB, "1")
        assert broker.queue_size() == 0
    assert broker.queue_size() == 1
    broker.delete_queue()


@pytest.mark.django_db(transaction=True)
def test_with_redis_down_the_row_is_written_and_the_loss_is_logged(on_redis, caplog):
    on_redis(f"redis://127.0.0.1:{free_port()}/0")
    wake(JOB, "1")
    assert [(record.name, record.levelname) for record in caplog.records] == [(wakeups.__name__, "WARNING")]


@pytest.mark.django_db(transaction=True)
def test_many_wakeups_share_one_connection(on_redis, redis_url):
    assert on_redis(redis_url).connection is on_redis(redis_url).connection


@pytest.mark.django_db(transaction=True)
def test_a_wakeup_goes_out_though_the_kept_connection_was_cut(on_redis, redis_url):
    broker = on_redis(redis_url)
    broker.delete_queue()
    with redis.Redis.from_url(redis_url) as other:
        other.client_kill_filter(_type="normal", skipme=True)
    wake(JOB, "1")
    assert broker.queue_size() == 1
    broker.delete_queue()


def test_an_empty_redis_is_left_in_time_for_the_sweeps(on_redis, redis_url):
    broker = on_redis(redis_url)
    broker.delete_queue()
    assert broker.dequeue() is None
