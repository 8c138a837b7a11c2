"""The bodies and shapes of the makers' API."""

from rest_framework import serializers

from gallery.api.fields import LANGUAGES, TEXT_LIMITS, AnyCaseBoolean, TranslationsField
from gallery.api.staff_serializers import QueueQuery, StaffItemSerializer
from smartspec.lib.serializers import StrictSerializer


class Mending(StrictSerializer):
    """What a maker may say of a work; where it stands is the moderators' business."""

    title = serializers.CharField(max_length=TEXT_LIMITS["title"])
    description = serializers.CharField(
        max_length=TEXT_LIMITS["description"], required=False, allow_blank=True
    )
    alt_text = serializers.CharField(max_length=TEXT_LIMITS["alt_text"], required=False, allow_blank=True)
    language = serializers.ChoiceField(LANGUAGES, required=False)
    translations = TranslationsField(required=False)
    categories = serializers.ListField(
        child=serializers.CharField(max_length=100), max_length=20, required=False, help_text="Slugs."
    )
    keywords = serializers.ListField(
        child=serializers.CharField(max_length=60), max_length=30, required=False
    )
    show_prompt = AnyCaseBoolean(required=False)


class Sharing(Mending):
    pass


class OwnItemsQuery(QueueQuery):
    pass


class OwnItemSerializer(StaffItemSerializer):
    pass


class OwnItemsSerializer(serializers.Serializer):
    results = OwnItemSerializer(many=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
