"""Addresses of the makers' API, below /api/v1/: a path does not decide the room."""

from django.urls import path

from gallery.api import owner_views

urlpatterns = [
    path("generation/tasks/<uuid:task_id>/share", owner_views.ShareView.as_view()),
    path("me/items", owner_views.OwnItemsView.as_view()),
    path("me/items/<uuid:item_id>", owner_views.OwnItemView.as_view()),
]
