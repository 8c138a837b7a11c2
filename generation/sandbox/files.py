"""Results and uploads, readable by everyone."""

import mimetypes
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from .answers import Answer, Request, as_html
from .desk import Desk
from .tasks import meets

mimetypes.add_type("audio/wav", ".wav")
mimetypes.add_type("audio/ogg", ".opus")


def result(desk: Desk, request: Request) -> Answer:
    name = request.path.removeprefix("/results/")
    task = next((task for task in desk.journal.all() if task.faults and name in task.files), None)
    if task is None:
        return served(desk.results, name)
    if "gone" in task.faults:
        return as_html(404, "404 Not Found")
    if "expired" in task.faults and "expires" not in request.query:
        return as_html(403, "403 Forbidden")
    return replace(served(desk.results, name), cut=meets(task, "cut"))


def upload(desk: Desk, request: Request) -> Answer:
    return served(desk.uploads, unquote(request.path.removeprefix("/uploads/")))


def served(folder: Path, name: str) -> Answer:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        return as_html(404, "404 Not Found")
    return Answer(file=path, content_type=mimetypes.guess_type(path.name)[0] or "application/octet-stream")


def byte_range(header: str, size: int) -> tuple[int, int] | None:
    """`bytes=a-b`, `bytes=a-` or `bytes=-n` as (start, end), end included; None when it cannot be met."""
    first, dash, last = header.removeprefix("bytes=").partition("-")
    if not header.startswith("bytes=") or not dash or not (first + last).isdigit():
        return None
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    return (start, end) if start <= end < size else None
