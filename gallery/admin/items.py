"""Works waiting for a decision come first; every decision is one of moderation's verbs."""

from collections.abc import Iterable
from contextlib import suppress
from uuid import UUID

from django.contrib import admin, messages
from django.contrib.admin.views.main import SEARCH_VAR
from django.db.models import Q
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from gallery import arranging, editing, indexing
from gallery.admin.arranging import Arranging
from gallery.admin.forms import ItemForm, ReasonForm
from gallery.admin.generating import Generating
from gallery.admin.moderating import Moderating
from gallery.desk import judging, looks, reasons, sittings
from gallery.desk.order import Row, wall
from gallery.desk.panel import ACTIONS
from gallery.desk.verbs import VERBS
from gallery.errors import ReasonMissing
from gallery.models import Decision, Item
from gallery.slugs import slugify
from gallery.texts import RIGHTS
from generation.admin.reading_only import BoundedPaginator
from smartspec.lib.errors import ProductError


class StatusFilter(admin.SimpleListFilter):
    """Pending works unless another state (or all) is asked for."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return [*Item.Status.choices, ("all", _("all"))]

    def queryset(self, request, items):
        anything = "all" if request.GET.get(SEARCH_VAR) else Item.Status.PENDING
        wanted = self.value() or anything
        return items if wanted == "all" else items.filter(status=wanted)

    def choices(self, changelist):
        for word, title in self.lookup_choices:
            yield {
                "selected": word == (self.value() or Item.Status.PENDING),
                "query_string": changelist.get_query_string({self.parameter_name: word}),
                "display": title,
            }


class DecisionInline(admin.TabularInline):
    model = Decision
    template = "admin/gallery/item/history.html"
    fields = readonly_fields = ["at", "by", "what", "reason", "changes"]
    verbose_name_plural = _("history")
    extra = 0
    can_delete = False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("by")

    @admin.display(description=_("decision"))
    def what(self, decision: Decision) -> str:
        return ACTIONS.get(decision.action, decision.action)

    @admin.display(description=_("before → after"))
    def changes(self, decision: Decision) -> str:
        rows = ((name, decision.before.get(name), decision.after[name]) for name in decision.after)
        return format_html_join("", "<div>{}: {} → {}</div>", rows)

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Item)
class ItemAdmin(Moderating, Generating, Arranging, admin.ModelAdmin):
    form = ItemForm
    action_form = ReasonForm
    arrange_title = _("Order of the featured works")
    arrange_help = _("The first one leads the front page; the API lists them in this order.")
    actions = ["approve", "reject", "feature", "unfeature", "hide", "show", "remove"]
    list_display = ["thumbnail", "title", "media_type", "status", "is_public", "is_featured"]
    list_display += ["created_by", "created_at", "task_link"]
    list_display_links = ["thumbnail", "title"]
    list_filter = [StatusFilter, "media_type", "is_featured", "language", "rating"]
    list_select_related = ["media", "created_by", "generation_task"]
    list_per_page = 50
    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # they count every row of every filter
    ordering = ["-created_at"]
    search_fields = ["slug"]  # shows the box; the search is our own
    inlines = [DecisionInline]
    readonly_fields = ["picture", "indexing", "status", "is_public", "is_featured", "model_id", "prompt"]
    readonly_fields += ["task_link", "created_by", "created_at", "approved_by", "approved_at", "published_at"]
    fieldsets = [
        (None, {"fields": ["picture", ("status", "is_public", "is_featured")]}),
        (_("Label"), {"fields": ["language", "title", "description", "alt_text", "keyword_list", "shelves"]}),
        (_("In the other language"), {"fields": ["other_title", "other_description", "other_alt_text"]}),
        (_("Page"), {"fields": ["slug", "rating", "show_prompt", "display_order"]}),
        (_("Search engines"), {"fields": ["indexing", "meta_title", "meta_description"]}),
        (_("Rights"), {"fields": RIGHTS, "classes": ["collapse"]}),
        (_("Origin"), {"fields": ["prompt", "model_id", "task_link", "created_by", "created_at"]}),
        (_("Approval"), {"fields": ["approved_by", "approved_at", "published_at"]}),
    ]

    def get_search_results(self, request, queryset, search_term):
        """By the first words of the title, as the address has them, or by the id of the work or its task."""
        term = search_term.strip()
        wanted = Q(slug__startswith=slugify(term))
        with suppress(ValueError):
            wanted = Q(pk=UUID(term)) | Q(generation_task=UUID(term))
        return queryset.filter(wanted) if term else queryset, False

    def has_add_permission(self, request) -> bool:
        return False  # works come from tasks

    def has_delete_permission(self, request, obj=None) -> bool:
        return False  # they are removed, which leaves their address answering 410

    @admin.display(description=_("picture"))
    def thumbnail(self, item: Item) -> str:
        return looks.thumbnail(item)

    @admin.display(description=_("work"))
    def picture(self, item: Item) -> str:
        return looks.work(item)

    @admin.display(description=_("found by search engines"))
    def indexing(self, item: Item) -> str:
        """In each language: yes, or what is missing."""
        return format_html_join(
            "",
            "<p><strong>{}</strong>: {}</p>",
            ((name, " ".join(why) or _t("yes")) for name, why in indexing.explained(item)),
        )

    @admin.display(description=_("task"))
    def task_link(self, item: Item) -> str:
        if item.generation_task_id is None:
            return "-"
        url = reverse("admin:generation_generationtask_change", args=[item.generation_task_id])
        return format_html('<a href="{}">{}</a>', url, _t("task"))

    def save_model(self, request, item: Item, form: ItemForm, change: bool) -> None:
        try:
            with sittings.holding(item.pk, by=request.user):
                editing.edit(item, by=request.user, fields=form.as_fields())
        except ProductError as error:
            item.is_refused = True
            self.message_user(request, error.detail, messages.ERROR)

    def log_change(self, request, item: Item, message):
        """What was refused did not happen."""
        return None if hasattr(item, "is_refused") else super().log_change(request, item, message)

    def render_change_form(self, request, context, *args, **kwargs):
        return super().render_change_form(
            request, context | {"usual_reasons": reasons.PRESETS}, *args, **kwargs
        )

    def changelist_view(self, request: HttpRequest, extra_context=None):
        links = {
            "has_generate_permission": self.has_generate_permission(request),
            "has_moderate_permission": self.has_moderate_permission(request),
            "has_arrange_permission": self.has_change_permission(request),
        }
        return super().changelist_view(request, links | (extra_context or {}))

    def branches(self) -> list[Row]:
        return wall(arranging.featured())

    def arrange_to(self, request: HttpRequest, ids) -> int:
        return arranging.arrange_featured(ids, by=request.user)

    def decide(self, request: HttpRequest, verb: str, items: Iterable[Item]) -> None:
        reason = request.POST.get("reason", "").strip()
        changed = 0
        for item in items:
            try:
                changed += judging.decide(item.pk, by=request.user, verb=verb, reason=reason)
            except ReasonMissing as error:
                self.message_user(request, error.detail, messages.ERROR)
                return
            except ProductError as error:
                self.message_user(request, f"{item.title}: {error.detail}", messages.ERROR)
        done = ngettext("%(count)d work was changed.", "%(count)d works were changed.", changed)
        self.message_user(request, done % {"count": changed}, messages.SUCCESS if changed else messages.INFO)

    def response_change(self, request: HttpRequest, item: Item):
        verb = next((verb for verb in VERBS if f"_{verb}" in request.POST), None)
        if hasattr(item, "is_refused"):
            return HttpResponseRedirect(request.path)
        if verb is None:
            return super().response_change(request, item)
        if verb == "remove":
            return self.asking(request, verb, [item.pk])
        self.decide(request, verb, [item])
        return HttpResponseRedirect(request.path)

    @admin.action(description=_("Approve"), permissions=["change"])
    def approve(self, request, items):
        self.decide(request, "approve", items)

    @admin.action(description=_("Reject (with a reason)"), permissions=["change"])
    def reject(self, request, items):
        self.decide(request, "reject", items)

    @admin.action(description=_("Feature"), permissions=["change"])
    def feature(self, request, items):
        self.decide(request, "feature", items)

    @admin.action(description=_("Do not feature"), permissions=["change"])
    def unfeature(self, request, items):
        self.decide(request, "unfeature", items)

    @admin.action(description=_("Hide (with a reason)"), permissions=["change"])
    def hide(self, request, items):
        self.decide(request, "hide", items)

    @admin.action(description=_("Show"), permissions=["change"])
    def show(self, request, items):
        self.decide(request, "show", items)

    @admin.action(description=_("Remove for good (with a reason)"), permissions=["change"])
    def remove(self, request, items):
        return self.asking(request, "remove", list(items.values_list("pk", flat=True)))
