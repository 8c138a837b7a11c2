"""Who am I, and what may I spend?"""

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.response import Response

from accounts import keys, ledger
from accounts.api import serializers
from accounts.api.account_view import AccountView

EXAMPLE = {
    "id": "0b0f1f5c-9f0e-4f0c-8b5e-2f6d6a1a7c55",
    "username": "somchai",
    "credits": {"balance": 500, "held": 209.5, "available": 290.5},
    "scopes": ["generate", "tasks:read", "account:read"],
}


class MeView(AccountView):
    required_scope = "account:read"

    @extend_schema(
        operation_id="me_retrieve",
        summary="The account behind this key",
        tags=["Account"],
        responses=serializers.Me,
        examples=[OpenApiExample("Answer", EXAMPLE, response_only=True)],
    )
    def get(self, request) -> Response:
        me = {
            "id": request.user.id,
            "username": request.user.username,
            "credits": ledger.balance_of(request.user),
            "scopes": request.auth.scopes if request.auth else keys.scopes_of(request.user),
        }
        return Response(serializers.Me(me).data)
