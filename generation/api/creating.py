"""Doors through which a task comes into the world: a create of each kind, and the same again."""

import uuid

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from generation import services
from generation.api import documents, end_of_life, preferences, queries, serializers
from generation.api.bodies import idempotency_key
from generation.models import GenerationTask
from smartspec.lib import logs
from smartspec.lib.serializers import StrictQuery

TAGS = ["generation"]
WAIT = OpenApiParameter(
    "Prefer", str, "header", description="wait=N (at most 25): the finished task when it finishes in time."
)
IDEMPOTENCY = OpenApiParameter(
    "Idempotency-Key",
    str,
    "header",
    description="Same key and body: the first task again, nothing bought twice.",
)


class CreateView(StrictQuery, APIView):
    """POST of one kind of task; subclasses name the kind."""

    task_type = ""
    required_scope = "generate"

    def post(self, request: Request) -> Response:
        placed = services.place(
            user=request.user,
            task_type=self.task_type,
            body=request.data,
            idempotency_key=idempotency_key(request),
            api_key=request.auth,
        )
        logs.task_id.set(str(placed.task.pk))
        response = self._answer(request, placed.task, placed.is_replay)
        response["Location"] = documents.own_url(placed.task)
        if placed.is_replay:
            response["Idempotency-Replayed"] = "true"
        return end_of_life.told(response, placed.task.model_id, placed.availability)

    def _answer(self, request: Request, task: GenerationTask, replayed: bool) -> Response:
        """202 and when to look again, or 200 when the caller preferred to wait and it was worth it."""
        seconds = preferences.wanted_wait(request)
        if seconds is not None and preferences.waited(task.pk, seconds):
            finished = documents.task_document(queries.one(request.user, task.pk))
            return Response(finished, status=200, headers={"Preference-Applied": f"wait={seconds}"})
        is_untouched = seconds is None and not replayed
        document = (
            documents.new_task_document(task)
            if is_untouched
            else documents.task_document(queries.one(request.user, task.pk))
        )
        again = str(documents.POLL_AGAIN_SECONDS[self.task_type])
        return Response(document, status=202, headers={"Retry-After": again})


def create_view(task_type: str) -> type[CreateView]:
    schema = extend_schema(
        operation_id=f"create_{task_type}",
        summary=f"Generate {'an' if task_type[0] in 'ai' else 'a'} {task_type}",
        tags=TAGS,
        parameters=[IDEMPOTENCY, WAIT],
        request=serializers.request_schema(task_type),
        responses={
            200: OpenApiResponse(serializers.TaskSerializer, description="Finished while waiting."),
            202: OpenApiResponse(serializers.TaskSerializer, description="Accepted; poll, wait or stream."),
        },
    )
    view = type(f"Create{task_type.title()}View", (CreateView,), {"task_type": task_type})
    view.post = schema(lambda self, request: CreateView.post(self, request))
    return view


class RetryView(StrictQuery, APIView):
    required_scope = "generate"

    @extend_schema(
        operation_id="retry_task",
        summary="The same request again, as a new task",
        tags=TAGS,
        parameters=[IDEMPOTENCY],
        request=None,
        responses={202: serializers.TaskSerializer},
    )
    def post(self, request: Request, task_id: uuid.UUID) -> Response:
        parent = queries.one(request.user, task_id)
        task, _replayed = services.retry(
            parent, by=request.user, idempotency_key=idempotency_key(request), api_key=request.auth
        )
        response = Response(documents.task_document(task), status=202)
        response["Location"] = documents.own_url(task)
        return end_of_life.told(response, task.model_id)
