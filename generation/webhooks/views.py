"""The caller's own webhooks: secret, address of the key, and what was delivered."""

import uuid

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import ApiKey
from generation.api import documents, queries
from generation.models import KeyWebhook, WebhookDelivery, WebhookSecret
from generation.webhooks import addresses, delivering, serializers, signing
from smartspec.lib import cursors
from smartspec.lib.errors import InvalidInput, NotFound
from smartspec.lib.serializers import StrictQuery
from smartspec.lib.throttle import Policy, RateLimited

TAGS = ["webhooks"]


def told(secret: WebhookSecret) -> Response:
    return Response(serializers.Secret(secret).data, headers={"Cache-Control": "no-store"})


class SecretView(StrictQuery, APIView):
    required_scope = "generate"

    @extend_schema(
        operation_id="get_webhook_secret",
        summary="The secret that your webhooks are signed with",
        tags=TAGS,
        responses=serializers.Secret,
    )
    def get(self, request: Request) -> Response:
        return told(signing.secret_of(request.user))


class RotateView(StrictQuery, APIView):
    required_scope = "generate"

    @extend_schema(
        operation_id="rotate_webhook_secret",
        summary="A new secret; for a day the old one signs, too",
        tags=TAGS,
        request=None,
        responses=serializers.Secret,
    )
    def post(self, request: Request) -> Response:
        return told(signing.rotate(request.user))


class KeyAddressView(StrictQuery, APIView):
    """Where this key's tasks are told of when their order names no address."""

    required_scope = "generate"

    @extend_schema(
        operation_id="get_key_webhook",
        summary="The webhook address of the key that asks",
        tags=TAGS,
        responses=serializers.Address,
    )
    def get(self, request: Request) -> Response:
        kept = KeyWebhook.objects.filter(api_key=self._key(request)).first()
        return Response({"url": kept.url if kept else None})

    @extend_schema(
        operation_id="set_key_webhook",
        summary="Tell this address of every task ordered with this key",
        tags=TAGS,
        request=serializers.AddressOrder,
        responses=serializers.Address,
    )
    def put(self, request: Request) -> Response:
        order = serializers.AddressOrder(data=request.data)
        order.is_valid(raise_exception=True)
        url = addresses.checked(order.validated_data["url"], pointer="/url")
        KeyWebhook.objects.update_or_create(api_key=self._key(request), defaults={"url": url})
        return Response({"url": url})

    @extend_schema(
        operation_id="delete_key_webhook",
        summary="Tell nobody unless an order says so",
        tags=TAGS,
        responses={200: serializers.Address},
    )
    def delete(self, request: Request) -> Response:
        KeyWebhook.objects.filter(api_key=self._key(request)).delete()
        return Response({"url": None})

    @staticmethod
    def _key(request: Request) -> ApiKey:
        if request.auth is None:
            raise InvalidInput(_("Send the API key whose address this is about."))
        return request.auth


class DeliveriesView(StrictQuery, APIView):
    required_scope = "tasks:read"
    query_serializer = serializers.DeliveriesQuery

    @extend_schema(
        operation_id="list_webhook_deliveries",
        summary="What was sent, newest first, kept for 30 days",
        tags=TAGS,
        parameters=[serializers.DeliveriesQuery],
        responses=serializers.DeliveryPage,
    )
    def get(self, request: Request) -> Response:
        limit, cursor = self.query["limit"], self.query.get("cursor")
        mine = WebhookDelivery.objects.owned_by(request.user)
        found = list(queries.newest_after(mine, cursor)[: limit + 1])
        page, more = found[:limit], len(found) > limit
        older = cursors.pack(page[-1].created_at.isoformat(), str(page[-1].id)) if more else None
        answer = {
            "results": page,
            "next": documents.page_url(request, cursor=older) if older else None,
            "previous": documents.page_url(request, cursor=None) if cursor else None,
        }
        return Response(serializers.DeliveryPage(answer).data)


class ReplayView(RateLimited, StrictQuery, APIView):
    required_scope = "generate"
    rate_policy = Policy("webhook-replay", limit=60, seconds=60)

    @extend_schema(
        operation_id="replay_webhook_delivery",
        summary="Send it again now, under the same webhook-id",
        tags=TAGS,
        request=None,
        responses={202: serializers.Delivery},
    )
    def post(self, request: Request, delivery_id: uuid.UUID) -> Response:
        mine = WebhookDelivery.objects.owned_by(request.user)
        delivery = mine.filter(pk=delivery_id).first()
        if delivery is None:
            raise NotFound
        delivering.replay(delivery)
        return Response(serializers.Delivery(mine.get(pk=delivery_id)).data, status=202)
