"""The tree of categories."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from gallery import publishing
from gallery.models import Category
from gallery.models.category import BY_BRANCH
from gallery.shelves import ancestors, path_of
from gallery.slugs import slugify


class CategoryForm(forms.ModelForm):
    thai_name = forms.CharField(label=_("name in Thai"), max_length=100, required=False)
    thai_description = forms.CharField(
        label=_("description in Thai"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )

    class Meta:
        model = Category
        fields = ["name", "thai_name", "slug", "parent", "description", "thai_description"]
        fields += ["display_order", "is_active"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        thai = self.instance.translations.get("th", {})
        self.fields["thai_name"].initial = thai.get("name", "")
        self.fields["thai_description"].initial = thai.get("description", "")
        self.fields["slug"].required = False

    def clean_slug(self) -> str:
        return slugify(self.cleaned_data["slug"] or self.cleaned_data.get("name", ""))

    def clean_parent(self) -> Category | None:
        parent = self.cleaned_data["parent"]
        if parent and self.instance.pk and self.instance in [parent, *ancestors(parent)]:
            raise forms.ValidationError(_("A category cannot stand below itself."))
        return parent

    def save(self, commit: bool = True) -> Category:
        texts = {
            "name": self.cleaned_data["thai_name"],
            "description": self.cleaned_data["thai_description"],
        }
        texts = {name: text for name, text in texts.items() if text}
        self.instance.translations = {"th": texts} if texts else {}
        return super().save(commit)


@admin.register(Category)
class CategoryAdmin(admin.ModelAdmin):
    form = CategoryForm
    list_display = ["path", "item_count", "display_order", "is_active"]
    list_editable = ["display_order"]
    list_select_related = ["parent__parent__parent"]
    search_fields = ["name", "slug"]

    @admin.display(description=_("category"))
    def path(self, category: Category) -> str:
        return path_of(category)

    def get_ordering(self, request):
        return BY_BRANCH

    def save_model(self, request, category: Category, form, change: bool) -> None:
        super().save_model(request, category, form, change)
        if change and "parent" in form.changed_data:
            publishing.replant(category)
