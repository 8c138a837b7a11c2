"""Tasks and model switches for staff at work: facts are read-only, acts go through the services."""

from contextlib import suppress
from uuid import UUID

from django.contrib import admin, messages
from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from generation import alarms, services
from generation.errors import TooLate
from generation.models import Alarm, GenerationTask, ModelSwitch, TaskEvent, TaskOutput, WebhookDelivery
from generation.webhooks import delivering


class ReadOnlyInline(admin.TabularInline):
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False


class EventInline(ReadOnlyInline):
    model = TaskEvent
    fields = readonly_fields = ["at", "old", "new", "who", "why"]


class OutputInline(ReadOnlyInline):
    model = TaskOutput
    fields = ["number", "file"]
    readonly_fields = ["file"]

    @admin.display(description=_("file"))
    def file(self, output: TaskOutput) -> str:
        return format_html('<a href="{}">{}</a>', output.asset.file.url, output.asset.file.name)


@admin.register(GenerationTask)
class GenerationTaskAdmin(admin.ModelAdmin):
    list_display = [
        "created_at",
        "user",
        "task_type",
        "model_id",
        "short_prompt",
        "status",
        "stage",
        "credits_used",
    ]
    list_filter = ["status", "task_type", "model_id"]
    list_select_related = ["user"]
    search_fields = ["external_task_id"]  # shows the box; the search is our own
    date_hierarchy = "created_at"
    show_full_result_count = False
    inlines = [OutputInline, EventInline]
    actions = ["cancel_tasks", "retry_tasks"]
    exclude = ["callback_token", "hold"]

    def get_search_results(self, request, queryset, search_term):
        """By our id or the provider's, which may look alike; SQLite keeps UUIDs without dashes."""
        term = search_term.strip()
        wanted = Q(external_task_id=term)
        with suppress(ValueError):
            wanted |= Q(pk=UUID(term))
        return queryset.filter(wanted) if term else queryset, False

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    @admin.display(description=_("prompt"))
    def short_prompt(self, task: GenerationTask) -> str:
        return task.prompt if len(task.prompt) <= 60 else f"{task.prompt[:60]}…"

    @admin.action(description=_("Cancel the selected tasks"), permissions=["view"])
    def cancel_tasks(self, request, tasks):
        stopped = 0
        for task in tasks:
            try:
                stopped += services.cancel(task, by=request.user, code="cancelled_by_operator")
            except TooLate as error:
                self.message_user(request, f"{task.id}: {error.detail}", messages.WARNING)
        text = ngettext("%(n)s task cancelled.", "%(n)s tasks cancelled.", stopped) % {"n": stopped}
        self.message_user(request, text)

    @admin.action(description=_("Generate the selected tasks again, for their owners"), permissions=["view"])
    def retry_tasks(self, request, tasks):
        for task in tasks.select_related("user"):
            again, _replayed = services.retry(task, by=task.user)
            self.message_user(request, _("Task %(id)s was submitted.") % {"id": again.id})


@admin.register(Alarm)
class AlarmAdmin(admin.ModelAdmin):
    list_display = ["last_at", "kind", "subject", "count", "raised_at", "cleared_at"]
    list_filter = ["kind", ("cleared_at", admin.EmptyFieldListFilter)]
    readonly_fields = ["kind", "subject", "detail", "count", "raised_at", "last_at", "cleared_at"]
    actions = ["clear_alarms"]

    def has_add_permission(self, request) -> bool:
        return False

    @admin.action(description=_("Clear the selected alarms"))
    def clear_alarms(self, request, chosen):
        cleared = sum(alarms.clear(alarm) for alarm in chosen)
        text = ngettext("%(n)s alarm cleared.", "%(n)s alarms cleared.", cleared) % {"n": cleared}
        self.message_user(request, text)


@admin.register(ModelSwitch)
class ModelSwitchAdmin(admin.ModelAdmin):
    list_display = ["model_id", "is_on", "reason", "since"]
    readonly_fields = ["since"]


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(admin.ModelAdmin):
    list_display = ["created_at", "user", "event", "state", "attempts", "last_status", "last_error", "due_at"]
    list_filter = ["state", "event", "last_error"]
    list_select_related = ["user"]
    search_fields = ["=url", "=user__username"]
    date_hierarchy = "created_at"
    show_full_result_count = False
    actions = ["replay_deliveries"]

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    @admin.action(description=_("Send the selected deliveries again"), permissions=["view"])
    def replay_deliveries(self, request, chosen):
        again = sum(delivering.replay(delivery) for delivery in chosen)
        text = ngettext("%(n)s delivery is due again.", "%(n)s deliveries are due again.", again) % {
            "n": again
        }
        self.message_user(request, text % {"n": again})
