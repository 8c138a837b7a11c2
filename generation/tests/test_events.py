"""Event streams: the whole history, resumable, closed at the end, for nobody but the owner."""

import asyncio
import json
import time

import pytest
from asgiref.testing import ApplicationCommunicator
from django.core import signing

from accounts.tests.factories import make_key, make_user
from generation import streaming
from generation.api import events, streams
from generation.tests.conftest import run, submit


def parsed(body: str) -> list[dict]:
    """The messages of a stream as {id, event, data}."""
    blocks = [block for block in body.split("\n\n") if block.startswith("id:")]
    found = [dict(line.split(": ", 1) for line in block.splitlines()) for block in blocks]
    return [each | {"data": json.loads(each["data"])} for each in found]


def read(client, path, **headers) -> str:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/event-stream"
    return b"".join(answer.streaming_content).decode()


@pytest.fixture
def done(sandbox, user):
    return run(submit(user))


@pytest.mark.parametrize("beyond", [0, 1, 1000])
def test_a_reader_who_comes_back_after_the_end_is_told_to_stay_away(api, done, beyond):
    heard = {"Last-Event-ID": str(done.sequence + beyond)}
    assert api.get(f"/api/v1/generation/tasks/{done.pk}/events", headers=heard).status_code == 204


def test_a_finished_task_replays_its_history_and_closes(api, done):
    messages = parsed(read(api, f"/api/v1/generation/tasks/{done.pk}/events"))
    assert [int(message["id"]) for message in messages] == list(range(len(messages)))
    assert messages[0]["data"]["stage"] == "queued"
    assert (messages[-1]["data"]["status"], messages[-1]["data"]["progress"]) == ("completed", 1.0)


def test_a_client_that_comes_back_gets_only_what_it_missed(api, done):
    messages = parsed(read(api, f"/api/v1/generation/tasks/{done.pk}/events", **{"Last-Event-ID": "2"}))
    assert int(messages[0]["id"]) == 3


def test_the_streams_own_token_is_enough(client, api, done):
    url = api.get(f"/api/v1/generation/tasks/{done.pk}").json()["urls"]["events"]
    client.defaults.pop("HTTP_X_API_KEY", None)
    assert parsed(read(client, url.split("127.0.0.1:8000")[1]))


@pytest.mark.parametrize("token", ["", "x", "abc:def:ghi"])
def test_without_a_right_token_or_key_nothing_is_told(client, done, token):
    answer = client.get(f"/api/v1/generation/tasks/{done.pk}/events", {"token": token})
    assert answer.status_code == 401


def test_a_token_opens_one_stream_only(sandbox, user, client):
    first, second = submit(user), submit(user)
    token = streaming.token_for(first.pk)
    assert client.get(f"/api/v1/generation/tasks/{second.pk}/events", {"token": token}).status_code == 401


def test_a_token_ends_after_ten_minutes(done, monkeypatch):
    token = streaming.token_for(done.pk)
    later = time.time() + streaming.TOKEN_SECONDS + 1
    monkeypatch.setattr(signing.time, "time", lambda: later)
    assert not streaming.opens(token, done.pk)


def test_a_stranger_finds_nothing(client, done):
    _key, secret = make_key(make_user(username="stranger"))
    answer = client.get(f"/api/v1/generation/tasks/{done.pk}/events", headers={"X-API-Key": secret})
    assert answer.status_code == 404


def test_streams_are_limited_and_their_places_come_back(api, done):
    path = f"/api/v1/generation/tasks/{done.pk}/events"
    taken = [events._places.acquire(blocking=False) for _ in range(16)]
    assert all(taken)
    answer = api.get(path)
    assert (answer.status_code, answer.json()["code"]) == (429, "rate_limited")
    assert int(answer["Retry-After"]) > 0
    for _ in taken:
        events._places.release()
    for _ in range(20):
        assert parsed(read(api, path))


def test_a_stream_that_was_never_read_gives_its_place_back_once(done):
    taken = [events._places.acquire(blocking=False) for _ in range(16)]
    stream = events.Watched(done.pk, -1)
    stream.close()
    stream.close()
    assert events._places.acquire(blocking=False)
    assert not events._places.acquire(blocking=False)
    for _ in taken:
        events._places.release()


def scope(path, query="", **headers):
    return {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }


async def asked(**request) -> tuple[int, str]:
    """Status and whole body that the streams process answers."""
    communicator = ApplicationCommunicator(streams.application, scope(**request))
    start = await communicator.receive_output(timeout=5)
    body, more = b"", True
    while more:
        part = await communicator.receive_output(timeout=5)
        body, more = body + part["body"], part.get("more_body", False)
    return start["status"], body.decode()


@pytest.mark.django_db(transaction=True)
def test_the_streams_process_tells_the_same(sandbox, user):
    done = run(submit(user))
    path = f"/api/v1/generation/tasks/{done.pk}/events"
    status, body = asyncio.run(asked(path=path, query=f"token={streaming.token_for(done.pk)}"))
    assert status == 200
    assert [message["data"]["status"] for message in parsed(body)][-1] == "completed"
    assert len(streams.hub) == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path, status", [("/api/v1/generation/models", 404), ("/", 404), ("/healthz", 200)])
def test_the_streams_process_answers_nothing_else(path, status):
    assert asyncio.run(asked(path=path))[0] == status


@pytest.mark.django_db(transaction=True)
def test_the_streams_process_lets_no_stranger_in(sandbox, user):
    task = submit(user)
    path = f"/api/v1/generation/tasks/{task.pk}/events"
    assert asyncio.run(asked(path=path))[0] == 401
    _key, secret = make_key(make_user(username="stranger"))
    assert asyncio.run(asked(path=path, **{"x-api-key": secret}))[0] == 404
