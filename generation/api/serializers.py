"""The shapes of the generation API, for checking queries and for the OpenAPI document."""

from rest_framework import serializers

from accounts.api.fields import CreditsField
from generation import catalogue, states
from generation.models.webhook import LONGEST_URL
from smartspec.lib.serializers import StrictSerializer
from storage_app.keys import MEDIA_TYPE_CHOICES

MODEL_STATUS_CHOICES = [(word, word) for word in ("active", "beta", "deprecated", "maintenance")]


class TaskFilter(StrictSerializer):
    media_type = serializers.ChoiceField(MEDIA_TYPE_CHOICES, required=False)
    status = serializers.ChoiceField(states.STATUS_CHOICES, required=False)
    model_id = serializers.CharField(max_length=100, required=False)


class TaskListQuery(TaskFilter):
    limit = serializers.IntegerField(min_value=1, max_value=100, default=50)
    offset = serializers.IntegerField(min_value=0, max_value=1_000_000, default=0)


class HistoryQuery(TaskFilter):
    q = serializers.CharField(max_length=200, required=False)
    created_after = serializers.DateTimeField(required=False)
    created_before = serializers.DateTimeField(required=False)
    limit = serializers.IntegerField(min_value=1, max_value=100, default=50)
    cursor = serializers.CharField(max_length=300, required=False)


class ModelListQuery(StrictSerializer):
    media_type = serializers.ChoiceField(MEDIA_TYPE_CHOICES, required=False)
    include_beta = serializers.BooleanField(default=True)


class OutputSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    url = serializers.URLField(help_text="Fetchable without further headers; signed where private.")
    thumbnail_url = serializers.URLField(allow_null=True)
    placeholder = serializers.CharField(allow_null=True, help_text="A 16 px WebP as data URI.")
    content_type = serializers.CharField()
    width = serializers.IntegerField(allow_null=True)
    height = serializers.IntegerField(allow_null=True)
    duration_ms = serializers.IntegerField(allow_null=True)
    bytes = serializers.IntegerField()
    sha256 = serializers.CharField()


class TaskErrorSerializer(serializers.Serializer):
    code = serializers.CharField()
    message = serializers.CharField()
    retryable = serializers.BooleanField()
    charged = serializers.BooleanField()


class TaskLinksSerializer(serializers.Serializer):
    self = serializers.URLField()
    status = serializers.URLField()
    events = serializers.URLField(help_text="Carries its own token: EventSource sends no headers.")
    cancel = serializers.URLField()


class TaskItemSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    slug = serializers.CharField()
    status = serializers.CharField()


class TaskSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    task_type = serializers.ChoiceField(MEDIA_TYPE_CHOICES)
    model_id = serializers.CharField()
    provider = serializers.CharField()
    prompt = serializers.CharField()
    input_params = serializers.DictField()
    reference_files = serializers.ListField(child=serializers.CharField())
    status = serializers.ChoiceField(states.STATUS_CHOICES)
    stage = serializers.ChoiceField(states.STAGE_CHOICES)
    progress = serializers.FloatField(min_value=0, max_value=1)
    sequence = serializers.IntegerField()
    output_url = serializers.URLField(allow_null=True)
    thumbnail_url = serializers.URLField(allow_null=True)
    outputs = OutputSerializer(many=True)
    output_metadata = serializers.DictField(
        help_text="`late`: it came after the deadline, free. `remix_of`: slug of the public work it remixes."
    )
    credits_quoted = CreditsField()
    credits_used = CreditsField()
    error = TaskErrorSerializer(allow_null=True)
    error_message = serializers.CharField(allow_null=True)
    processing_time_ms = serializers.IntegerField(allow_null=True)
    created_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    completed_at = serializers.DateTimeField(allow_null=True)
    parent_id = serializers.UUIDField(allow_null=True, help_text="The own task it repeats or remixes.")
    gallery_item = TaskItemSerializer(allow_null=True)
    urls = TaskLinksSerializer()


class ReceiptSerializer(serializers.Serializer):
    task_id = serializers.UUIDField()
    quoted = CreditsField()
    held = CreditsField(help_text="Still promised: the task has not ended.")
    captured = CreditsField(help_text="Charged, for what was delivered.")
    released = CreditsField(help_text="Given back when the task ended without being charged.")
    refunded = CreditsField(help_text="Given back by us afterwards.")
    reason = serializers.CharField(allow_blank=True)


class TaskProgressSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    status = serializers.ChoiceField(states.STATUS_CHOICES)
    stage = serializers.ChoiceField(states.STAGE_CHOICES)
    progress = serializers.FloatField(min_value=0, max_value=1)
    eta_ms = serializers.IntegerField(
        allow_null=True,
        help_text="Wait and work as measured; null when unmeasured or longer than ever.",
    )
    late = serializers.BooleanField(help_text="Slower than usual; progress then stays below 0.95.")
    sequence = serializers.IntegerField()
    updated_at = serializers.DateTimeField()


class HistorySerializer(serializers.Serializer):
    results = TaskSerializer(many=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


class DeletedTaskSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    status = serializers.ChoiceField(states.STATUS_CHOICES)
    deleted = serializers.BooleanField()


class AvailabilitySerializer(serializers.Serializer):
    available = serializers.BooleanField()
    reason = serializers.CharField(allow_null=True)
    since = serializers.DateTimeField(allow_null=True)


class ModelSerializer(serializers.Serializer):
    id = serializers.CharField()
    name = serializers.CharField()
    provider = serializers.CharField()
    media_type = serializers.ChoiceField(MEDIA_TYPE_CHOICES)
    description = serializers.CharField()
    status = serializers.ChoiceField(MODEL_STATUS_CHOICES)
    is_active = serializers.BooleanField()
    is_beta = serializers.BooleanField()
    is_featured = serializers.BooleanField()
    tags = serializers.ListField(child=serializers.CharField())
    supports_image_input = serializers.BooleanField()
    supports_video_input = serializers.BooleanField()
    max_prompt_length = serializers.IntegerField()
    aspect_ratios = serializers.ListField(child=serializers.CharField(), allow_null=True)
    resolutions = serializers.ListField(child=serializers.CharField(), allow_null=True)
    durations = serializers.ListField(child=serializers.IntegerField(), allow_null=True)
    output_formats = serializers.ListField(child=serializers.CharField(), allow_null=True)
    base_credits = CreditsField()
    pricing_tiers = serializers.DictField(child=CreditsField(), allow_null=True)
    availability = AvailabilitySerializer()
    deprecated_at = serializers.DateTimeField(allow_null=True)
    sunset_at = serializers.DateTimeField(
        allow_null=True, help_text="From then on the model takes no more requests."
    )


class TimingSerializer(serializers.Serializer):
    p50_ms = serializers.IntegerField(allow_null=True)
    p95_ms = serializers.IntegerField(allow_null=True)
    samples = serializers.IntegerField()


class ModelDetailSerializer(ModelSerializer):
    input_schema = serializers.DictField(help_text="JSON Schema 2020-12; the same document checks requests.")
    timing = TimingSerializer()


class QuoteKind(serializers.Serializer):
    task_type = serializers.ChoiceField(MEDIA_TYPE_CHOICES, allow_null=True)


class QuoteLineSerializer(serializers.Serializer):
    label = serializers.CharField()
    credits = CreditsField()


class QuoteSerializer(serializers.Serializer):
    model_id = serializers.CharField()
    credits = CreditsField()
    breakdown = QuoteLineSerializer(many=True)
    available_after = CreditsField(help_text="Credits that would be left.")
    eta_ms = serializers.IntegerField(allow_null=True)


QUOTE_FIELDS = {
    "task_type": {"type": ["string", "null"], "enum": [*(word for word, _ in MEDIA_TYPE_CHOICES), None]}
}
GENERIC_FIELDS = {
    "model_id": {"type": "string"},
    "max_credits": {"type": "number", "minimum": 0, "description": "409 price_changed when it costs more."},
    "webhook_url": {
        "type": "string",
        "format": "uri",
        "maxLength": LONGEST_URL,
        "description": "An https address that is told when the task ends, signed by Standard Webhooks.",
    },
}


def request_schema(task_type: str) -> dict:
    """The body of a create: one of the models' own documents, and what every create accepts."""
    bodies = []
    for spec in catalogue.get_models_by_type(task_type).values():
        document = {name: part for name, part in spec.input_schema.items() if not name.startswith("$")}
        chosen = GENERIC_FIELDS | {"model_id": {"type": "string", "const": spec.id}}
        bodies.append(document | {"properties": chosen | document["properties"]})
    return {"application/json": {"anyOf": bodies}}
