"""Addresses of this room."""

from django.urls import path

from accounts.api.credits import CreditsView
from accounts.api.device import DeviceTokenView, DeviceView
from accounts.api.export import ExportFileView, ExportView
from accounts.api.me import MeView
from accounts.api.own_keys import OwnKeysView, OwnKeyView
from accounts.api.token import TokenView

urlpatterns = [
    path("auth/token", TokenView.as_view(), name="auth-token"),
    path("auth/device", DeviceView.as_view(), name="auth-device"),
    path("auth/device/token", DeviceTokenView.as_view(), name="auth-device-token"),
    path("me", MeView.as_view(), name="me"),
    path("me/export", ExportView.as_view(), name="my-export"),
    path("me/export/file", ExportFileView.as_view(), name="my-export-file"),
    path("me/keys", OwnKeysView.as_view(), name="my-keys"),
    path("me/keys/<uuid:key_id>", OwnKeyView.as_view(), name="my-key"),
    path("me/credits", CreditsView.as_view(), name="my-credits"),
]
