"""One task's whole life on one page, and what an operator may do about it."""

from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from generation import catalogue, services
from generation.admin.reading_only import ReadingOnly, ReadingOnlyInline
from generation.masking import masked
from generation.models import LIVE_STATUSES, Exchange, GenerationTask, TaskEvent, TaskOutput
from generation.receipts import receipt_of
from smartspec.lib.errors import ProductError

CANCELLED_HERE = "cancelled_by_operator"
HIDDEN = ("callback_token", "hold", "fingerprint", "claimed_external_id", "due_at", "lease_until")
HIDDEN += ("kept_references", "result_urls")  # addresses of other people's machines


def cancel(task: GenerationTask, by, reason: str) -> bool:
    return services.cancel(task, by=by, code=CANCELLED_HERE)


def retry(task: GenerationTask, by, reason: str) -> bool:
    return bool(services.retry(task, by=task.user))


def refetch(task: GenerationTask, by, reason: str) -> bool:
    return services.look_again(task)


def refund(task: GenerationTask, by, reason: str) -> bool:
    return services.refund(task, by=by, reason=reason)


ACTS: dict[str, Callable[[GenerationTask, object, str], bool]] = {
    "cancel": cancel,
    "retry": retry,
    "refetch": refetch,
    "refund": refund,
}
DONE = {
    "cancel": _("The task was cancelled."),
    "retry": _("The same request was submitted again for its owner."),
    "refetch": _("The provider is asked again in a moment."),
    "refund": _("The credits were given back."),
}


class EventInline(ReadingOnlyInline):
    model = TaskEvent
    fields = readonly_fields = ["at", "old", "new", "who", "why"]
    verbose_name_plural = _("history")


class ExchangeInline(ReadingOnlyInline):
    model = Exchange
    fields = readonly_fields = ["at", "kind", "status", "outcome", "text"]
    verbose_name_plural = _("said by the provider")


class OutputInline(ReadingOnlyInline):
    model = TaskOutput
    fields = ["number", "file"]
    readonly_fields = ["file"]

    @admin.display(description=_("file"))
    def file(self, output: TaskOutput) -> str:
        return format_html('<a href="{}">{}</a>', output.asset.file.url, output.asset.file.name)


class ModelFilter(admin.SimpleListFilter):
    """From the catalogue: asking the table which models it knows would read all of it."""

    title = _("model")
    parameter_name = "model"

    def lookups(self, request, model_admin):
        return [(spec.id, spec.name) for spec in catalogue.ALL_MODELS.values()]

    def queryset(self, request, tasks):
        return tasks.filter(model_id=self.value()) if self.value() else tasks


@admin.register(GenerationTask)
class GenerationTaskAdmin(ReadingOnly):
    list_display = ["created_at", "user", "task_type", "model_id", "short_prompt", "status", "stage"]
    list_display += ["is_late", "credits_used"]
    list_filter = ["status", "is_late", "task_type", ModelFilter]
    list_select_related = ["user"]
    search_fields = ["external_task_id"]  # shows the box; the search is our own
    inlines = [OutputInline, EventInline, ExchangeInline]
    actions = ["cancel_tasks", "retry_tasks"]
    exclude = [*HIDDEN, "error_raw"]
    readonly_fields = ["created_at", "provider_words", "receipt", "ledger", "works"]
    change_form_template = "admin/generation/generationtask/change_form.html"

    def get_search_results(self, request, queryset, search_term):
        """By our id or the provider's, which may look alike; SQLite keeps UUIDs without dashes."""
        term = search_term.strip()
        wanted = Q(external_task_id=term)
        with suppress(ValueError):
            wanted |= Q(pk=UUID(term))
        return queryset.filter(wanted) if term else queryset, False

    def get_urls(self):
        act = self.admin_site.admin_view(require_POST(self.act))
        return [path("<uuid:task_id>/act/", act, name="generation_task_act"), *super().get_urls()]

    def has_operate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("generation.change_generationtask")

    def change_view(self, request: HttpRequest, object_id: str, form_url="", extra_context=None):
        task = self.get_object(request, object_id)
        more = {
            "may_operate": self.has_operate_permission(request),
            "is_live": task is not None and task.status in LIVE_STATUSES,
            "is_paid": task is not None and task.credits_used > 0,
        }
        return super().change_view(request, object_id, form_url, more | (extra_context or {}))

    def act(self, request: HttpRequest, task_id: UUID) -> HttpResponse:
        """One of ACTS, then the task's page with what came of it."""
        if not self.has_operate_permission(request):
            raise PermissionDenied
        act = request.POST.get("do", "")
        if act not in ACTS:
            raise Http404
        task = get_object_or_404(GenerationTask, pk=task_id)
        reason = request.POST.get("reason", "").strip()
        try:
            done = ACTS[act](task, request.user, reason)
        except ProductError as error:
            self.message_user(request, error.detail, messages.ERROR)
        else:
            words = DONE[act] if done else _("There was nothing to do.")
            self.message_user(request, words, messages.SUCCESS if done else messages.INFO)
            self.log_change(request, task, f"{act} ({done}): {reason}")
        return redirect(reverse("admin:generation_generationtask_change", args=[task_id]))

    @admin.display(description=_("prompt"))
    def short_prompt(self, task: GenerationTask) -> str:
        return task.prompt if len(task.prompt) <= 60 else f"{task.prompt[:60]}…"

    @admin.display(description=_("provider's words"))
    def provider_words(self, task: GenerationTask) -> str:
        return masked(task.error_raw) or "-"

    @admin.display(description=_("receipt"))
    def receipt(self, task: GenerationTask) -> str:
        found = receipt_of(task)
        parts = {
            _("quoted"): found.quoted,
            _("held"): found.held,
            _("captured"): found.captured,
            _("released"): found.released,
            _("refunded"): found.refunded,
            _("upstream cost"): found.upstream_cost,
        }
        words = [f"{name} {amount}" for name, amount in parts.items() if amount]
        return "; ".join([*words, *filter(None, [found.reason])])

    @admin.display(description=_("ledger"))
    def ledger(self, task: GenerationTask) -> str:
        entries = [task.hold, *task.hold.settlements.all()] if task.hold else []
        rows = [f"{entry.created_at:%Y-%m-%d %H:%M:%S}: {entry.kind} {entry.amount}" for entry in entries]
        return "; ".join(rows) or "-"

    @admin.display(description=_("gallery items"))
    def works(self, task: GenerationTask) -> str:
        links = (
            (reverse("admin:gallery_item_change", args=[item.pk]), item.title)
            for item in task.gallery_items.all()
        )
        return format_html_join(", ", '<a href="{}">{}</a>', links) or "-"

    @admin.action(description=_("Cancel the selected tasks"), permissions=["operate"])
    def cancel_tasks(self, request, tasks):
        stopped = 0
        for task in tasks:
            try:
                stopped += cancel(task, request.user, "")
            except ProductError as error:
                self.message_user(request, f"{task.id}: {error.detail}", messages.WARNING)
        text = ngettext("%(n)s task cancelled.", "%(n)s tasks cancelled.", stopped) % {"n": stopped}
        self.message_user(request, text)

    @admin.action(
        description=_("Generate the selected tasks again, for their owners"), permissions=["operate"]
    )
    def retry_tasks(self, request, tasks):
        for task in tasks.select_related("user"):
            try:
                again, _replayed = services.retry(task, by=task.user)
            except ProductError as error:
                self.message_user(request, f"{task.id}: {error.detail}", messages.WARNING)
            else:
                self.message_user(request, _("Task %(id)s was submitted.") % {"id": again.id})
