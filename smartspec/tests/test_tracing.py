"""Traces: none unless somebody wants them, and then of what is done, never of what somebody wrote."""

import json
import logging
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from accounts.tests.factories import make_key, make_user
from smartspec.lib import logs, tracing
from smartspec.lib.log_json import JsonFormatter
from smartspec.lib.processes import ROOT

TASK = "0c5f3f64-77cb-4d5b-9a80-0f4f0a0a7a11"
PROGRAM = f"""
import contextlib, django
django.setup()
from django.test import Client
from generation.provider.transport import NoAnswer, Transport
from smartspec.lib import tracing
browser = Client(HTTP_HOST="127.0.0.1", HTTP_X_REQUEST_ID="request-1")
browser.get("/api/v1/generation/tasks/{TASK}/status?token=s3cret")
with tracing.about("{TASK}", "task storing"), contextlib.suppress(NoAnswer):
    Transport("a-key-of-ours", timeout=(1, 1)).get("http://127.0.0.1:9/api/v1/jobs/recordInfo?token=s3cret")
with contextlib.suppress(ValueError), tracing.span("job", words="with ss_live_s3cret"):
    raise ValueError("a portrait of me")
tracing.tracing.flush()
"""


class Collector:
    """What a machine that collects traces is sent."""

    def __init__(self):
        self.bodies: list[bytes] = []
        collector = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                collector.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args):
                """The test's output is not the place."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def __enter__(self) -> "Collector":
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def spans(self) -> dict:
        """By their names."""
        sent = [ExportTraceServiceRequest.FromString(body) for body in self.bodies]
        scopes = [scope for one in sent for resource in one.resource_spans for scope in resource.scope_spans]
        return {span.name: span for scope in scopes for span in scope.spans}


def run(program: str, **env: str) -> subprocess.CompletedProcess:
    """In a process of its own: a tracer is set once and for all."""
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "smartspec.settings"} | env
    return subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=env, capture_output=True, text=True, check=True
    )


@pytest.fixture(scope="module")
def collected() -> Collector:
    with Collector() as collector:
        run(PROGRAM, OTEL_EXPORTER_OTLP_ENDPOINT=collector.url)
    return collector


def told(span) -> dict:
    return {each.key: each.value.string_value or each.value.int_value for each in span.attributes}


def test_a_request_is_a_span_with_its_route_its_task_and_its_id(collected):
    span = collected.spans()["GET /api/v1/generation/tasks/<uuid:task_id>/status"]
    assert told(span) == {
        "http.request.method": "GET",
        "http.route": "/api/v1/generation/tasks/<uuid:task_id>/status",
        "http.response.status_code": 401,
        "smartspec.task_id": TASK,
        "smartspec.request_id": "request-1",
    }


def test_a_call_of_the_provider_is_part_of_the_work_on_its_task(collected):
    work, call = (collected.spans()[name] for name in ("task storing", "provider reading"))
    assert call.parent_span_id == work.span_id
    assert told(call) == {"smartspec.answer": "none", "smartspec.task_id": TASK}


def test_an_error_is_told_by_its_type(collected):
    span = collected.spans()["job"]
    assert span.status.message == "ValueError"
    assert not span.events


def test_neither_secrets_nor_what_somebody_wrote_leaves(collected):
    assert told(collected.spans()["job"])["words"] == "with ss_live_[secret]"
    for word in (b"s3cret", b"a-key-of-ours", b"portrait"):
        assert not any(word in body for body in collected.bodies)


def test_without_an_address_no_tracer_is_loaded():
    """Redis' client looks for the library's counters by itself wherever it is installed."""
    program = "import django; django.setup(); import sys; print('opentelemetry.sdk.trace' in sys.modules)"
    assert run(program).stdout.strip() == "False"


def test_nobody_looking_costs_nothing_and_changes_nothing():
    with tracing.span("work", kind="small") as span:
        span.set_attribute("more", "words")
        span.update_name("other")
    assert span is tracing.UNSEEN


@pytest.fixture
def lines():
    """The log lines of Django about requests, as a machine gets them."""
    kept: list[dict] = []
    handler = logging.Handler()
    handler.addFilter(logs.RequestIdFilter())
    handler.setFormatter(JsonFormatter())
    handler.emit = lambda record: kept.append(json.loads(handler.format(record)))
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    yield kept
    logger.removeHandler(handler)


@pytest.mark.django_db
def test_every_line_of_a_call_about_a_task_names_it(client, lines):
    _key, secret = make_key(make_user())
    client.get(f"/api/v1/generation/tasks/{TASK}", headers={"X-API-Key": secret})
    assert [line["task_id"] for line in lines] == [TASK]
    assert logs.task_id.get() == ""


@pytest.mark.django_db
def test_the_next_call_is_not_about_it(client, lines):
    client.get(f"/api/v1/generation/tasks/{TASK}")
    client.get("/api/v1/nothing")
    assert "task_id" not in lines[-1]


def test_every_line_of_work_on_a_task_names_it(lines):
    with tracing.about(TASK, "task storing"):
        logging.getLogger("django.request").warning("slow")
    logging.getLogger("django.request").warning("done")
    assert [line.get("task_id") for line in lines] == [TASK, None]
