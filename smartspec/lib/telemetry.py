"""Traces to whatever speaks OTLP over HTTP, for those who set OTEL_EXPORTER_OTLP_ENDPOINT.

The exporter and the sampler read the usual OTEL_… variables themselves. No span says what somebody
wrote: names, routes, codes and ids only, and those go through the same blotting as the log.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.conf import settings
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import Span, Tracer, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Status, StatusCode

from smartspec.lib.logs import blotted
from smartspec.lib.tracing import tracing

FLUSH_MS = 2000  # a worker that stops waits no longer for a collector


def begin() -> None:
    """From now on `tracing.span` is told; forked children send by themselves."""
    resource = Resource.create({"service.name": settings.OTEL_SERVICE_NAME})
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    tracer = provider.get_tracer("smartspec")
    tracing.open = lambda name, attributes: opened(tracer, name, attributes)
    tracing.flush = lambda: provider.force_flush(FLUSH_MS)


@contextmanager
def opened(tracer: Tracer, name: str, attributes: Mapping[str, str]) -> Iterator[Span]:
    """An error is told by its type: its words and its lines may hold what somebody wrote."""
    clean = {key: blotted(value) for key, value in attributes.items()}
    options = {"record_exception": False, "set_status_on_exception": False}
    with tracer.start_as_current_span(blotted(name), attributes=clean, **options) as span:
        try:
            yield span
        except BaseException as error:
            span.set_status(Status(StatusCode.ERROR, type(error).__name__))
            raise
