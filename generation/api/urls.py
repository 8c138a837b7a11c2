"""Addresses of the generation API, below /api/v1/."""

from django.urls import include, path

from generation.api import callbacks, creating, lists, offers, tasks
from generation.api.events import EventsView

urlpatterns = [
    path("generation/models", offers.ModelListView.as_view()),
    path("generation/models/<path:model_id>", offers.ModelView.as_view()),
    path("generation/quote", offers.QuoteView.as_view()),
    path("generation/image", creating.create_view("image").as_view()),
    path("generation/video", creating.create_view("video").as_view()),
    path("generation/audio", creating.create_view("audio").as_view()),
    path("generation/tasks", lists.TaskListView.as_view()),
    path("generation/history", lists.HistoryView.as_view()),
    path("generation/tasks/<uuid:task_id>", tasks.TaskView.as_view(), name="task"),
    path("generation/tasks/<uuid:task_id>/status", tasks.TaskStatusView.as_view()),
    path("generation/tasks/<uuid:task_id>/receipt", tasks.ReceiptView.as_view()),
    path("generation/tasks/<uuid:task_id>/events", EventsView.as_view(), name="task-events"),
    path("generation/tasks/<uuid:task_id>/retry", creating.RetryView.as_view()),
    path(
        "generation/callbacks/kie/<uuid:task_id>/<str:token>",
        callbacks.CallbackView.as_view(),
        name="kie-callback",
    ),
    path("", include("generation.webhooks.urls")),
]
