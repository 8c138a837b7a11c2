import uuid

from django.conf import settings
from django.db import models


class Note(models.Model):
    """The row that the plainest authenticated POST writes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    prompt = models.TextField()
    model_id = models.CharField(max_length=100)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "benchmark_notes"

    def __str__(self) -> str:
        return self.prompt
