"""What an event stream says of a task: one message per move, replayed from the history."""

import json
import uuid
from dataclasses import dataclass

from django.core import signing

from generation.models import GenerationTask, TaskEvent

TOKEN_SECONDS = 600
HEARTBEAT_SECONDS = 15
HEARTBEAT = b": still here\n\n"
OPENING = b"retry: 2000\n\n"
HEADERS = {
    "Content-Type": "text/event-stream",
    "Cache-Control": "no-store",
    "Content-Encoding": "identity",  # compression would hold messages back
    "X-Accel-Buffering": "no",
}
_signer = signing.TimestampSigner(salt="generation.events")


@dataclass(frozen=True)
class Message:
    """`sequence` is the event's id: a client that comes back names the last one it saw."""

    sequence: int
    document: dict
    is_last: bool

    def encode(self) -> bytes:
        data = json.dumps(self.document, ensure_ascii=False, separators=(",", ":"))
        return f"id: {self.sequence}\nevent: status\ndata: {data}\n\n".encode()


def token_for(task_id: uuid.UUID) -> str:
    """Opens the stream of this one task for ten minutes: a browser's EventSource sends no headers."""
    return _signer.sign(task_id.hex)


def opens(token: str, task_id: uuid.UUID) -> bool:
    try:
        return _signer.unsign(token, max_age=TOKEN_SECONDS) == task_id.hex
    except signing.BadSignature:
        return False


def last_seen(header: str | None) -> int:
    """The sequence in a Last-Event-ID header; -1 asks for everything."""
    return int(header) if header and header.isdecimal() and len(header) < 10 else -1


def is_over(task: GenerationTask, seen: int) -> bool:
    """Everything was heard. A browser comes back by itself; 204 is how it is told not to."""
    return task.due_at is None and seen >= task.sequence


def messages_after(seen: dict[uuid.UUID, int]) -> list[tuple[uuid.UUID, Message]]:
    """Every move of these tasks past the sequence `seen` of each, oldest first; always two queries."""
    tasks = GenerationTask.objects.in_bulk(seen)
    later = TaskEvent.objects.filter(task_id__in=seen, sequence__gt=min(seen.values(), default=-1))
    return [
        (event.task_id, _message(event, tasks[event.task_id]))
        for event in later.order_by("task_id", "sequence")
        if event.sequence > seen[event.task_id] and event.task_id in tasks
    ]


def _message(event: TaskEvent, task: GenerationTask) -> Message:
    status, stage = event.new.split("/")
    is_latest = event.sequence == task.sequence
    document = {
        "id": str(task.pk),
        "status": status,
        "stage": stage,
        "progress": task.progress if is_latest else None,
        "sequence": event.sequence,
        "at": event.at.isoformat(),
        "error": task.error_code or None if is_latest else None,
    }
    return Message(event.sequence, document, is_last=is_latest and task.due_at is None)
