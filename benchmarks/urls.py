"""The product's addresses and, below /bench/, the yardsticks."""

from django.urls import path

from benchmarks import views
from smartspec.urls import urlpatterns as product

urlpatterns = [
    path("bench/hello", views.hello),
    path("bench/constant/<str:name>", views.constant),
    path("api/v1/bench/constant/<str:name>", views.constant),
    path("api/v1/bench/notes", views.NoteView.as_view()),
    path("api/v1/bench/hello", views.HelloView.as_view()),
    *product,
]
