"""A person's own API keys. No key opens this door: a stolen one must not make others."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import status
from rest_framework.response import Response

from accounts import keys, second_step
from accounts.api import serializers, token
from accounts.api.signed_in import HOW, WAYS_IN, SignedInView, read
from accounts.errors import SecondStepMissing
from smartspec.lib.errors import NotFound
from smartspec.lib.throttle import address_of

LONGEST_LIST = 200
ORDER = {
    "name": "nightly job",
    "scopes": ["generate", "tasks:read"],
    "expires_in_days": 30,
    "spend_limit": 100,
}


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
        responses={201: serializers.NewOwnKey},
        examples=[
            OpenApiExample("Request", ORDER, request_only=True),
            OpenApiExample("Answer", token.EXAMPLE | {"spend_limit": 100}, response_only=True),
        ],
    )
    def post(self, request) -> Response:
        order = read(serializers.KeyOrder, request)
        wanted = order.validated_data
        if keys.STAFF_SCOPE in wanted["scopes"] and not second_step.is_passed(request.user):
            raise SecondStepMissing()
        key, secret = keys.issue(
            user=request.user,
            name=wanted["name"],
            scopes=wanted["scopes"],
            lifetime=order.validated_lifetime(),
            spend_limit=wanted["spend_limit"],
            address=address_of(request),
        )
        return Response(serializers.new_own_key(key, secret), status=status.HTTP_201_CREATED)


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
        if key is None or not keys.revoke(key, address=address_of(request)):
            raise NotFound(_("You have no such key."))
        return Response(serializers.RevokedKey(key).data)
