"""Signing in a desktop app that never sees the password (RFC 8628)."""

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import status
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from accounts import devices
from accounts.api import serializers, token
from accounts.api.account_view import AccountView
from accounts.api.signed_in import read
from smartspec.lib.throttle import Policy, RateLimited, address_of

EXAMPLE = {
    "device_code": "nS9oWcGz3T…",
    "user_code": "WDJB-MJHT",
    "verification_uri": "https://smartspec.example/device",
    "verification_uri_complete": "https://smartspec.example/device?user_code=WDJB-MJHT",
    "expires_in": 600,
    "interval": 5,
}


class OpenDoor(RateLimited, AccountView):
    """Nobody is known yet, so addresses are counted."""

    authentication_classes = ()
    permission_classes = (AllowAny,)


class DeviceView(OpenDoor):
    rate_policy = Policy("device", limit=20, seconds=60)

    @extend_schema(
        operation_id="auth_device_create",
        summary="Begin to sign in a device",
        description="Show `user_code` and open `verification_uri_complete` in a browser; then poll "
        "`/auth/device/token` every `interval` seconds.",
        tags=["Account"],
        auth=[],
        request=serializers.DeviceOrder,
        responses={200: serializers.DeviceCodes},
        examples=[
            OpenApiExample("Request", {"name": "SmartSpec on Malee's laptop"}, request_only=True),
            OpenApiExample("Answer", EXAMPLE, response_only=True),
        ],
    )
    def post(self, request) -> Response:
        wanted = read(serializers.DeviceOrder, request).validated_data
        codes = devices.begin(name=wanted["name"], address=address_of(request))
        return Response(serializers.DeviceCodes(codes).data)


class DeviceTokenView(OpenDoor):
    rate_policy = Policy("device-token", limit=120, seconds=60)

    @extend_schema(
        operation_id="auth_device_token_create",
        summary="Ask for the key of a device",
        description="400 with the code `authorization_pending`, `slow_down`, `expired_token` or "
        "`access_denied` until somebody has approved; `Retry-After` is the interval to keep.",
        tags=["Account"],
        auth=[],
        request=serializers.DeviceProof,
        responses={201: serializers.NewKey},
        examples=[
            OpenApiExample("Request", {"device_code": EXAMPLE["device_code"]}, request_only=True),
            OpenApiExample("Answer", token.EXAMPLE, response_only=True),
        ],
    )
    def post(self, request) -> Response:
        given = read(serializers.DeviceProof, request).validated_data
        key, secret = devices.redeem(given["device_code"], address=address_of(request))
        return Response(serializers.new_key(key, secret), status=status.HTTP_201_CREATED)
