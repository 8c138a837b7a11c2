"""The event stream of one task, from the web process; the streams process serves the same address."""

import logging
import threading
import time
import uuid
from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections
from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.authentication import BaseAuthentication
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.views import APIView

from accounts.api.authentication import CHALLENGE, ApiKeyAuthentication, ProblemSessionAuthentication
from generation import streaming
from generation.api import queries
from generation.models import GenerationTask
from smartspec.lib.errors import ProductError
from smartspec.lib.lending import give_back
from smartspec.lib.outages import is_outage
from smartspec.lib.serializers import StrictQuery, StrictSerializer

log = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 0.5
_places = threading.BoundedSemaphore(settings.STREAM_PLACES)


class TooManyStreams(ProductError):
    code = "rate_limited"
    status = 429
    title = _("Too many streams")
    message = _("All event streams of this server are taken. Please poll the task's status for a while.")
    retryable = True


class StreamGrant:
    """What a stream's own token allows: reading this one task."""

    scopes = ("tasks:read",)


class StreamToken(BaseAuthentication):
    """`?token=…`, good for ten minutes and this stream only."""

    def authenticate(self, request):
        token = request.query_params.get("token", "")
        task_id = request.parser_context["kwargs"]["task_id"]
        if not token or not streaming.opens(token, task_id):
            return None
        task = GenerationTask.objects.select_related("user").filter(pk=task_id).first()
        return (task.user, StreamGrant()) if task else None

    def authenticate_header(self, request) -> str:
        return CHALLENGE


class StreamTokenScheme(OpenApiAuthenticationExtension):
    target_class = StreamToken
    name = "streamToken"

    def get_security_definition(self, auto_schema):
        return {"type": "apiKey", "in": "query", "name": "token"}


class EventStreamRenderer(BaseRenderer):
    media_type = "text/event-stream"
    format = "events"

    def render(self, data, accepted_media_type=None, renderer_context=None):
        return JSONRenderer().render(data)  # only errors come this way


class EventsQuery(StrictSerializer):
    token = serializers.CharField(required=False, max_length=200)


class EventsView(StrictQuery, APIView):
    required_scope = "tasks:read"
    query_serializer = EventsQuery
    authentication_classes = [StreamToken, ApiKeyAuthentication, ProblemSessionAuthentication]
    renderer_classes = [EventStreamRenderer, JSONRenderer]

    @extend_schema(
        operation_id="stream_task",
        summary="Server-sent events of one task, until it ends",
        tags=["generation"],
        parameters=[OpenApiParameter("Last-Event-ID", int, "header")],
        responses={
            (200, "text/event-stream"): OpenApiTypes.STR,
            204: OpenApiResponse(description="You have heard it to its end: do not come back."),
        },
    )
    def get(self, request, task_id: uuid.UUID) -> HttpResponse:
        task = queries.one(request.user, task_id)
        seen = min(streaming.last_seen(request.headers.get("Last-Event-ID")), task.sequence)
        if streaming.is_over(task, seen):
            return HttpResponse(status=204)
        if not _places.acquire(blocking=False):
            raise TooManyStreams(retry_after=5)
        return StreamingHttpResponse(Watched(task.pk, seen), headers=streaming.HEADERS)


class Watched:
    """A task's messages as they come; holds one of the places until the response is closed."""

    def __init__(self, task_id: uuid.UUID, seen: int):
        self.task_id, self.seen = task_id, seen
        self._open = True

    def close(self) -> None:
        if self._open:
            self._open = False
            _places.release()

    def __iter__(self) -> Iterator[bytes]:
        yield streaming.OPENING
        quiet_since = time.monotonic()
        while True:
            for _task, message in self._news():
                yield message.encode()
                self.seen, quiet_since = message.sequence, time.monotonic()
                if message.is_last:
                    return
            if time.monotonic() - quiet_since > streaming.HEARTBEAT_SECONDS:
                yield streaming.HEARTBEAT
                quiet_since = time.monotonic()
            give_back()
            time.sleep(LOOK_EVERY_SECONDS)

    def _news(self) -> list[tuple[uuid.UUID, streaming.Message]]:
        """Nothing while the database is away: the stream outlives it."""
        try:
            return streaming.messages_after({self.task_id: self.seen})
        except (DatabaseError, InterfaceError) as error:
            if not is_outage(error):
                raise
            log.warning("a stream cannot read: %s", error)
            close_old_connections()
            return []
