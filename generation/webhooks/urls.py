"""Addresses of the webhook API, below /api/v1/."""

from django.urls import path

from generation.webhooks import views

urlpatterns = [
    path("generation/webhooks/secret", views.SecretView.as_view()),
    path("generation/webhooks/secret/rotate", views.RotateView.as_view()),
    path("generation/webhooks/key", views.KeyAddressView.as_view()),
    path("generation/webhooks/deliveries", views.DeliveriesView.as_view()),
    path("generation/webhooks/deliveries/<uuid:delivery_id>/replay", views.ReplayView.as_view()),
]
