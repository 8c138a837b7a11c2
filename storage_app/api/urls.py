"""Addresses of the storage API, below /api/v1/."""

from django.urls import path

from storage_app.api import views
from storage_app.api.staging import staging

urlpatterns = [
    path("storage/upload", views.UploadView.as_view(), name="storage-upload"),
    path("storage/presigned-url", views.PresignView.as_view(), name="storage-presign"),
    path("storage/uploads/<uuid:upload_id>/complete", views.CompleteView.as_view(), name="storage-complete"),
    path("storage/usage", views.UsageView.as_view(), name="storage-usage"),
    path("storage/staging/<str:token>", staging, name="staging"),
    path("storage/<path:key>", views.FileView.as_view(), name="storage-file"),
]
