"""What becomes of requests when more is asked than can be answered."""

import threading

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import translation

from smartspec import unanswered
from smartspec.shedding import Shed

HTML = "text/html; charset=utf-8"
PROBLEM = "application/problem+json"


class Slow:
    """Answers when it is told to."""

    def __init__(self):
        self.begun, self.may_end = threading.Semaphore(0), threading.Event()

    def __call__(self, request):
        if request.path.startswith("/slow"):
            self.begun.release()
            self.may_end.wait(10)
        return HttpResponse("done")


@pytest.fixture
def crowd(settings, rf):
    """Both places of a process are taken."""
    settings.REQUESTS_AT_ONCE = 2
    slow = Slow()
    shed = Shed(slow)
    guests = [threading.Thread(target=shed, args=(rf.get("/slow"),)) for _ in range(2)]
    for guest in guests:
        guest.start()
        slow.begun.acquire(timeout=10)
    yield shed
    slow.may_end.set()
    for guest in guests:
        guest.join()


@pytest.mark.parametrize("path, kind", [("/gallery", HTML), ("/api/v1/me", PROBLEM)])
def test_one_more_than_there_are_places_is_sent_away_at_once(crowd, rf, path, kind):
    answer = crowd(rf.get(path))
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (503, kind, "no-store")
    assert answer["Retry-After"] in {"1", "2", "3", "4"}


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_whoever_looks_after_the_process_is_answered_all_the_same(crowd, rf, path):
    assert crowd(rf.get(path)).status_code == 200


def test_those_who_are_sent_away_fill_no_log(crowd, rf, caplog):
    for _time in range(20):
        crowd(rf.get("/gallery"))
    assert [record.message for record in caplog.records] == ["all 2 places are taken: requests are sent away"]


def test_a_place_is_free_again_when_a_view_breaks(settings, rf):
    settings.REQUESTS_AT_ONCE = 1

    def broken(request):
        raise RuntimeError

    shed = Shed(broken)
    for _time in range(3):
        with pytest.raises(RuntimeError):
            shed(rf.get("/gallery"))


@pytest.mark.parametrize("language, words", [("en", "We are busy for a moment"), ("th", "ขณะนี้")])
def test_the_page_of_a_crowd_speaks_the_language_of_its_address(rf, language, words):
    with translation.override(language):
        answer = unanswered.too_busy(rf.get("/gallery"))
    assert f'<html lang="{language}"' in answer.content.decode()
    assert words in answer.content.decode()


def test_a_program_may_try_again_and_was_not_charged(rf):
    with translation.override("en"):
        document = unanswered.too_busy(rf.post("/api/v1/generation/image")).content.decode()
    assert '"code": "unavailable"' in document
    assert "Nothing was done or charged." in document


def test_sending_away_asks_nothing_of_the_database(rf):
    """This test may not use one."""
    assert unanswered.too_busy(rf.get("/gallery")).status_code == 503


def test_the_shipped_order_refuses_before_a_session_is_read(settings):
    order = settings.MIDDLEWARE
    shed = order.index("smartspec.shedding.Shed")
    assert order.index("gallery.caching.middleware.PageCache") < shed
    assert order.index("corsheaders.middleware.CorsMiddleware") < shed  # a page elsewhere may read the 503
    assert shed < order.index("django.contrib.sessions.middleware.SessionMiddleware")


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_process_that_is_about_to_stop_sends_balancers_elsewhere(db, settings, tmp_path, path):
    mark = tmp_path / "leaving"
    settings.LEAVING_MARK = str(mark)
    assert Client().get(path).status_code == 200
    mark.touch()
    answer = Client().get(path)
    assert (answer.status_code, answer.json()["status"]) == (503, "leaving")
