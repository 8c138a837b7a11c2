"""Doors to what is on offer: the models, and what a request would cost."""

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import ledger
from generation import availability, catalogue, price_overrides, services, timing
from generation.api import documents, end_of_life, model_documents, serializers
from smartspec.lib.errors import NotFound
from smartspec.lib.serializers import StrictQuery

TAGS = ["generation"]


class QuoteView(StrictQuery, APIView):
    required_scope = "any"

    @extend_schema(
        operation_id="quote",
        summary="What a request would cost; nothing is written",
        tags=TAGS,
        request={"application/json": {"type": "object", "properties": serializers.QUOTE_FIELDS}},
        responses=serializers.QuoteSerializer,
    )
    def post(self, request: Request) -> Response:
        body = dict(request.data)
        kind = serializers.QuoteKind(data={"task_type": body.pop("task_type", None)})
        kind.is_valid(raise_exception=True)
        task_type = kind.validated_data["task_type"] or documents.kind_of(body.get("model_id"))
        order = services.check(user=request.user, task_type=task_type, body=body)
        balance = ledger.balance_of(request.user)
        document = model_documents.quote_document(order, request.user, balance.available)
        return Response(document, headers=end_of_life.headers(order.availability))


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
        prices = price_overrides.standing()
        models = [
            model_documents.model_document(spec, answer, prices.get(spec.id, {}))
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
        answer = availability.now(spec)
        document = model_documents.model_document(spec, answer, price_overrides.of(spec.id))
        document |= {"input_schema": spec.input_schema, "timing": timing.measured(spec.id)}
        return Response(document, headers=end_of_life.headers(answer))
