"""Event streams in a process of their own: hundreds of open connections, one look at the database for all.

A bare ASGI application. It answers the same address as the web process does, and nothing else.
"""

import asyncio
import contextlib
import json
import logging
import re
import uuid
from collections import defaultdict
from urllib.parse import parse_qs

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections

from accounts import keys
from generation import streaming
from generation.api.origins import ForOrigin
from generation.models import GenerationTask
from smartspec.lib.outages import RETRY_AFTER_SECONDS, is_outage

log = logging.getLogger(__name__)

PATH = re.compile(r"^/(?:api/v1/)?generation/tasks/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/events/?$")
LOOK_EVERY_SECONDS = 0.4
LATER = {429, 503}  # statuses that say when to come back
PROBLEMS = {
    401: ("not_authenticated", "A key or the stream's token is needed."),
    404: ("not_found", "There is nothing here under this address."),
    429: ("rate_limited", "All event streams of this server are taken."),
    503: ("unavailable", "The service cannot be reached for a moment. Please come back in a few seconds."),
}


class Hub:
    """Who listens to which task; a single reader serves them all."""

    def __init__(self):
        self.listeners: dict[uuid.UUID, set[asyncio.Queue]] = defaultdict(set)
        self.seen: dict[uuid.UUID, int] = {}
        self._reader: asyncio.Task | None = None

    def __len__(self) -> int:
        return sum(map(len, self.listeners.values()))

    @contextlib.contextmanager
    def listening(self, task_id: uuid.UUID):
        queue: asyncio.Queue = asyncio.Queue()
        self.listeners[task_id].add(queue)
        self.seen[task_id] = -1  # a newcomer wants the history; each listener skips what it has seen
        if self._reader is None or self._reader.done():
            self._reader = asyncio.create_task(self._read())
        try:
            yield queue
        finally:
            self.listeners[task_id].discard(queue)
            if not self.listeners[task_id]:
                del self.listeners[task_id]
                self.seen.pop(task_id, None)

    async def _read(self) -> None:
        while self.listeners:
            try:
                found = await sync_to_async(messages_after)(dict(self.seen))
            except (DatabaseError, InterfaceError) as error:
                log.warning("streams cannot read: %s", error)
                found = []
            for task_id, message in found:
                if task_id in self.seen:
                    self.seen[task_id] = message.sequence
                for queue in self.listeners.get(task_id, ()):
                    queue.put_nowait(message)
            await asyncio.sleep(LOOK_EVERY_SECONDS)


def messages_after(seen: dict[uuid.UUID, int]) -> list[tuple[uuid.UUID, streaming.Message]]:
    """One narrow query while nothing moves; a connection that broke is nobody else's to drop."""
    close_old_connections()
    standing = GenerationTask.objects.filter(pk__in=seen).values_list("pk", "sequence")
    moved = {pk: seen[pk] for pk, sequence in standing if sequence > seen[pk]}
    return streaming.messages_after(moved) if moved else []


hub = Hub()


async def application(scope, receive, send) -> None:
    if scope["type"] != "http":
        return
    if scope["path"] == "/healthz":
        await answer(send, 200, {"status": "ok"})
        return
    headers = {name.decode().lower(): value.decode("latin-1") for name, value in scope["headers"]}
    found, send = PATH.match(scope["path"]), ForOrigin(send, headers.get("origin", ""))
    if not found or scope["method"] not in ("GET", "OPTIONS"):
        await refuse(send, 404)
    elif scope["method"] == "OPTIONS":
        await send.answer_preflight()
    else:
        token = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        await serve(uuid.UUID(found[1]), token, headers, receive, send)


async def serve(task_id: uuid.UUID, token: str, headers: dict[str, str], receive, send) -> None:
    seen = streaming.last_seen(headers.get("last-event-id"))
    try:
        status, seen = await sync_to_async(opening)(task_id, token, headers, seen)
    except (DatabaseError, InterfaceError) as error:
        status = meanwhile(task_id, token, error)
    if status == 200 and len(hub) >= settings.STREAM_PROCESS_PLACES:
        status = 429
    if status == 200:
        await stream(task_id, seen, receive, send)
    elif status == 204:
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})
    else:
        await refuse(send, status)


def opening(task_id: uuid.UUID, token: str, headers: dict[str, str], seen: int) -> tuple[int, int]:
    """The status, and from where the history is told; 204 for a reader who has heard it to its end."""
    close_old_connections()
    status = permission(task_id, token, headers)
    task = GenerationTask.objects.filter(pk=task_id).first() if status == 200 and seen >= 0 else None
    if task is None:
        return status, seen
    seen = min(seen, task.sequence)
    return (204 if streaming.is_over(task, seen) else 200), seen


def meanwhile(task_id: uuid.UUID, token: str, error: Exception) -> int:
    """The status while the database is away: a browser that is refused once does not come back by itself.

    A stream's own token can be read without it; the history is told when it is there again.
    """
    if not is_outage(error):
        raise error
    log.warning("streams cannot look up who asks: %s", error)
    return 200 if token and streaming.opens(token, task_id) else 503


def permission(task_id: uuid.UUID, token: str, headers: dict[str, str]) -> int:
    """200, 401 or 404: the stream's own token, or a key of the task's owner that may read tasks."""
    if token and streaming.opens(token, task_id):
        return 200
    secret = headers.get("x-api-key") or headers.get("authorization", "").partition(" ")[2]
    key = keys.find(secret.strip()) if secret else None
    if key is None or "tasks:read" not in key.scopes:
        return 401
    return 200 if GenerationTask.objects.owned_by(key.user).visible().filter(pk=task_id).exists() else 404


async def stream(task_id: uuid.UUID, seen: int, receive, send) -> None:
    head = [(name.lower().encode(), value.encode()) for name, value in streaming.HEADERS.items()]
    with hub.listening(task_id) as queue:  # before anything is awaited: it takes the place that was free
        await send({"type": "http.response.start", "status": 200, "headers": head})
        await send({"type": "http.response.body", "body": streaming.OPENING, "more_body": True})
        gone = asyncio.create_task(disconnected(receive))
        while not gone.done():
            body, seen, is_last = await next_chunk(queue, seen, gone)
            if body:
                await send({"type": "http.response.body", "body": body, "more_body": not is_last})
            if is_last:
                break
    gone.cancel()


async def next_chunk(queue: asyncio.Queue, seen: int, gone: asyncio.Task) -> tuple[bytes, int, bool]:
    """(bytes to send, newest sequence sent, is it over)."""
    waiting = asyncio.create_task(queue.get())
    await asyncio.wait(
        {waiting, gone}, timeout=streaming.HEARTBEAT_SECONDS, return_when=asyncio.FIRST_COMPLETED
    )
    if not waiting.done():
        waiting.cancel()
        return b"" if gone.done() else streaming.HEARTBEAT, seen, False
    message = waiting.result()
    if message.sequence <= seen:
        return b"", seen, message.is_last
    return message.encode(), message.sequence, message.is_last


async def disconnected(receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def refuse(send, status: int) -> None:
    code, detail = PROBLEMS[status]
    await answer(
        send, status, {"status": status, "code": code, "title": code, "detail": detail, "errors": []}
    )


async def answer(send, status: int, document: dict) -> None:
    kind = b"application/json" if status == 200 else b"application/problem+json"
    head = [(b"content-type", kind)]
    if status in LATER:
        head.append((b"retry-after", str(RETRY_AFTER_SECONDS).encode()))
    await send({"type": "http.response.start", "status": status, "headers": head})
    await send({"type": "http.response.body", "body": json.dumps(document).encode()})
