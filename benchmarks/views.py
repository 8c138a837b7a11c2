"""The yardsticks: what the same process and middleware cost when almost nothing is done."""

import functools

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.views.decorators.http import require_safe
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from benchmarks.models import Note

TYPES = {"html": "text/html; charset=utf-8", "json": "application/json", "xml": "application/rss+xml"}


@functools.cache
def template(name: str):
    text = (settings.CONSTANTS / name).read_text()
    return engines["django"].from_string(f"{{% verbatim %}}{text}{{% endverbatim %}}")


@require_safe
def constant(request: HttpRequest, name: str) -> HttpResponse:
    """A page of the product as a template without a variable: the same bytes, rendered anew each time."""
    return HttpResponse(template(name).render(), content_type=TYPES[name.rpartition(".")[2]])


@require_safe
def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Hello, world")


class NoteSerializer(serializers.ModelSerializer):
    class Meta:
        model = Note
        fields = ("id", "prompt", "model_id", "created_at")


class NoteView(generics.CreateAPIView):
    """Who may generate may write one row: a checked body, one INSERT, 201."""

    required_scope = "generate"
    serializer_class = NoteSerializer

    def perform_create(self, serializer: NoteSerializer) -> None:
        serializer.save(user=self.request.user)


class HelloView(APIView):
    """Who may read tasks is greeted."""

    required_scope = "tasks:read"

    def get(self, request: Request) -> Response:
        return Response({"hello": "world"})
