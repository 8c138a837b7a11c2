"""Doors to many tasks: the list by offset, and the history by cursor."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from generation.api import documents, queries, serializers
from smartspec.lib import cursors
from smartspec.lib.serializers import StrictQuery

TAGS = ["generation"]


class TaskListView(StrictQuery, APIView):
    required_scope = "tasks:read"
    query_serializer = serializers.TaskListQuery

    @extend_schema(
        operation_id="list_tasks",
        summary="Your tasks, newest first",
        tags=TAGS,
        parameters=[serializers.TaskListQuery],
        responses=serializers.TaskSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        query = self.query
        tasks = queries.filtered(queries.of(request.user), query)
        total, start, limit = tasks.count(), query["offset"], query["limit"]
        page = queries.with_outputs(tasks.order_by("-created_at", "-id"))[start : start + limit]
        response = Response([documents.task_document(task) for task in page])
        response["X-Total-Count"] = str(total)
        if link := documents.link_header(request, start, limit, total):
            response["Link"] = link
        return response


class HistoryView(StrictQuery, APIView):
    required_scope = "tasks:read"
    query_serializer = serializers.HistoryQuery

    @extend_schema(
        operation_id="history",
        summary="Your tasks by cursor, with search in the prompt",
        tags=TAGS,
        parameters=[serializers.HistoryQuery],
        responses=serializers.HistorySerializer,
    )
    def get(self, request: Request) -> Response:
        query = self.query
        tasks = queries.filtered(queries.of(request.user), query)
        limit = query["limit"]
        found = list(queries.with_outputs(queries.newest_after(tasks, query.get("cursor")))[: limit + 1])
        page, more = found[:limit], len(found) > limit
        cursor = cursors.pack(page[-1].created_at.isoformat(), str(page[-1].id)) if more else None
        return Response(
            {
                "results": [documents.task_document(task) for task in page],
                "next": documents.page_url(request, cursor=cursor) if cursor else None,
                "previous": documents.page_url(request, cursor=None) if query.get("cursor") else None,
            }
        )
