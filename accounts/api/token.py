"""Signing in by program."""

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import status
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from accounts import keys, sign_in
from accounts.api import serializers
from accounts.api.account_view import AccountView
from accounts.api.signed_in import read
from smartspec.lib.throttle import RateLimited, address_of

EXAMPLE = {
    "id": "6f1c7d0e-3c62-4a3e-9f0e-6a5b1f4c2d11",
    "key": "ss_live_wq3f0vJ2b7Yk…",
    "prefix": "ss_live_wq3f0v",
    "name": "laptop",
    "scopes": list(keys.DEFAULT_SCOPES),
    "expires_at": "2027-11-24T13:29:00Z",
}


class TokenView(RateLimited, AccountView):
    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="auth_token_create",
        summary="Exchange username and password for an API key",
        description="The key is shown once. Failed attempts are limited per account and address (429).",
        tags=["Account"],
        auth=[],
        request=serializers.SignIn,
        responses={201: serializers.NewKey},
        examples=[
            OpenApiExample(
                "Request",
                {"username": "somchai", "password": "…", "name": "laptop"},
                request_only=True,
            ),
            OpenApiExample("Answer", EXAMPLE, response_only=True),
        ],
    )
    def post(self, request) -> Response:
        wanted = read(serializers.SignIn, request).validated_data
        user = sign_in.check(request, username=wanted["username"], password=wanted["password"])
        key, secret = keys.issue(user=user, name=wanted["name"], address=address_of(request))
        return Response(serializers.new_key(key, secret), status=status.HTTP_201_CREATED)
