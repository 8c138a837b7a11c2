"""One task's whole life on one page, and what an operator may do about it."""

from contextlib import suppress
from uuid import UUID

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from generation import catalogue
from generation.admin.acts import ACTS, DONE, ReasonForm, act_on
from generation.admin.reading_only import ReadingOnly, ReadingOnlyInline
from generation.masking import masked
from generation.models import LIVE_STATUSES, Exchange, GenerationTask, TaskEvent, TaskOutput
from generation.receipts import receipt_of
from smartspec.lib.errors import ProductError

HIDDEN = ("callback_token", "hold", "fingerprint", "claimed_external_id", "due_at", "lease_until")
HIDDEN += ("kept_references", "result_urls")  # addresses of other people's machines


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
            "why": ReasonForm(),
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
        self._act(request, task, act, request.POST.get("reason", ""))
        return redirect(reverse("admin:generation_generationtask_change", args=[task_id]))

    def _act(self, request: HttpRequest, task: GenerationTask, act: str, reason: str) -> bool:
        """Whether it was done; what came of it is said on the next page."""
        try:
            done = act_on(task, act, request=request, reason=reason)
        except ProductError as error:
            self.message_user(request, f"{task.pk}: {error.detail}", messages.ERROR)
            return False
        if done:
            self.log_change(request, task, f"{act}: {reason.strip()}")
        words = DONE[act] if done else _("There was nothing to do.")
        self.message_user(request, f"{task.pk}: {words}", messages.SUCCESS if done else messages.INFO)
        return done

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
        return self._act_on_many(request, tasks, "cancel", _("Cancel the selected tasks"))

    @admin.action(
        description=_("Generate the selected tasks again, for their owners"), permissions=["operate"]
    )
    def retry_tasks(self, request, tasks):
        return self._act_on_many(
            request, tasks, "retry", _("Generate the selected tasks again, for their owners")
        )

    def _act_on_many(self, request, tasks, act: str, title: str) -> HttpResponse | None:
        """Asks why first; then one act for each."""
        form = ReasonForm(request.POST if "apply" in request.POST else None)
        if form.is_valid():
            for task in tasks.select_related("user"):
                self._act(request, task, act, form.cleaned_data["reason"])
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "about": _("The reason is kept with each of these tasks."),
            "form": form,
            "rows": tasks,
            "action": f"{act}_tasks",
            "checkbox": ACTION_CHECKBOX_NAME,
            "opts": self.opts,
        }
        return TemplateResponse(request, "accounts/asked_why.html", context)
