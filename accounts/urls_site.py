"""Addresses of this room at the root of the site, one for all languages."""

from django.urls import path

from accounts.views import Device

urlpatterns = [path("device", Device.as_view(), name="device")]
