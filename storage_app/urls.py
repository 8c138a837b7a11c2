"""Addresses of this room."""

from django.urls import path

from storage_app import views

urlpatterns = [
    path("media/private/<str:token>/<path:name>", views.private_file, name="private_file"),
    path("media/<path:key>", views.public_file, name="public_file"),
]
