"""The makers' API: share a finished task, and look after what one has shared."""

import uuid

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from gallery import owners
from gallery.api import owner_serializers as shapes
from gallery.api.item_door import ItemDoor
from generation.api import queries

TAGS = ["gallery sharing"]


class OwnerView(ItemDoor):
    required_scope = "gallery:write"

    def items(self):
        return super().items().filter(created_by=self.request.user)


class ShareView(OwnerView):
    @extend_schema(
        operation_id="share_task",
        summary="Offer a finished task to the gallery",
        description="201 with an item that waits for moderation; 200 with the item that is there already.",
        tags=TAGS,
        request=shapes.Sharing,
        responses={200: shapes.OwnItemSerializer, 201: shapes.OwnItemSerializer},
    )
    def post(self, request: Request, task_id: uuid.UUID) -> Response:
        fields = self.given(shapes.Sharing, request)
        item, is_new = owners.share(queries.one(request.user, task_id), by=request.user, fields=fields)
        return self.answer(item.pk, status=201 if is_new else 200)


class OwnItemsView(OwnerView):
    query_serializer = shapes.OwnItemsQuery

    @extend_schema(
        operation_id="list_own_items",
        summary="What you shared, with its state of moderation",
        tags=TAGS,
        parameters=[shapes.OwnItemsQuery],
        responses=shapes.OwnItemsSerializer,
    )
    def get(self, request: Request) -> Response:
        return self.page(request)


class OwnItemView(OwnerView):
    @extend_schema(
        operation_id="edit_own_item",
        summary="Change the words of a work of yours; it waits for moderation again",
        tags=TAGS,
        request=shapes.Mending,
        responses=shapes.OwnItemSerializer,
    )
    def patch(self, request: Request, item_id: uuid.UUID) -> Response:
        item = self.item(item_id)
        owners.mend(item, by=request.user, fields=self.given(shapes.Mending, request, partial=True))
        return self.answer(item_id)

    @extend_schema(
        operation_id="withdraw_own_item",
        summary="Take a work of yours back",
        tags=TAGS,
        responses={200: shapes.OwnItemSerializer},
    )
    def delete(self, request: Request, item_id: uuid.UUID) -> Response:
        owners.take_back(self.item(item_id), by=request.user)
        return self.answer(item_id)
