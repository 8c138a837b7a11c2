"""A form field for each option, made from the JSON Schema that validates the API's requests.

The fields only turn what a browser sends into JSON values; whether a value is right is said by the
schema alone. `clean` gives None for whatever was left empty.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gallery.desk.wording import label_of

LONG_TEXT = 200  # characters from which on a text gets several lines
Schema = Mapping[str, Any]


class NumberField(forms.CharField):
    """A JSON number; 5 and 5.0 are the same to the schema."""

    default_error_messages = {"number": _("Please write a number.")}

    def to_python(self, value) -> int | float | None:
        text = super().to_python(value)
        if not text:
            return None
        try:
            number = float(text.replace(",", "."))
            return int(number) if number.is_integer() else number
        except (ValueError, OverflowError) as error:
            raise forms.ValidationError(self.error_messages["number"], code="number") from error


class LinesField(forms.CharField):
    """A list of texts, one on each line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def to_python(self, value) -> list[str] | None:
        lines = [line.strip() for line in super().to_python(value).splitlines()]
        return [line for line in lines if line] or None


class RowsWidget(forms.Widget):
    """A small table: one row of inputs for each object of a list."""

    template_name = "gallery/desk/rows.html"

    def __init__(self, columns: Mapping[str, forms.Field], rows: int):
        super().__init__()
        self.columns, self.rows = columns, rows

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        given = value or []
        context["columns"] = [field.label for field in self.columns.values()]
        context["rows"] = [
            [self._cell(name, number, column, given) for column in self.columns]
            for number in range(max(self.rows, len(given)))
        ]
        return context

    def _cell(self, name: str, number: int, column: str, given: list[Mapping]) -> str:
        field = self.columns[column]
        value = given[number].get(column) if number < len(given) else None
        return field.widget.render(
            f"{name}-{number}-{column}", value, {"aria-label": f"{field.label} {number + 1}"}
        )

    def value_from_datadict(self, data, files, name) -> list[dict[str, str]]:
        rows = [
            {column: data.get(f"{name}-{number}-{column}", "").strip() for column in self.columns}
            for number in range(self.rows)
        ]
        return [row for row in rows if any(row.values())]

    def value_omitted_from_data(self, data, files, name) -> bool:
        return not any(key.startswith(f"{name}-") for key in data)


class RowsField(forms.Field):
    """A list of objects of plain values."""

    def __init__(self, *, columns: Mapping[str, forms.Field], rows: int, **options):
        super().__init__(widget=RowsWidget(columns, rows), **options)
        self.columns = columns

    def to_python(self, value) -> list[dict] | None:
        cleaned = [{name: self.columns[name].clean(row[name]) for name in self.columns} for row in value]
        return [{name: v for name, v in row.items() if v is not None} for row in cleaned] or None


class TextField(forms.CharField):
    def to_python(self, value) -> str | None:
        return super().to_python(value) or None


def choice_field(schema: Schema, words: Mapping[Any, str], **options) -> forms.Field:
    """`words`: how a value is shown where it is not shown as itself."""
    values = {str(value): value for value in schema["enum"]}
    choices = [(text, words.get(value, text)) for text, value in values.items()]
    if "default" not in schema:
        choices.insert(0, ("", _("The model decides")))
    return forms.TypedChoiceField(choices=choices, coerce=values.get, empty_value=None, **options)


def yes_no_field(schema: Schema, _words, **options) -> forms.Field:
    choices = [("true", _("Yes")), ("false", _("No"))]
    if "default" not in schema:
        choices.insert(0, ("", _("The model decides")))
    return forms.TypedChoiceField(choices=choices, coerce=json.loads, empty_value=None, **options)


def number_field(schema: Schema, _words, **options) -> forms.Field:
    limits = {"min": schema.get("minimum"), "max": schema.get("maximum"), "step": "any"}
    return NumberField(widget=forms.NumberInput(attrs=limits), **options)


def list_field(schema: Schema, _words, **options) -> forms.Field:
    if schema["items"]["type"] != "object":
        return LinesField(**options)
    inner = schema["items"]["properties"]
    columns = {name: field_for(name, one) for name, one in inner.items()}
    return RowsField(columns=columns, rows=schema["maxItems"], **options)


def text_field(schema: Schema, _words, **options) -> forms.Field:
    attrs = {"maxlength": schema.get("maxLength")}
    if schema.get("maxLength", 0) > LONG_TEXT:
        return TextField(widget=forms.Textarea(attrs=attrs | {"rows": 4}), **options)
    return TextField(widget=forms.TextInput(attrs=attrs | {"class": "vTextField"}), **options)


KINDS: dict[str, Callable[..., forms.Field]] = {
    "boolean": yes_no_field,
    "number": number_field,
    "integer": number_field,
    "array": list_field,
    "string": text_field,
}


def field_for(name: str, schema: Schema, words: Mapping[Any, str] | None = None) -> forms.Field:
    make = choice_field if "enum" in schema else KINDS[schema["type"]]
    initial = schema.get("default")
    if isinstance(initial, bool):
        initial = json.dumps(initial)
    return make(
        schema,
        words or {},
        label=label_of(name),
        required=False,
        initial=initial,
        help_text=schema.get("description", ""),
    )
