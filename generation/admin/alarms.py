from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from generation import alarms
from generation.admin.reading_only import ReadingOnlyInline
from generation.models import Alarm, AlarmNotice


class StandingFilter(admin.SimpleListFilter):
    """What still stands, unless somebody asks for the rest."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("standing", _("standing")), ("cleared", _("cleared"))]

    def queryset(self, request, found):
        return found.filter(cleared_at__isnull=self.value() != "cleared")

    def choices(self, changelist):
        for word, title in self.lookup_choices:
            yield {
                "selected": word == (self.value() or "standing"),
                "query_string": changelist.get_query_string({self.parameter_name: word}),
                "display": title,
            }


class NoticeInline(ReadingOnlyInline):
    """Who was told, and what stood in the way."""

    model = AlarmNotice
    fields = readonly_fields = ["channel", "sent_at", "tries", "last_error"]


@admin.register(Alarm)
class AlarmAdmin(admin.ModelAdmin):
    """The inbox: an alarm stands until somebody clears it."""

    list_display = ["last_at", "kind", "subject", "count", "raised_at", "cleared_at"]
    list_filter = [StandingFilter, "kind"]
    readonly_fields = ["kind", "subject", "detail", "count", "raised_at", "last_at", "cleared_at"]
    inlines = [NoticeInline]
    actions = ["clear_alarms"]

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    @admin.action(description=_("Clear the selected alarms"), permissions=["change"])
    def clear_alarms(self, request, chosen):
        cleared = sum(alarms.clear(alarm) for alarm in chosen)
        text = ngettext("%(n)s alarm cleared.", "%(n)s alarms cleared.", cleared) % {"n": cleared}
        self.message_user(request, text)
