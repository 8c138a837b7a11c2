"""One line of text, with the usual answers offered while it is written."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join


class UsualWords(forms.TextInput):
    """Free text beside presets in one field: a list that browsers show and nobody must choose from."""

    def __init__(self, usual: Sequence[Any], attrs: dict | None = None):
        super().__init__(attrs)
        self.usual = usual

    def render(self, name, value, attrs=None, renderer=None) -> str:
        list_id = f"usual-{name}"
        field = super().render(name, value, {**(attrs or {}), "list": list_id}, renderer)
        words = format_html_join("", '<option value="{}"></option>', ((str(each),) for each in self.usual))
        return format_html('{}<datalist id="{}">{}</datalist>', field, list_id, words)
