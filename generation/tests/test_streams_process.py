"""The streams process and the pages of other sites; and a database that goes away and comes back."""

import asyncio
import contextlib

import pytest
from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator
from django.db import DatabaseError, connection

from accounts.tests.factories import make_key
from generation import streaming
from generation.api import streams
from generation.tests.conftest import run, submit

pytestmark = pytest.mark.django_db(transaction=True)

CHAT, STRANGER = "https://chat.example", "https://stranger.example"


@pytest.fixture(autouse=True)
def origins(settings):
    settings.CORS_ALLOWED_ORIGINS = ["tauri://localhost", CHAT]


@pytest.fixture
def done(sandbox, user):
    return run(submit(user))


async def asked(path: str, *, query: str = "", method: str = "GET", **headers: str):
    """Status, headers and whole body of one answer."""
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
    }
    communicator = ApplicationCommunicator(streams.application, scope)
    start = await communicator.receive_output(timeout=10)
    body, more = b"", True
    while more:
        part = await communicator.receive_output(timeout=10)
        body, more = body + part["body"], part.get("more_body", False)
    head = {name.decode(): value.decode() for name, value in start["headers"]}
    return start["status"], head, body.decode()


def read(task, **request):
    path, query = f"/api/v1/generation/tasks/{task.pk}/events", f"token={streaming.token_for(task.pk)}"
    return asyncio.run(asked(path, **{"query": query} | request))


@pytest.mark.parametrize("origin", ["tauri://localhost", CHAT])
def test_pages_of_a_configured_origin_may_read_a_stream(done, origin):
    status, head, body = read(done, origin=origin)
    assert (status, head["access-control-allow-origin"], head["vary"]) == (200, origin, "Origin")
    assert '"status":"completed"' in body


def test_pages_of_other_origins_may_not(done):
    _status, head, _body = read(done, origin=STRANGER)
    assert "access-control-allow-origin" not in head
    assert head["vary"] == "Origin"


def test_a_configured_page_can_read_why_it_was_refused(done):
    status, head, body = read(done, query="token=wrong", origin=CHAT)
    assert (status, head["access-control-allow-origin"]) == (401, CHAT)
    assert "not_authenticated" in body


def test_a_page_that_sends_its_key_asks_first_and_is_let_in(done, user):
    asks = {"origin": CHAT, "access_control_request_method": "GET"}
    status, head, body = read(done, query="", method="OPTIONS", **asks)
    assert (status, body, head["access-control-allow-origin"]) == (204, "", CHAT)
    assert "x-api-key" in head["access-control-allow-headers"].split(", ")
    _key, secret = make_key(user)
    assert read(done, query="", origin=CHAT, x_api_key=secret)[0] == 200


def test_a_stranger_that_asks_first_is_promised_nothing(done):
    status, head, _body = read(done, query="", method="OPTIONS", origin=STRANGER)
    assert (status, set(head)) == (204, {"vary"})


def test_when_every_place_is_taken_it_says_when_to_come_back(done, settings):
    settings.STREAM_PROCESS_PLACES = 0
    status, head, body = read(done)
    assert (status, head["retry-after"]) == (429, "5")
    assert "rate_limited" in body


def test_a_reader_who_has_heard_the_end_is_told_not_to_come_back(done):
    assert read(done, last_event_id=str(done.sequence))[0] == 204
    assert read(done, last_event_id=str(done.sequence - 1))[0] == 200


@pytest.mark.parametrize("odd", ["-" * 36, "f" * 36, "0" * 35])
def test_what_is_no_id_is_not_found(odd):
    assert asyncio.run(asked(f"/api/v1/generation/tasks/{odd}/events"))[0] == 404


def test_looking_at_tasks_that_stand_still_is_one_query(sandbox, user, django_assert_num_queries):
    tasks = [submit(user) for _ in range(5)]
    with django_assert_num_queries(1):
        assert streams.messages_after({task.pk: task.sequence for task in tasks}) == []


def test_other_methods_are_not_found(done):
    assert read(done, method="POST")[0] == 404


@pytest.mark.postgres_only("SQLite has no connection that could break")
def test_streams_go_on_when_the_database_has_dropped_their_connection(done):
    path, query = f"/api/v1/generation/tasks/{done.pk}/events", f"token={streaming.token_for(done.pk)}"

    async def before_and_after() -> list[int]:
        first = await asked(path, query=query)
        await sync_to_async(break_connection)()
        return [first[0], (await asked(path, query=query))[0]]

    assert asyncio.run(before_and_after()) == [200, 200]


def break_connection() -> None:
    with contextlib.suppress(DatabaseError), connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
