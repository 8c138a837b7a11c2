"""The addresses of the site with this room's own at the root, however the roof has them."""

from importlib import import_module

from django.urls import include, path

urlpatterns = [path("", include("accounts.urls_site")), *import_module("smartspec.urls").urlpatterns]
handler404 = "smartspec.unanswered.not_found"
handler500 = "smartspec.unanswered.server_error"
