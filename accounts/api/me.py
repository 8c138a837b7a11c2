"""Who am I, what may I spend, and the way out."""

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.response import Response
from rest_framework.status import HTTP_202_ACCEPTED

from accounts import closing, keys, ledger
from accounts.api import serializers
from accounts.api.account_view import AccountView
from accounts.api.permissions import SIGNED_IN
from accounts.api.signed_in import HOW, PERSONS_ONLY, WAYS_IN, read
from smartspec.lib.throttle import RateLimited

EXAMPLE = {
    "id": "0b0f1f5c-9f0e-4f0c-8b5e-2f6d6a1a7c55",
    "username": "somchai",
    "credits": {"balance": 500, "held": 209.5, "available": 290.5},
    "scopes": ["generate", "tasks:read", "account:read"],
}


class MeView(RateLimited, AccountView):
    required_scope = {"GET": "account:read", "DELETE": SIGNED_IN}

    def get_authenticators(self) -> list:
        if self.request and self.request.method == "DELETE":  # no request: the schema is being written
            return [way() for way in PERSONS_ONLY]
        return super().get_authenticators()

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

    @extend_schema(
        operation_id="me_destroy",
        summary="Close your account",
        description=(
            "Keys end at once, work in flight is cancelled, what you shared is removed and your files are "
            f"deleted; the ledger stays under a pseudonym. There is no way back. {HOW}"
        ),
        tags=["Account"],
        auth=WAYS_IN,
        request=serializers.ProofOfPerson,
        responses={202: serializers.ClosedAccount},
    )
    def delete(self, request) -> Response:
        read(serializers.ProofOfPerson, request)
        closing.close(request.user)
        return Response(serializers.ClosedAccount(request.user.credits).data, status=HTTP_202_ACCEPTED)
