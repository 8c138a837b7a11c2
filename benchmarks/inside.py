"""The same requests without a server: how many queries they take, and where their time goes."""

import cProfile
import io
import pstats
from itertools import cycle, islice
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.contest import Request, Unexpected

PROFILED = 200
LINES = 30
OURS = rf"{settings.BASE_DIR}/(accounts|gallery|generation|smartspec|storage_app|templates)/"
_client = Client()


class Look(NamedTuple):
    content: bytes
    queries: int


def ask(request: Request) -> bytes:
    method, path, headers, body = request
    kind = headers.get("Content-Type", "application/octet-stream")
    answer = _client.generic(method, path, body, content_type=kind, headers=headers)
    if answer.status_code >= 400:
        raise Unexpected(f"{method} {path}: {answer.status_code} {answer.content[:500]!r}")
    return answer.content


def look(request: Request) -> Look:
    ask(request)  # what happens once per process is no cost of a page
    with CaptureQueriesContext(connection) as queries:
        content = ask(request)
    return Look(content, len(queries))


def profile(requests: list[Request]) -> str:
    """The functions that take longest by themselves, then those of the product with all they call."""
    ask(requests[0])
    recorder = cProfile.Profile()
    recorder.enable()
    for request in islice(cycle(requests), PROFILED):
        ask(request)
    recorder.disable()
    text = io.StringIO()
    found = pstats.Stats(recorder, stream=text)
    found.sort_stats("tottime").print_stats(LINES)
    found.sort_stats("cumulative").print_stats(OURS, LINES * 2)
    return f"{PROFILED} requests\n{text.getvalue().replace(f'{settings.BASE_DIR}/', '')}"
