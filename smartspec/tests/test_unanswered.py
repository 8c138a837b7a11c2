"""What nobody answered."""

import pytest
from django.db import OperationalError, ProgrammingError, connection
from django.test import Client

from smartspec import health, unanswered
from smartspec.lib.outages import is_outage

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/generation/nothing/", "/api/nothing"])
def test_the_api_says_in_its_own_shape_that_there_is_nothing(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path, language", [("/nothing", "en"), ("/th/gallery/ไม่มี", "th")])
def test_everything_else_gets_a_page_in_its_language(client, path, language):
    answer = client.get(path)
    assert answer.status_code == 404
    assert f'<html lang="{language}"' in answer.content.decode()


@pytest.mark.parametrize(
    "path, content_type", [("/api/v1/gallery", "application/problem+json"), ("/gallery", "text/html")]
)
def test_a_broken_view_shows_nothing_of_itself(rf, path, content_type):
    request = rf.get(path)
    answer = unanswered.server_error(request)
    assert answer.status_code == 500
    assert answer["Content-Type"].startswith(content_type)


def test_a_view_that_raises_shows_no_reason_to_strangers(monkeypatch):
    def broken(*_args, **_options):
        raise RuntimeError("secret")

    monkeypatch.setitem(health.CHECKS, "database", broken)
    answer = Client(raise_request_exception=False).get("/readyz")
    assert answer.status_code == 500
    assert b"secret" not in answer.content


def broken_by(error: Exception):
    def view(*_args, **_options):
        raise error

    return view


@pytest.mark.parametrize("path", ["/api/v1/me", "/gallery"])
def test_an_outage_that_no_view_saw_is_called_one(rf, path):
    """As a middleware would meet it: Django calls the handler while it handles the error."""
    try:
        raise OperationalError("the connection is closed")
    except OperationalError:
        answer = unanswered.server_error(rf.get(path))
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")


def test_a_database_that_went_away_is_an_outage_and_says_nothing_of_itself(client, monkeypatch):
    monkeypatch.setitem(health.CHECKS, "database", broken_by(OperationalError("host=10.0.0.7 refused")))
    answer = client.get("/readyz")
    assert (answer.status_code, answer["Cache-Control"]) == (503, "no-store")
    assert b"10.0.0.7" not in answer.content


def test_a_statement_that_we_got_wrong_is_no_outage():
    with pytest.raises((OperationalError, ProgrammingError)) as caught, connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")
    assert not is_outage(caught.value)
