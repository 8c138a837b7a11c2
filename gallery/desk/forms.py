"""The form of "Generate": the model's own options, then what the work will say in the gallery."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from gallery.api.fields import TEXT_LIMITS
from gallery.desk.schema_fields import field_for
from gallery.models import Category
from gallery.shelves import path_of
from generation.catalogue import ModelSpec

GENERAL = ("model_id", "max_credits", "remix_of")  # not options of the model
MOST_VARIANTS = 4


class ShelvesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, category: Category) -> str:
        return path_of(category)


class ShelfField(forms.ModelChoiceField):
    def label_from_instance(self, category: Category) -> str:
        return path_of(category)


class OptionsForm(forms.Form):
    """What one model takes; `body` is the flat request that the API would be sent."""

    def __init__(self, *args, spec: ModelSpec, **kwargs):
        super().__init__(*args, prefix="option", **kwargs)
        self.spec = spec
        second_names = {option.alias for option in spec.options} | set(spec.prompt.names[1:])
        for name, schema in spec.input_schema["properties"].items():
            if name not in GENERAL and name not in second_names:
                option = spec.by_name.get(name)
                self.fields[name] = field_for(*shown(name, schema, option.synonyms if option else None))
        self.order_fields(spec.prompt.names)

    @property
    def body(self) -> dict[str, Any]:
        given = {name: value for name, value in self.cleaned_data.items() if value is not None}
        return given | {"model_id": self.spec.id}

    def complain(self, errors: Sequence[Mapping[str, str]]) -> None:
        """Put the schema's complaints ({pointer, detail}) beside the fields that they are about."""
        for error in errors:
            name, _slash, rest = error["pointer"].lstrip("/").partition("/")
            where = ", ".join(rest.split("/")) if rest else ""
            detail = f"{where}: {error['detail']}" if where else error["detail"]
            self.add_error(name if name in self.fields else None, detail)


def shown(name: str, schema: Mapping[str, Any], synonyms: Mapping[str, str] | None):
    """An option's schema without the older words of its values, which then serve as their names."""
    if not synonyms:
        return name, schema, {}
    values = [value for value in schema["enum"] if value not in synonyms]
    words = {value: word for word, value in synonyms.items() if value in values}
    values.sort(key=lambda value: (value not in words, words.get(value, value)))
    return name, {**schema, "enum": values}, words


class TextsForm(forms.Form):
    """What a finished work says."""

    title = forms.CharField(label=_("title"), max_length=TEXT_LIMITS["title"])
    description = forms.CharField(
        label=_("description"),
        max_length=TEXT_LIMITS["description"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    alt_text = forms.CharField(
        label=_("alt text"),
        max_length=TEXT_LIMITS["alt_text"],
        required=False,
        help_text=_("What is to be seen, for those who cannot see it."),
    )


class LabelForm(TextsForm):
    """The same of works to come, their shelves, and how many are made."""

    title = forms.CharField(
        label=_("title"),
        max_length=TEXT_LIMITS["title"],
        required=False,
        help_text=_("From the prompt when left empty."),
    )
    categories = ShelvesField(label=_("categories"), queryset=Category.objects.by_branch(), required=False)
    variants = forms.TypedChoiceField(
        label=_("variants"),
        choices=[(number, number) for number in range(1, MOST_VARIANTS + 1)],
        coerce=int,
        initial=1,
    )
    approve = forms.BooleanField(label=_("approve at once"), required=False)
    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def as_fields(self) -> dict[str, Any]:
        """In the words of `reserving.reserve`; empty texts are left out."""
        given = self.cleaned_data
        texts = {name: given[name] for name in TEXT_LIMITS if given[name]}
        shelves = [category.slug for category in given["categories"]]
        return texts | ({"categories": shelves} if shelves else {})
