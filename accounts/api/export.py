"""Take everything along: ask for an archive, see how far it is, fetch it."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from accounts import exporting
from accounts.api import serializers
from accounts.api.account_view import AccountView
from accounts.api.signed_in import HOW, WAYS_IN, SignedInView, read
from accounts.models import Export
from smartspec.lib.errors import NotFound
from smartspec.lib.throttle import Policy, RateLimited, address_of, enforce

ASKING = Policy("export", limit=10, seconds=86_400)
LOOK_AGAIN_SECONDS = "5"
EXAMPLE = {
    "id": "5d8b5f2e-47a2-4b0e-9d53-70b0d4c9a7f1",
    "status": "ready",
    "url": "https://smartspec.example/api/v1/me/export/file?token=5d8b5f2e…",
    "bytes": 48_211_904,
    "asked_at": "2026-11-24T13:29:00Z",
    "expires_at": "2026-12-01T13:31:00Z",
}


class ExportView(SignedInView):
    @extend_schema(
        operation_id="me_export_retrieve",
        summary="The archive you asked for last",
        description=f"Once it is `ready`, `url` is good until `expires_at`. {HOW}",
        tags=["Account"],
        auth=WAYS_IN,
        responses=serializers.ExportFacts,
        examples=[OpenApiExample("Answer", EXAMPLE, response_only=True)],
    )
    def get(self, request) -> Response:
        read(serializers.ProofOfPerson, request)
        export = exporting.latest(request.user)
        if export is None:
            raise NotFound(_("You have not asked for an archive yet."))
        return told(export)

    @extend_schema(
        operation_id="me_export_create",
        summary="Ask for an archive of everything you have here",
        description=(
            "A ZIP with your account, keys (without secrets), credit statement, tasks, uploads, works and "
            "the audit entries about you as JSON, and every file. One is built at a time: asking again "
            f"meanwhile gives the same one. A new archive takes the place of the one before. {HOW}"
        ),
        tags=["Account"],
        auth=WAYS_IN,
        request=serializers.ProofOfPerson,
        responses={202: serializers.ExportFacts},
    )
    def post(self, request) -> Response:
        read(serializers.ProofOfPerson, request)
        enforce(ASKING, str(request.user.pk), request)
        export = exporting.ask(request.user, address=address_of(request))
        response = told(export, status=status.HTTP_202_ACCEPTED)
        response.headers["Location"] = settings.SITE_URL + reverse("my-export")
        return response


class ExportFileView(RateLimited, AccountView):
    """The address is the permission, so that a browser or a download program can follow it."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    query_serializer = serializers.ExportFileQuery
    rate_policy = Policy("export-file", limit=60, seconds=60)

    @extend_schema(
        operation_id="me_export_file_retrieve",
        summary="Fetch the archive",
        tags=["Account"],
        auth=[],
        parameters=[serializers.ExportFileQuery],
        responses={302: OpenApiResponse(description="To the file, for an hour from now.")},
    )
    def get(self, request) -> HttpResponse:
        export = exporting.opened_by(self.query["token"])
        if export is None:
            raise NotFound(_("This archive is not there any more. Ask for a new one."))
        return HttpResponseRedirect(export.file.url, headers={"Referrer-Policy": "no-referrer"})


def told(export: Export, status: int = 200) -> Response:
    token = exporting.token_of(export) if export.is_there else ""
    url = f"{settings.SITE_URL}{reverse('my-export-file')}?token={token}" if token else None
    response = Response(serializers.ExportFacts(export, context={"url": url}).data, status=status)
    if export.status == Export.State.BUILDING:
        response.headers["Retry-After"] = LOOK_AGAIN_SECONDS
    return response
