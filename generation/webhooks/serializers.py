"""The shapes of the webhook API."""

from rest_framework import serializers

from accounts.api.fields import Moment
from generation.models import WebhookDelivery
from generation.models.webhook import LONGEST_URL
from smartspec.lib.serializers import StrictSerializer


class AddressOrder(StrictSerializer):
    url = serializers.CharField(max_length=LONGEST_URL, help_text="https, on the public internet.")


class Address(serializers.Serializer):
    url = serializers.CharField(allow_null=True)


class Secret(serializers.Serializer):
    secret = serializers.CharField(help_text="whsec_ and base64, as the Standard Webhooks libraries take it.")
    created_at = Moment()
    previous_signs_until = Moment(
        source="previous_until", allow_null=True, help_text="Until then the secret before signs, too."
    )


class DeliveriesQuery(StrictSerializer):
    limit = serializers.IntegerField(min_value=1, max_value=100, default=50)
    cursor = serializers.CharField(max_length=300, required=False)


class Delivery(serializers.ModelSerializer):
    id = serializers.UUIDField(help_text="The webhook-id of every attempt.")
    type = serializers.CharField(source="event")
    task_id = serializers.UUIDField()
    last_error = serializers.CharField(
        help_text="Empty, or: status, redirect, timeout, connection, tls, unknown_host, address_refused."
    )
    created_at = Moment()
    last_attempt_at = Moment(allow_null=True)
    next_attempt_at = Moment(source="due_at", allow_null=True)
    delivered_at = Moment(allow_null=True)

    class Meta:
        model = WebhookDelivery
        fields = [
            "id",
            "type",
            "task_id",
            "url",
            "state",
            "attempts",
            "last_status",
            "last_error",
            "created_at",
            "last_attempt_at",
            "next_attempt_at",
            "delivered_at",
        ]


class DeliveryPage(serializers.Serializer):
    results = Delivery(many=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
