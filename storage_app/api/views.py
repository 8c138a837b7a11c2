"""The storage API: thin doors to uploads."""

from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from smartspec.lib.errors import InvalidInput, NotFound
from smartspec.lib.serializers import StrictQuery
from smartspec.lib.throttle import Policy, RateLimited
from storage_app import file_names, uploads
from storage_app.api import documents, serializers
from storage_app.api.intake import FIELD, FileParser
from storage_app.file_types import KNOWN_AS
from storage_app.keys import is_key
from storage_app.quota import usage_of

TAGS = ["storage"]
SENDING = Policy("uploads", 120, 60)
FORM = {
    "multipart/form-data": {
        "type": "object",
        "properties": {FIELD: {"type": "string", "format": "binary"}},
        "required": [FIELD],
    }
}


class StorageView(RateLimited, StrictQuery, APIView):
    required_scope = "storage:write"


class UploadView(StorageView):
    rate_policy = SENDING
    parser_classes = (FileParser,)

    @extend_schema(
        operation_id="storage_upload",
        summary="Send a file",
        description="Its type is what its bytes say. What tells a place is taken out of it.",
        tags=TAGS,
        request=FORM,
        responses={201: serializers.StoredFile},
    )
    def post(self, request: Request) -> Response:
        file = request.FILES.get(FIELD)
        if file is None:
            raise InvalidInput(_("Send one file, in the field “file”, and nothing else."))
        with file:
            name = file_names.cleaned(file.name)
            upload = uploads.receive(owner=request.user, path=Path(file.file.name), name=name)
        return Response(documents.stored_file(upload), status=201)


class PresignView(StorageView):
    rate_policy = SENDING
    query_serializer = serializers.PresignQuery

    @extend_schema(
        operation_id="storage_presign",
        summary="Ask for a place to put a file straight into storage",
        description="PUT the file to `url` with exactly `headers`, then complete the upload.",
        tags=TAGS,
        parameters=[serializers.PresignQuery],
        responses=serializers.Presigned,
    )
    def get(self, request: Request) -> Response:
        wanted = self.query
        upload, ticket = uploads.issue(
            owner=request.user,
            name=file_names.cleaned(wanted["filename"]),
            file_type=KNOWN_AS[wanted["content_type"]],
            size=wanted["bytes"],
            sha256=wanted.get("sha256", ""),
        )
        return Response(documents.presigned(upload, ticket), headers={"Cache-Control": "no-store"})


class CompleteView(StorageView):
    @extend_schema(
        operation_id="storage_complete",
        summary="Have the file that was put looked at, and kept",
        tags=TAGS,
        request=None,
        responses=serializers.StoredFile,
    )
    def post(self, request: Request, upload_id: UUID) -> Response:
        sent = request.data if int(request.META.get("CONTENT_LENGTH") or 0) else {}
        serializers.NothingMore(data=sent).is_valid(raise_exception=True)
        upload = uploads.complete(owner=request.user, upload_id=upload_id)
        return Response(documents.stored_file(upload))


class FileView(StorageView):
    @extend_schema(
        operation_id="storage_delete",
        summary="Delete one of your uploads",
        description="Files of tasks and works go with them: 409 `in_use`.",
        tags=TAGS,
        responses={200: serializers.DeletedFile},
    )
    def delete(self, request: Request, key: str) -> Response:
        if not is_key(key):
            raise NotFound
        uploads.delete(owner=request.user, key=key)
        return Response({"key": key, "deleted": True})


class UsageView(StorageView):
    @extend_schema(
        operation_id="storage_usage",
        summary="How much space your uploads take",
        tags=TAGS,
        responses=serializers.StorageUsage,
    )
    def get(self, request: Request) -> Response:
        return Response(documents.usage(usage_of(request.user)))
