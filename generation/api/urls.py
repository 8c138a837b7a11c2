"""Addresses of the generation API, below /api/v1/."""

from django.urls import include, path

from generation.api import views
from generation.api.events import EventsView

urlpatterns = [
    path("generation/models", views.ModelListView.as_view()),
    path("generation/models/<path:model_id>", views.ModelView.as_view()),
    path("generation/quote", views.QuoteView.as_view()),
    path("generation/image", views.create_view("image").as_view()),
    path("generation/video", views.create_view("video").as_view()),
    path("generation/audio", views.create_view("audio").as_view()),
    path("generation/tasks", views.TaskListView.as_view()),
    path("generation/history", views.HistoryView.as_view()),
    path("generation/tasks/<uuid:task_id>", views.TaskView.as_view(), name="task"),
    path("generation/tasks/<uuid:task_id>/status", views.TaskStatusView.as_view()),
    path("generation/tasks/<uuid:task_id>/events", EventsView.as_view(), name="task-events"),
    path("generation/tasks/<uuid:task_id>/retry", views.RetryView.as_view()),
    path(
        "generation/callbacks/kie/<uuid:task_id>/<str:token>",
        views.CallbackView.as_view(),
        name="kie-callback",
    ),
    path("", include("generation.webhooks.urls")),
]
