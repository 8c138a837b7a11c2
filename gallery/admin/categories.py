"""The tree of categories: their texts, their order, and two made one."""

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from gallery import arranging, publishing
from gallery.admin.arranging import Arranging
from gallery.admin.forms import MergeForm
from gallery.desk.order import Row, branches
from gallery.models import Category, Item, OldShelfSlug
from gallery.models.category import BY_BRANCH
from gallery.shelves import ancestors, path_of
from gallery.slugs import slugify
from generation.admin.reading_only import BoundedPaginator
from smartspec.lib.errors import ProductError


class CategoryForm(forms.ModelForm):
    thai_name = forms.CharField(label=_("name in Thai"), max_length=100, required=False)
    thai_description = forms.CharField(
        label=_("description in Thai"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )

    class Meta:
        model = Category
        fields = ["name", "thai_name", "slug", "parent", "description", "thai_description"]
        fields += ["cover", "thai_cover", "display_order", "is_active"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        thai = self.instance.translations.get("th", {})
        self.fields["thai_name"].initial = thai.get("name", "")
        self.fields["thai_description"].initial = thai.get("description", "")
        self.fields["slug"].required = False
        self.fields["thai_cover"].help_text = _("The same as in English when left empty.")

    def clean_slug(self) -> str:
        slug = slugify(self.cleaned_data["slug"] or self.cleaned_data.get("name", ""))
        if OldShelfSlug.objects.filter(slug=slug).exclude(category=self.instance.pk).exists():
            raise forms.ValidationError(_("This address leads to another category."))
        return slug

    def clean_parent(self) -> Category | None:
        parent = self.cleaned_data["parent"]
        if parent and self.instance.pk and self.instance in [parent, *ancestors(parent)]:
            raise forms.ValidationError(_("A category cannot stand below itself."))
        return parent

    def clean_cover(self) -> Item | None:
        return self.fit_for_all("cover")

    def clean_thai_cover(self) -> Item | None:
        return self.fit_for_all("thai_cover")

    def fit_for_all(self, name: str) -> Item | None:
        item = self.cleaned_data[name]
        if item and not item.is_listed:
            raise forms.ValidationError(_("Only a work that everybody may see can be a cover."))
        return item

    def save(self, commit: bool = True) -> Category:
        texts = {
            "name": self.cleaned_data["thai_name"],
            "description": self.cleaned_data["thai_description"],
        }
        texts = {name: text for name, text in texts.items() if text}
        self.instance.translations = {"th": texts} if texts else {}
        return super().save(commit)


@admin.register(Category)
class CategoryAdmin(Arranging, admin.ModelAdmin):
    form = CategoryForm
    list_display = ["path", "slug", "item_count", "display_order", "is_active"]
    list_select_related = ["parent__parent__parent"]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["cover", "thai_cover"]
    paginator = BoundedPaginator
    show_full_result_count = False
    arrange_title = _("Order of the categories")
    arrange_help = _("Each branch is put in order by itself. A category is moved to another one on its page.")

    class Media:
        js = ["admin/js/autocomplete.js", "gallery/combobox_names.js"]  # in this order

    def get_urls(self):
        merge = self.admin_site.admin_view(self.merge)
        return [path("<uuid:category_id>/merge/", merge, name="gallery_category_merge"), *super().get_urls()]

    @admin.display(description=_("category"))
    def path(self, category: Category) -> str:
        return path_of(category)

    def get_ordering(self, request):
        return BY_BRANCH

    def save_model(self, request, category: Category, form, change: bool) -> None:
        super().save_model(request, category, form, change)
        if change and "slug" in form.changed_data:
            arranging.leave_slug(category, form.initial["slug"])
        if change and "parent" in form.changed_data:
            publishing.replant(category)

    def branches(self) -> list[Row]:
        return branches(Category.objects.all())

    def arrange_to(self, request: HttpRequest, ids) -> int:
        moved = arranging.arrange_shelves(ids)
        for category in moved:
            self.log_change(request, category, [{"changed": {"fields": [str(_("order"))]}}])
        return len(moved)

    def merge(self, request: HttpRequest, category_id) -> HttpResponse:
        """First the question what goes where, then, answered, what happened."""
        category = get_object_or_404(Category, pk=category_id)
        self.must_arrange(request)
        form = MergeForm(request.POST or None, category=category)
        if request.method == "POST" and form.is_valid():
            into = form.cleaned_data["into"]
            try:
                self._merged(request, category, into)
                return redirect(reverse("admin:gallery_category_change", args=[into.pk]))
            except ProductError as error:
                form.add_error("into", str(error.detail))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Merge “%(name)s” into another category") % {"name": category.name},
            "opts": self.opts,
            "category": category,
            "form": form,
        }
        return TemplateResponse(request, "admin/gallery/category/merge.html", context)

    def _merged(self, request: HttpRequest, category: Category, into: Category) -> None:
        name = str(category)
        moved = arranging.merge(category, into=into, by=request.user)
        note = _("“%(name)s” was merged into it") % {"name": name}
        self.log_change(request, into, str(note))
        done = ngettext("%(n)s work was moved.", "%(n)s works were moved.", moved) % {"n": moved}
        self.message_user(request, done, messages.SUCCESS)
