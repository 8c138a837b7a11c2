"""Fields that several bodies share."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from gallery.models.item import ON_THE_WEB

LANGUAGES = ("en", "th")
TEXT_LIMITS = {"title": 255, "description": 5000, "alt_text": 500}


class AnyCaseBoolean(serializers.BooleanField):
    """`true`, `True`, `TRUE`: programs write booleans in queries as their language does."""

    def to_internal_value(self, data):
        return super().to_internal_value(data.lower() if isinstance(data, str) else data)


class TranslationsField(serializers.JSONField):
    """{"th": {"title": …, "description": …, "alt_text": …}}; each text may be left out."""

    def to_internal_value(self, data):
        data = super().to_internal_value(data)
        if not isinstance(data, dict) or not all(map(self._is_translation, data.items())):
            raise serializers.ValidationError(
                _("Give an object such as {“th”: {“title”: …, “description”: …, “alt_text”: …}}.")
            )
        return data

    @staticmethod
    def _is_translation(entry) -> bool:
        language, texts = entry
        return (
            language in LANGUAGES
            and isinstance(texts, dict)
            and all(
                isinstance(text, str) and len(text) <= TEXT_LIMITS.get(name, -1)
                for name, text in texts.items()
            )
        )


class WebAddressField(serializers.CharField):
    """An absolute address that a browser opens."""

    default_validators = [ON_THE_WEB]

    def __init__(self, **kwargs):
        super().__init__(max_length=500, **kwargs)
