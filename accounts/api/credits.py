"""The credit statement, in pages or as one table."""

from django.conf import settings
from django.http import HttpResponse, QueryDict, StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from accounts import statement
from accounts.api import serializers
from accounts.api.account_view import AccountView
from accounts.api.negotiation import FormatIsAParameter
from accounts.api.table import lines


class CreditsView(AccountView):
    required_scope = "account:read"
    query_serializer = serializers.StatementQuery
    content_negotiation_class = FormatIsAParameter

    @extend_schema(
        operation_id="me_credits_list",
        summary="Every movement of your credits, newest first",
        tags=["Account"],
        parameters=[serializers.StatementQuery],
        responses={
            (200, "application/json"): serializers.StatementPage,
            (200, "text/csv"): OpenApiTypes.STR,
        },
    )
    def get(self, request) -> HttpResponse:
        if self.query["format"] == "csv":
            return as_table(request.user)
        page = statement.page(request.user, cursor=self.query.get("cursor", ""), limit=self.query["limit"])
        answer = {
            "results": page.entries,
            "next": link(request, page.older),
            "previous": link(request, page.newer),
        }
        return Response(serializers.StatementPage(answer).data)


def as_table(user) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        lines(statement.everything(user)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="smartspec-credits.csv"'},
    )


def link(request, cursor: str | None) -> str | None:
    """This address with another cursor."""
    if cursor is None:
        return None
    query: QueryDict = request.query_params.copy()
    query["cursor"] = cursor
    return f"{settings.SITE_URL}{request.path}?{query.urlencode()}"
