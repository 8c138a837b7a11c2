"""A person's own API keys. No key opens this door: a stolen one must not make others."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import status
from rest_framework.response import Response

from accounts import keys
from accounts.api import serializers, token
from accounts.api.account_view import AccountView
from accounts.api.authentication import ApiKeyAuthentication, PasswordInBody, ProblemSessionAuthentication
from accounts.api.permissions import SIGNED_IN
from smartspec.lib.errors import NotFound
from smartspec.lib.throttle import RateLimited

LONGEST_LIST = 200
WAYS_IN = [{"session": []}, {}]  # OpenAPI has no word for credentials in the body
HOW = "With a browser session, or with `username` and `password` in the body; never with an API key."


class SignedInView(RateLimited, AccountView):
    """Keys are recognised, so that their bearer learns why they do not work here."""

    authentication_classes = (ApiKeyAuthentication, ProblemSessionAuthentication, PasswordInBody)
    required_scope = SIGNED_IN


class OwnKeysView(SignedInView):
    @extend_schema(
        operation_id="me_keys_list",
        summary="Your keys, newest first",
        description=f"Revoked keys are left out; at most {LONGEST_LIST}. {HOW}",
        tags=["Account"],
        auth=WAYS_IN,
        responses=serializers.Key(many=True),
    )
    def get(self, request) -> Response:
        read(serializers.ProofOfPerson, request)
        mine = request.user.api_keys.unrevoked()[:LONGEST_LIST]
        return Response(serializers.Key(mine, many=True).data)

    @extend_schema(
        operation_id="me_keys_create",
        summary="Make a key",
        description=f"The secret is shown once. {HOW}",
        tags=["Account"],
        auth=WAYS_IN,
        request=serializers.KeyOrder,
        responses={201: serializers.NewKey},
        examples=[
            OpenApiExample(
                "Request",
                {"name": "nightly job", "scopes": ["generate", "tasks:read"], "expires_in_days": 30},
                request_only=True,
            ),
            OpenApiExample("Answer", token.EXAMPLE, response_only=True),
        ],
    )
    def post(self, request) -> Response:
        wanted = read(serializers.KeyOrder, request)
        key, secret = keys.issue(
            user=request.user,
            name=wanted.validated_data["name"],
            scopes=wanted.validated_data["scopes"],
            lifetime=wanted.validated_lifetime(),
        )
        return Response(serializers.new_key(key, secret), status=status.HTTP_201_CREATED)


class OwnKeyView(SignedInView):
    @extend_schema(
        operation_id="me_keys_destroy",
        summary="Revoke a key",
        description=f"It stops working at once. {HOW}",
        tags=["Account"],
        auth=WAYS_IN,
        responses={200: serializers.RevokedKey},
    )
    def delete(self, request, key_id: UUID) -> Response:
        read(serializers.ProofOfPerson, request)
        key = request.user.api_keys.unrevoked().filter(pk=key_id).first()
        if key is None or not keys.revoke(key):
            raise NotFound(_("You have no such key."))
        return Response(serializers.RevokedKey(key).data)


def read(serializer_class, request):
    """The validated body."""
    serializer = serializer_class(data=request.data)
    serializer.is_valid(raise_exception=True)
    return serializer
