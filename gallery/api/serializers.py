"""The shapes of the public gallery API, for checking queries and for the OpenAPI document."""

from rest_framework import serializers

from gallery.api.fields import LANGUAGES, AnyCaseBoolean, TranslationsField
from gallery.models import Report
from gallery.orders import SORTS
from smartspec.lib.serializers import StrictSerializer
from storage_app.keys import MEDIA_TYPE_CHOICES


class NoQuery(StrictSerializer):
    pass


class PageQuery(StrictSerializer):
    limit = serializers.IntegerField(min_value=1, max_value=100, default=24)
    cursor = serializers.CharField(max_length=500, required=False)


class FilterQuery(PageQuery):
    media_type = serializers.ChoiceField(MEDIA_TYPE_CHOICES, required=False)
    model = serializers.CharField(max_length=100, required=False)
    q = serializers.CharField(max_length=200, required=False)
    featured = AnyCaseBoolean(required=False)
    sort = serializers.ChoiceField(SORTS, default="recent")


class ListQuery(FilterQuery):
    category = serializers.CharField(max_length=100, required=False)


class SearchQuery(PageQuery):
    q = serializers.CharField(max_length=200, help_text="Words, all of which have to be there.")
    media_type = serializers.ChoiceField(MEDIA_TYPE_CHOICES, required=False)


class ThumbnailSerializer(serializers.Serializer):
    width = serializers.IntegerField()
    format = serializers.ChoiceField(["avif", "webp"])
    url = serializers.URLField()


class CategoryRefSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()
    url = serializers.URLField()


class SeoSerializer(serializers.Serializer):
    meta_title = serializers.CharField()
    meta_description = serializers.CharField()
    canonical_url = serializers.URLField()


class ItemSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    slug = serializers.CharField()
    url = serializers.URLField()
    title = serializers.CharField(help_text="In the item's `language`.")
    description = serializers.CharField()
    alt_text = serializers.CharField()
    media_type = serializers.ChoiceField(MEDIA_TYPE_CHOICES)
    media_url = serializers.URLField(allow_null=True)
    thumbnail_url = serializers.URLField(allow_null=True)
    thumbnails = ThumbnailSerializer(many=True)
    poster_url = serializers.URLField(allow_null=True)
    preview_url = serializers.URLField(allow_null=True)
    width = serializers.IntegerField(allow_null=True)
    height = serializers.IntegerField(allow_null=True)
    duration_ms = serializers.IntegerField(allow_null=True)
    placeholder = serializers.CharField(allow_null=True, help_text="A 16 px WebP as data URI.")
    categories = CategoryRefSerializer(many=True)
    keywords = serializers.ListField(child=serializers.CharField())
    prompt = serializers.CharField(allow_null=True, help_text="Null where it is not shown.")
    model_id = serializers.CharField()
    model_name = serializers.CharField()
    is_featured = serializers.BooleanField()
    view_count = serializers.IntegerField()
    like_count = serializers.IntegerField()
    published_at = serializers.DateTimeField(allow_null=True)
    updated_at = serializers.DateTimeField()
    language = serializers.ChoiceField(LANGUAGES)
    translations = TranslationsField()
    seo = SeoSerializer()


class ItemPageSerializer(serializers.Serializer):
    results = ItemSerializer(many=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


class SearchPageSerializer(ItemPageSerializer):
    corrected = serializers.CharField(
        allow_null=True, help_text="What was searched for instead, where `q` itself finds nothing."
    )


class CategorySerializer(serializers.Serializer):
    id = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()
    description = serializers.CharField()
    translations = serializers.JSONField(help_text='{"th": {"name": …, "description": …}}')
    url = serializers.URLField()
    item_count = serializers.IntegerField(help_text="Works here and in the categories below.")
    display_order = serializers.IntegerField()
    covers = serializers.DictField(
        child=serializers.URLField(allow_null=True),
        help_text='{"en": address of a picture or null, "th": …}',
    )


class CategoryTreeSerializer(CategorySerializer):
    children = serializers.ListField(
        child=serializers.DictField(), help_text="Categories below, in the same shape."
    )


class CategoryPageSerializer(ItemPageSerializer):
    category = CategorySerializer()


class LikeSerializer(serializers.Serializer):
    liked = serializers.BooleanField()
    like_count = serializers.IntegerField()


class ReportBody(StrictSerializer):
    reason = serializers.ChoiceField(Report.Reason.choices)
    text = serializers.CharField(max_length=5000, required=False, allow_blank=True)


class ReportSerializer(serializers.Serializer):
    reason = serializers.ChoiceField(Report.Reason.choices)
    text = serializers.CharField()
    created_at = serializers.DateTimeField()
