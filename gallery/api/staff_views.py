"""The moderators' API: every verb is one of the services."""

from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.permissions import STAFF_SCOPE
from accounts.models import User
from gallery import editing, reserving, submission
from gallery.api import documents
from gallery.api import staff_serializers as shapes
from gallery.api.item_door import ItemDoor
from gallery.desk import bulk, judging, sittings
from gallery.models import Item
from generation import services
from generation.api.bodies import idempotency_key
from generation.api.documents import kind_of, task_document
from generation.models import GenerationTask
from smartspec.lib.errors import NotFound
from storage_app import uploads

TAGS = ["gallery moderation"]
NO_REASON = _("Through the API, without a reason.")  # these two requests were promised without one


class StaffView(ItemDoor):
    required_scope = STAFF_SCOPE


class QueueView(StaffView):
    query_serializer = shapes.QueueQuery

    @extend_schema(
        operation_id="list_items",
        summary="Items in every state, newest first",
        tags=TAGS,
        parameters=[shapes.QueueQuery],
        responses=shapes.QueueSerializer,
    )
    def get(self, request: Request) -> Response:
        return self.page(request)

    @extend_schema(
        operation_id="create_item",
        summary="Put a finished task or an upload into the gallery, to be moderated",
        tags=TAGS,
        request=shapes.NewItem,
        responses={201: shapes.StaffItemSerializer},
    )
    def post(self, request: Request) -> Response:
        item = self.created(self.given(shapes.NewItem, request), by=request.user)
        response = self.answer(item.pk, status=201)
        response["Location"] = request.build_absolute_uri(reverse("staff-item", args=[item.pk]))
        return response

    def created(self, fields: dict, *, by: User) -> Item:
        """Of any finished task, or of a file that the caller has uploaded."""
        if "upload_key" in fields:
            source = uploads.stored_under(by, fields.pop("upload_key"))
            create = submission.create_from_upload
        else:
            source = GenerationTask.objects.visible().filter(pk=fields.pop("task_id")).first()
            create = submission.create_from_task
        if source is None:
            raise NotFound
        return create(source, by=by, fields=fields)


class StaffItemView(StaffView):
    deleting_serializer = shapes.Removal

    @extend_schema(
        operation_id="get_item",
        summary="One item in any state",
        tags=TAGS,
        responses=shapes.StaffItemSerializer,
    )
    def get(self, request: Request, item_id: UUID) -> Response:
        return self.answer(item_id)

    @extend_schema(
        operation_id="replace_item",
        summary="Write all texts of an item anew",
        tags=TAGS,
        request=shapes.ItemReplacement,
        responses=shapes.StaffItemSerializer,
    )
    def put(self, request: Request, item_id: UUID) -> Response:
        return self.edit(request, item_id, shapes.ItemReplacement)

    @extend_schema(
        operation_id="edit_item",
        summary="Change some fields of an item",
        tags=TAGS,
        request=shapes.ItemEdit,
        responses=shapes.StaffItemSerializer,
    )
    def patch(self, request: Request, item_id: UUID) -> Response:
        return self.edit(request, item_id, shapes.ItemEdit)

    def edit(self, request: Request, item_id: UUID, serializer_class) -> Response:
        item = self.item(item_id)
        fields = self.given(serializer_class, request)
        fields["reason"] = fields.get("reason") or str(NO_REASON)
        with sittings.holding(item_id, by=request.user):
            editing.edit(item, by=request.user, fields=fields)
        return self.answer(item_id)

    @extend_schema(
        operation_id="remove_item",
        summary="Remove an item for good; its address answers 410",
        tags=TAGS,
        parameters=[shapes.Removal],
        responses={200: shapes.RemovedSerializer},
    )
    def delete(self, request: Request, item_id: UUID) -> Response:
        reason = self.query.get("reason", "") or str(NO_REASON)
        judging.decide(item_id, by=request.user, verb="remove", reason=reason)
        return Response({"id": str(item_id), "status": Item.Status.REMOVED, "deleted": True})


class ApproveView(StaffView):
    @extend_schema(
        operation_id="approve_item",
        summary="Let the work be seen",
        tags=TAGS,
        request=None,
        responses=shapes.StaffItemSerializer,
    )
    def post(self, request: Request, item_id: UUID) -> Response:
        judging.decide(item_id, by=request.user, verb="approve")
        return self.answer(item_id)


class RejectView(StaffView):
    @extend_schema(
        operation_id="reject_item",
        summary="Refuse the work, with a reason for its maker",
        tags=TAGS,
        request=shapes.Rejection,
        responses=shapes.StaffItemSerializer,
    )
    def post(self, request: Request, item_id: UUID) -> Response:
        reason = self.given(shapes.Rejection, request)["reason"]
        judging.decide(item_id, by=request.user, verb="reject", reason=reason)
        return self.answer(item_id)


class FeatureView(StaffView):
    @extend_schema(
        operation_id="feature_item",
        summary="Put the work up front, or back among the others",
        tags=TAGS,
        request=shapes.Featuring,
        responses=shapes.StaffItemSerializer,
    )
    def post(self, request: Request, item_id: UUID) -> Response:
        verb = "feature" if self.given(shapes.Featuring, request)["featured"] else "unfeature"
        judging.decide(item_id, by=request.user, verb=verb)
        return self.answer(item_id)


class UndoView(StaffView):
    @extend_schema(
        operation_id="undo_decision",
        summary="Take back the last decision about the work",
        description="Leaves a decision of its own. 409 `nothing_to_undo` where the work has changed since.",
        tags=TAGS,
        request=None,
        responses=shapes.StaffItemSerializer,
    )
    def post(self, request: Request, item_id: UUID) -> Response:
        judging.undo_last(self.item(item_id), by=request.user)
        return self.answer(item_id)


class BulkView(StaffView):
    @extend_schema(
        operation_id="decide_together",
        summary="One decision about up to 100 works",
        description="Each work is decided on its own; `results` say of each whether it changed, or why not.",
        tags=TAGS,
        request=shapes.Together,
        responses=shapes.ResultsSerializer,
    )
    def post(self, request: Request) -> Response:
        given = self.given(shapes.Together, request)
        results = bulk.apply(
            given["ids"], action=given["action"], by=request.user, reason=given.get("reason", "")
        )
        return Response(documents.results_document(results))


class GenerateView(StaffView):
    @extend_schema(
        operation_id="generate_item",
        summary="Generate a work for the gallery",
        description="The item's id is promised at once, the item comes with the bytes. No bytes, no item.",
        tags=TAGS,
        request=shapes.Generation,
        responses={202: shapes.PromiseSerializer},
    )
    def post(self, request: Request) -> Response:
        fields = self.given(shapes.Generation, request)
        approve = fields.pop("approve")
        model_id, options = fields.pop("model_id"), fields.pop("options", {})
        body = options | {"prompt": fields.pop("prompt"), "model_id": model_id}
        with transaction.atomic():
            task, _replayed = services.submit(
                user=request.user,
                task_type=kind_of(model_id),
                body=body,
                idempotency_key=idempotency_key(request),
                api_key=request.auth,
            )
            reservation = reserving.reserve(task, by=request.user, fields=fields, approve=approve)
        item = {"id": str(reservation.item_id), "status": "generating"}
        return Response({"task": task_document(task), "item": item}, status=202)
