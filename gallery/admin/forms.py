"""What a moderator may write: the item's texts in both languages, its shelves, its address."""

from django import forms
from django.conf import settings
from django.contrib.admin.helpers import ActionForm
from django.utils.translation import gettext_lazy as _

from gallery import slugs
from gallery.api.fields import TEXT_LIMITS
from gallery.desk import reasons
from gallery.desk.forms import ShelfField, ShelvesField
from gallery.models import Category, Item
from gallery.texts import RIGHTS
from smartspec.lib.usual_words import UsualWords


class ReasonForm(ActionForm):
    reason = forms.CharField(
        label=_("Reason"), max_length=500, required=False, widget=UsualWords(reasons.PRESETS)
    )


WORDS = ["language", "title", "description", "alt_text"]
PLAIN = [*WORDS, "slug", "rating", "show_prompt", "display_order", "meta_title", "meta_description"]
PLAIN += RIGHTS


class WordsForm(forms.ModelForm):
    """What an item says in both languages, and its shelves: as much as fits beside the work."""

    other_title = forms.CharField(label=_("title"), max_length=TEXT_LIMITS["title"], required=False)
    other_description = forms.CharField(
        label=_("description"),
        max_length=TEXT_LIMITS["description"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    other_alt_text = forms.CharField(label=_("alt text"), max_length=TEXT_LIMITS["alt_text"], required=False)
    shelves = ShelvesField(label=_("categories"), queryset=Category.objects.by_branch(), required=False)
    own = WORDS  # columns; the admin adds its read-only facts to Meta.fields

    class Meta:
        model = Item
        fields = WORDS
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        item = self.instance
        for name, text in item.translations.get(other_language(item.language), {}).items():
            self.fields[f"other_{name}"].initial = text
        own = item.placements.filter(is_own=True).values_list("category_id", flat=True)
        self.fields["shelves"].initial = list(own)

    def as_fields(self) -> dict:
        """The form in the words of `editing.edit`."""
        given = self.cleaned_data
        texts = {name: given[f"other_{name}"] for name in TEXT_LIMITS}
        return {name: given[name] for name in self.own} | {
            "translations": {other_language(given["language"]): texts},
            "categories": [category.slug for category in given["shelves"]],
        }


class ItemForm(WordsForm):
    keyword_list = forms.CharField(label=_("keywords"), required=False, help_text=_("Separated by commas."))
    own = PLAIN

    class Meta(WordsForm.Meta):
        fields = PLAIN

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["keyword_list"].initial = ", ".join(self.instance.keywords)

    def clean_slug(self) -> str:
        slug = slugs.slugify(self.cleaned_data["slug"])
        if not slug or not slugs.is_free(slug, item=self.instance):
            raise forms.ValidationError(slugs.SlugTaken.message)
        return slug

    def as_fields(self) -> dict:
        words = self.cleaned_data["keyword_list"].split(",")
        return super().as_fields() | {"keywords": [word.strip() for word in words if word.strip()]}


class MergeForm(forms.Form):
    into = ShelfField(
        label=_("merge into"),
        queryset=Category.objects.by_branch(),
        help_text=_("Its works and what stands below it move there; its address leads there for ever."),
    )

    def __init__(self, *args, category: Category, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = self.fields["into"].queryset.exclude(pk=category.pk)


def other_language(language: str) -> str:
    return next(code for code, _name in settings.LANGUAGES if code != language)
