"""Who works keeps the row for as long as it takes, and what a killed worker held is soon taken up."""

import threading
from collections.abc import Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import timezone

from gallery import announcing, jobs, relocating, reserving, sitemap_parts
from gallery.models import Announcement, LogMark, MonthNumbers, Numbers, Relocation, Reservation, SitemapPart
from gallery.numbers import jobs as number_jobs
from gallery.numbers import logs, months, rolling
from gallery.tests.factories import make_item, make_staff, make_task
from smartspec.lib import due
from smartspec.tests.servers import programs
from smartspec.tests.worker.conftest import wait_until

SHORT = timedelta(seconds=0.6)


def reservation() -> Reservation:
    return Reservation.objects.create(task=make_task(), by=make_staff(), due_at=timezone.now())


def relocation() -> Relocation:
    return Relocation.objects.create(item=make_item(), due_at=timezone.now())


def part() -> SitemapPart:
    SitemapPart.objects.all().delete()
    now = timezone.now()
    return SitemapPart.objects.create(number=0, language="en", due_at=now, changed_at=now)


def announcement() -> Announcement:
    return Announcement.objects.create(url="https://example.com/a", due_at=timezone.now())


def mark() -> LogMark:
    return LogMark.objects.create(log="task", due_at=timezone.now())


def day() -> Numbers:
    return Numbers.objects.create(day=date(2026, 11, 1), due_at=timezone.now())


def month() -> MonthNumbers:
    return MonthNumbers.objects.create(month=date(2026, 10, 1), due_at=timezone.now())


WORK = {  # who is due, whose lease, what takes long, and who does it
    "reservation": (reservation, jobs, (reserving, "fulfil"), jobs.fulfil),
    "relocation": (relocation, jobs, (relocating, "settle"), jobs.relocate),
    "sitemap": (part, jobs, (sitemap_parts, "write"), jobs.write_sitemap),
    "announcement": (announcement, announcing, (announcing, "send"), jobs.announce),
    "log": (mark, number_jobs, (logs, "look_through"), number_jobs.look),
    "day": (day, rolling, (rolling, "count_now"), number_jobs.count),
    "month": (month, months, (months, "spread_of"), number_jobs.add_up),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", WORK)
def test_slow_work_keeps_its_row(name, monkeypatch, settings):
    settings.INDEXNOW_KEY = "0123456789abcdef"
    make, leasing, (place, slow), work = WORK[name]
    row = make()
    seen = []

    def take_long(*_args, **_options):
        lease = type(row).objects.get(pk=row.pk).lease_until
        wait_until(lambda: type(row).objects.filter(pk=row.pk, lease_until__gt=lease).exists())
        seen.append(name)
        return True if name != "month" else months.Spread()

    monkeypatch.setattr(leasing, "LEASE", SHORT)
    monkeypatch.setattr(number_jobs, "LEASE", SHORT)
    monkeypatch.setattr(place, slow, take_long)
    assert work()
    assert seen == [name]


def test_a_dead_workers_row_is_free_within_half_a_minute():
    assert due.LEASE.total_seconds() <= 30


class SilentOnce(BaseHTTPRequestHandler):
    """Leaves the first message without an answer, and takes those after it."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.release()
        if self.server.is_first.acquire(blocking=False):
            self.server.over.wait()
            return
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args) -> None:
        """Nothing to tell."""


@pytest.fixture
def engine() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), SilentOnce)
    server.heard, server.over = threading.Semaphore(0), threading.Event()
    server.is_first = threading.Semaphore(1)
    threading.Thread(target=server.serve_forever).start()
    yield server
    server.over.set()
    server.shutdown()
    server.server_close()


@pytest.mark.processes
def test_what_a_killed_worker_was_telling_is_told_within_a_minute(transactional_db, engine, tmp_path):
    env = {
        "INDEXNOW_KEY": "0123456789abcdef",
        "INDEXNOW_URL": f"http://127.0.0.1:{engine.server_address[1]}/indexnow",
    }
    announcement()
    first = programs.worker(tmp_path, env, "--workers", "1")
    assert engine.heard.acquire(timeout=30)
    first.kill()
    second = programs.worker(tmp_path, env, "--workers", "1")
    wait_until(lambda: not Announcement.objects.exists(), seconds=60)
    second.stop()
