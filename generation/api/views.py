"""The generation API: thin doors to the services."""

import uuid

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import ledger
from generation import availability, catalogue, services, timing
from generation.api import documents, preferences, queries, serializers
from generation.api.bodies import callback_body, idempotency_key
from generation.models import GenerationTask
from smartspec.lib import cursors
from smartspec.lib.errors import NotFound
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
        task, replayed = services.submit(
            user=request.user,
            task_type=self.task_type,
            body=request.data,
            idempotency_key=idempotency_key(request),
            api_key=request.auth,
        )
        response = self._answer(request, task, replayed)
        response["Location"] = documents.links(task)["self"]
        if replayed:
            response["Idempotency-Replayed"] = "true"
        return response

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


class QuoteView(StrictQuery, APIView):
    required_scope = "any"

    @extend_schema(
        operation_id="quote",
        summary="What a request would cost; nothing is written",
        tags=TAGS,
        request={"application/json": {"type": "object", "properties": {"task_type": {"type": "string"}}}},
        responses=serializers.QuoteSerializer,
    )
    def post(self, request: Request) -> Response:
        body = dict(request.data)
        task_type = body.pop("task_type", None) or documents.kind_of(body.get("model_id"))
        order = services.check(user=request.user, task_type=task_type, body=body)
        balance = ledger.balance_of(request.user)
        return Response(documents.quote_document(order, balance.available))


class ModelListView(StrictQuery, APIView):
    required_scope = "any"
    query_serializer = serializers.ModelListQuery

    @extend_schema(
        operation_id="list_models",
        summary="The models on offer",
        tags=TAGS,
        parameters=[serializers.ModelListQuery],
        responses=serializers.ModelSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        query = self.query
        models = [
            documents.model_document(spec, answer)
            for spec, answer in availability.listed()
            if query.get("media_type") in (None, spec.media_type)
            and (query["include_beta"] or not spec.is_beta)
        ]
        return Response(models)


class ModelView(StrictQuery, APIView):
    required_scope = "any"

    @extend_schema(
        operation_id="get_model",
        summary="One model with its input schema",
        tags=TAGS,
        responses=serializers.ModelDetailSerializer,
    )
    def get(self, request: Request, model_id: str) -> Response:
        spec = catalogue.get_model(model_id)
        if spec is None or not settings.ENABLE[spec.media_type]:
            raise NotFound
        document = documents.model_document(spec, availability.now(spec))
        return Response(document | {"input_schema": spec.input_schema, "timing": timing.measured(spec.id)})


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


class TaskView(StrictQuery, APIView):
    required_scope = {"GET": "tasks:read", "DELETE": "generate"}

    @extend_schema(
        operation_id="get_task", summary="One task", tags=TAGS, responses=serializers.TaskSerializer
    )
    def get(self, request: Request, task_id: uuid.UUID) -> Response:
        return Response(documents.task_document(queries.one(request.user, task_id)))

    @extend_schema(
        operation_id="delete_task",
        summary="Cancel a task in flight, or delete a finished one with its files",
        tags=TAGS,
        responses={200: serializers.DeletedTaskSerializer},
    )
    def delete(self, request: Request, task_id: uuid.UUID) -> Response:
        task = services.delete(queries.one(request.user, task_id), by=request.user)
        return Response({"id": str(task.id), "status": task.status, "deleted": task.deleted_at is not None})


class TaskStatusView(StrictQuery, APIView):
    required_scope = "tasks:read"

    @extend_schema(
        operation_id="get_task_status",
        summary="Where a task stands; cheap to poll with If-None-Match",
        tags=TAGS,
        responses={200: serializers.TaskProgressSerializer, 304: OpenApiResponse(description="Unchanged.")},
    )
    def get(self, request: Request, task_id: uuid.UUID) -> Response:
        task = queries.of(request.user).filter(pk=task_id).first()
        if task is None:
            raise NotFound
        etag = f'"{task.id}-{task.sequence}"'
        unchanged = request.headers.get("If-None-Match") == etag
        response = Response(status=304) if unchanged else Response(documents.status_document(task))
        response["ETag"] = etag
        response["Cache-Control"] = "private, no-cache"
        if task.status in ("pending", "processing"):
            response["Retry-After"] = str(documents.POLL_AGAIN_SECONDS[task.task_type])
        return response


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
        response["Location"] = documents.links(task)["self"]
        return response


@method_decorator(csrf_exempt, name="dispatch")
class CallbackView(View):
    """The provider's door: always the same answer, whatever came."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, task_id: uuid.UUID, token: str) -> JsonResponse:
        services.take_hint(task_id=task_id, token=token, headers=request.headers, body=callback_body(request))
        return JsonResponse({"code": 200, "msg": "success"})
