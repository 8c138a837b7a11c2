"""Doors to one task: the whole of it, where it stands, and letting go of it."""

import uuid

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from generation import services
from generation.api import documents, end_of_life, queries, serializers
from generation.models import LIVE_STATUSES
from smartspec.lib.serializers import StrictQuery

TAGS = ["generation"]


class TaskView(StrictQuery, APIView):
    required_scope = {"GET": "tasks:read", "DELETE": "generate"}

    @extend_schema(
        operation_id="get_task", summary="One task", tags=TAGS, responses=serializers.TaskSerializer
    )
    def get(self, request: Request, task_id: uuid.UUID) -> Response:
        task = queries.one(request.user, task_id)
        return end_of_life.told(Response(documents.task_document(task)), task.model_id)

    @extend_schema(
        operation_id="delete_task",
        summary="Cancel a task in flight, or delete a finished one with its files",
        tags=TAGS,
        responses={200: serializers.DeletedTaskSerializer},
    )
    def delete(self, request: Request, task_id: uuid.UUID) -> Response:
        task = services.delete(queries.one(request.user, task_id), by=request.user)
        return Response({"id": str(task.id), "status": task.status, "deleted": task.deleted_at is not None})


class ReceiptView(StrictQuery, APIView):
    required_scope = "tasks:read"

    @extend_schema(
        operation_id="get_task_receipt",
        summary="What became of the credits of a task",
        tags=TAGS,
        responses=serializers.ReceiptSerializer,
    )
    def get(self, request: Request, task_id: uuid.UUID) -> Response:
        return Response(documents.receipt_document(queries.bare(request.user, task_id)))


class TaskStatusView(StrictQuery, APIView):
    required_scope = "tasks:read"

    @extend_schema(
        operation_id="get_task_status",
        summary="Where a task stands; cheap to poll with If-None-Match",
        tags=TAGS,
        responses={200: serializers.TaskProgressSerializer, 304: OpenApiResponse(description="Unchanged.")},
    )
    def get(self, request: Request, task_id: uuid.UUID) -> Response:
        known = request.META.get("HTTP_IF_NONE_MATCH")
        standing = queries.standing(request.user, task_id) if known else None
        if standing and known == standing.etag:
            return with_hints(HttpResponse(status=304), standing)
        task = queries.bare(request.user, task_id)
        return with_hints(Response(documents.status_document(task)), queries.standing_of(task))


def with_hints(response: HttpResponse, standing: queries.Standing) -> HttpResponse:
    """What a client needs to ask again: by which mark, and when."""
    response["ETag"] = standing.etag
    response["Cache-Control"] = "private, no-cache"
    if standing.status in LIVE_STATUSES:
        response["Retry-After"] = str(documents.POLL_AGAIN_SECONDS[standing.task_type])
    return response
