"""What the storage API takes and answers."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from smartspec.lib.serializers import StrictSerializer
from storage_app.file_types import KNOWN_AS

MORE_THAN_ANYBODY_HAS = 2**50


class PresignQuery(StrictSerializer):
    filename = serializers.CharField(max_length=1000, help_text="Kept as a name only, never part of the key.")
    content_type = serializers.CharField(max_length=100, help_text="Of an image, a video or a sound.")
    bytes = serializers.IntegerField(min_value=1, max_value=MORE_THAN_ANYBODY_HAS)
    sha256 = serializers.RegexField(
        r"^[0-9a-fA-F]{64}$", required=False, help_text="Hexadecimal; signed into the address when given."
    )

    def validate_content_type(self, value: str) -> str:
        if value.lower() not in KNOWN_AS:
            raise serializers.ValidationError(
                _("Files of this type are not taken."), code="unsupported_media_type"
            )
        return value.lower()

    def validate_sha256(self, value: str) -> str:
        return value.lower()


class StoredFile(serializers.Serializer):
    key = serializers.CharField()
    url = serializers.URLField(help_text="Good for at least an hour, without further headers.")
    content_type = serializers.CharField()
    bytes = serializers.IntegerField()
    width = serializers.IntegerField(allow_null=True)
    height = serializers.IntegerField(allow_null=True)
    duration_ms = serializers.IntegerField(allow_null=True)
    sha256 = serializers.CharField(help_text="Of the stored bytes, which no longer tell a place.")


class Presigned(serializers.Serializer):
    upload_id = serializers.UUIDField()
    key = serializers.CharField(help_text="Where the file will lie; usable after `complete`.")
    url = serializers.URLField(help_text="Takes one PUT with exactly these headers.")
    method = serializers.CharField()
    headers = serializers.DictField(child=serializers.CharField())
    expires_at = serializers.DateTimeField()


class DeletedFile(serializers.Serializer):
    key = serializers.CharField()
    deleted = serializers.BooleanField()


class Limits(serializers.Serializer):
    image = serializers.IntegerField()
    video = serializers.IntegerField()
    audio = serializers.IntegerField()


class StorageUsage(serializers.Serializer):
    quota_bytes = serializers.IntegerField()
    used_bytes = serializers.IntegerField()
    reserved_bytes = serializers.IntegerField(help_text="Promised to uploads that are not complete.")
    available_bytes = serializers.IntegerField()
    files = serializers.IntegerField()
    limits = Limits(help_text="The largest file of each kind, in bytes.")


class NothingMore(StrictSerializer):
    """A body without fields."""
