"""`<gslug:slug>`: a slug in an address. Django's own converter refuses Thai vowels and tone marks."""

import regex
from django.urls import register_converter

SLUG = regex.compile(r"[\p{L}\p{N}\p{Mn}\p{Mc}_-]{1,255}")


class GallerySlugConverter:
    regex = r"[^/?#.\s]+"

    def to_python(self, value: str) -> str:
        if not SLUG.fullmatch(value):
            raise ValueError(value)
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(GallerySlugConverter, "gslug")
