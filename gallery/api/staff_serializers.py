"""The bodies and shapes of the moderators' API."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from gallery.api.fields import LANGUAGES, TEXT_LIMITS, AnyCaseBoolean, TranslationsField, WebAddressField
from gallery.api.serializers import ItemSerializer
from gallery.desk import bulk
from gallery.desk.verbs import VERBS
from gallery.models import Item
from generation.api.serializers import TaskSerializer
from smartspec.lib.serializers import StrictSerializer

RATINGS = ("general", "sensitive")


class QueueQuery(StrictSerializer):
    status = serializers.ChoiceField(Item.Status.choices, required=False)
    limit = serializers.IntegerField(min_value=1, max_value=100, default=24)
    cursor = serializers.CharField(max_length=500, required=False)


class ItemFields(StrictSerializer):
    """What an item says and where it stands; everything may be left out."""

    title = serializers.CharField(max_length=TEXT_LIMITS["title"], required=False)
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
    is_public = AnyCaseBoolean(required=False)
    is_featured = AnyCaseBoolean(required=False)
    show_prompt = AnyCaseBoolean(required=False)
    display_order = serializers.IntegerField(min_value=-(2**31), max_value=2**31 - 1, required=False)
    rating = serializers.ChoiceField(RATINGS, required=False)
    meta_title = serializers.CharField(max_length=255, required=False, allow_blank=True)
    meta_description = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    license_url = WebAddressField(
        required=False, allow_blank=True, help_text="The page of the work's licence."
    )
    acquire_url = WebAddressField(required=False, allow_blank=True, help_text="Where a licence is to be had.")
    credit_text = serializers.CharField(max_length=255, required=False, allow_blank=True)
    copyright_notice = serializers.CharField(max_length=255, required=False, allow_blank=True)
    slug = serializers.CharField(max_length=255, required=False)


class ItemEdit(ItemFields):
    reason = serializers.CharField(
        max_length=500, required=False, allow_blank=True, help_text="Why it is hidden; its maker reads it."
    )


class ItemReplacement(ItemEdit):
    """A whole item: what is left out of the texts becomes empty."""

    title = serializers.CharField(max_length=TEXT_LIMITS["title"])
    description = serializers.CharField(max_length=TEXT_LIMITS["description"], allow_blank=True, default="")
    alt_text = serializers.CharField(max_length=TEXT_LIMITS["alt_text"], allow_blank=True, default="")
    translations = TranslationsField(default=dict)
    categories = serializers.ListField(
        child=serializers.CharField(max_length=100), max_length=20, default=list
    )
    keywords = serializers.ListField(child=serializers.CharField(max_length=60), max_length=30, default=list)
    meta_title = serializers.CharField(max_length=255, allow_blank=True, default="")
    meta_description = serializers.CharField(max_length=1000, allow_blank=True, default="")
    license_url = WebAddressField(allow_blank=True, default="")
    acquire_url = WebAddressField(allow_blank=True, default="")
    credit_text = serializers.CharField(max_length=255, allow_blank=True, default="")
    copyright_notice = serializers.CharField(max_length=255, allow_blank=True, default="")


class NewItem(ItemFields):
    """Either `task_id`, or `upload_key` and a title."""

    default_error_messages = {
        "one": _("Give either task_id or upload_key."),
        "title": _("A file that you bring needs a title."),
    }

    task_id = serializers.UUIDField(
        required=False, help_text="A completed task; its first file becomes the work."
    )
    upload_key = serializers.CharField(
        required=False, max_length=300, help_text="A file of your own, from POST /storage/upload."
    )

    def validate(self, given: dict) -> dict:
        if ("task_id" in given) == ("upload_key" in given):
            raise self.fault("task_id", "one")
        if "upload_key" in given and not given.get("title"):
            raise self.fault("title", "title")
        return given

    def fault(self, field: str, code: str) -> serializers.ValidationError:
        detail = serializers.ErrorDetail(self.error_messages[code], code="required")
        return serializers.ValidationError({field: [detail]})


class Removal(StrictSerializer):
    reason = serializers.CharField(
        max_length=500, required=False, allow_blank=True, help_text="Why; its maker reads it."
    )


class Rejection(StrictSerializer):
    reason = serializers.CharField(max_length=500)


class Featuring(StrictSerializer):
    featured = AnyCaseBoolean(default=True)


class Together(StrictSerializer):
    ids = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=bulk.MOST)
    action = serializers.ChoiceField(list(VERBS))
    reason = serializers.CharField(
        max_length=500, required=False, allow_blank=True, help_text="Needed to reject, to hide and to remove."
    )


class Generation(ItemFields):
    prompt = serializers.CharField(max_length=20_000)
    model_id = serializers.CharField(max_length=100)
    options = serializers.DictField(required=False, help_text="As in POST /generation/…")
    approve = AnyCaseBoolean(default=False, help_text="Approve the work as soon as it stands.")


class StaffItemSerializer(ItemSerializer):
    prompt = serializers.CharField()
    show_prompt = serializers.BooleanField()
    status = serializers.ChoiceField(Item.Status.choices)
    is_public = serializers.BooleanField()
    rating = serializers.ChoiceField(RATINGS)
    display_order = serializers.IntegerField()
    meta_title = serializers.CharField()
    meta_description = serializers.CharField()
    license_url = serializers.CharField()
    acquire_url = serializers.CharField()
    credit_text = serializers.CharField()
    copyright_notice = serializers.CharField()
    task_id = serializers.UUIDField(allow_null=True)
    created_at = serializers.DateTimeField()
    approved_at = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField(allow_null=True, help_text="The last reason given for a decision.")


class QueueSerializer(serializers.Serializer):
    results = StaffItemSerializer(many=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


class RemovedSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    status = serializers.CharField()
    deleted = serializers.BooleanField()


class WhyNotSerializer(serializers.Serializer):
    code = serializers.CharField()
    detail = serializers.CharField()


class ResultSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    changed = serializers.BooleanField(help_text="False also where it was so already.")
    error = WhyNotSerializer(allow_null=True)


class ResultsSerializer(serializers.Serializer):
    changed = serializers.IntegerField(help_text="How many.")
    results = ResultSerializer(many=True)


class PromisedItemSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    status = serializers.CharField(help_text="`generating`")


class PromiseSerializer(serializers.Serializer):
    task = TaskSerializer()
    item = PromisedItemSerializer()
