"""Who works keeps the row, and who died soon loses it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from smartspec.lib.due import kept
from smartspec.tests.worker.conftest import wait_until
from storage_app import deletion, jobs
from storage_app.models import Deletion

pytestmark = pytest.mark.django_db(transaction=True)

SHORT = timedelta(seconds=0.6)


@pytest.fixture
def row() -> Deletion:
    """Claimed by us."""
    deletion.discard("private", ["images/generated/u/a.png"])
    return Deletion.objects.claim(lease=SHORT)


def is_renewed(row: Deletion) -> bool:
    return Deletion.objects.filter(pk=row.pk, lease_until__gt=row.lease_until).exists()


def test_slow_work_keeps_its_row(row):
    with kept(row, lease=SHORT):
        wait_until(lambda: timezone.now() > row.lease_until)
        assert Deletion.objects.claim(lease=SHORT) is None


def test_the_row_of_a_dead_worker_is_free_when_its_lease_has_run_out(row):
    wait_until(lambda: Deletion.objects.claim(lease=SHORT))
    assert not row.write(tries=0)


def test_a_row_claimed_by_name_is_one_statement_whoever_holds_it(row, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert Deletion.objects.claim(lease=SHORT, pk=row.pk) is None
    row.put_back(delay=timedelta(0))
    with django_assert_num_queries(1):
        assert Deletion.objects.claim(lease=SHORT, pk=row.pk).fence == row.fence + 1


def test_a_claim_by_name_counts_the_attempt_and_holds_the_row(row):
    row.put_back(delay=timedelta(0))
    claimed = Deletion.objects.claim(lease=timedelta(minutes=1), pk=row.pk)
    assert (claimed.tries, claimed.lease_until > timezone.now()) == (row.tries + 1, True)
    assert claimed.write(tries=0)
    assert not row.write(tries=0)


def test_who_lost_the_row_does_not_renew_the_lease_of_another(row):
    Deletion.objects.filter(pk=row.pk).update(fence=row.fence + 1, lease_until=row.lease_until)
    with kept(row, lease=SHORT):
        wait_until(lambda: timezone.now() > row.lease_until)
    assert not is_renewed(row)


@pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.postgres_only(reason="SQLite has no connection that could be cut")
def test_a_renewal_whose_connection_is_cut_is_tried_again(row):
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    with kept(row, lease=SHORT):
        wait_until(lambda: timezone.now() > row.lease_until)
        with connection.cursor() as cursor:
            cursor.execute(f"{cut} AND datname = current_database()")
        row.refresh_from_db(fields=["lease_until"])
        wait_until(lambda: is_renewed(row))


def test_storage_gives_up_a_dead_workers_row_within_half_a_minute():
    assert jobs.LEASE.total_seconds() <= 30


def test_storage_renews_while_it_works(row, monkeypatch):
    Deletion.objects.update(lease_until=None)

    def take_long(claimed: Deletion) -> None:
        wait_until(lambda: is_renewed(claimed))
        Deletion.objects.all().delete()

    monkeypatch.setattr(jobs, "LEASE", SHORT)
    monkeypatch.setattr(jobs, "carry_out", take_long)
    assert jobs.delete_next()
    assert not Deletion.objects.exists()
