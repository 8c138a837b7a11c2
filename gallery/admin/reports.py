"""What the public reported, with or without a work: takedown requests name an address."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from gallery.desk import reporting
from gallery.models import Report, ReportOutcome
from generation.admin.reading_only import ReadingOnly, ReadingOnlyInline

Outcome = ReportOutcome.Outcome


class OpenFilter(admin.SimpleListFilter):
    """Open reports unless the closed ones are asked for."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("open", _("open")), ("closed", _("closed"))]

    def queryset(self, request, reports):
        return reports.filter(closed_at__isnull=self.value() != "closed")

    def choices(self, changelist):
        for word, title in self.lookup_choices:
            yield {
                "selected": word == (self.value() or "open"),
                "query_string": changelist.get_query_string({self.parameter_name: word}),
                "display": title,
            }


class OutcomeInline(ReadingOnlyInline):
    model = ReportOutcome
    fields = readonly_fields = ["outcome", "note", "by", "at"]

    def has_view_permission(self, request, obj=None) -> bool:
        return True  # of whoever sees the report


@admin.register(Report)
class ReportAdmin(ReadingOnly):
    list_display = ["created_at", "reason", "work", "text", "contact", "closed_at"]
    list_filter = [OpenFilter, "reason"]
    list_select_related = ["item"]
    show_facets = admin.ShowFacets.NEVER
    fields = ["created_at", "reason", "work", "url", "text", "contact", "closed_at"]
    inlines = [OutcomeInline]
    actions = ["uphold", "dismiss"]

    def has_moderate_permission(self, request) -> bool:
        return request.user.has_perm("gallery.moderate")

    def has_view_permission(self, request, obj=None) -> bool:
        return self.has_moderate_permission(request) or super().has_view_permission(request, obj)

    def has_module_permission(self, request) -> bool:
        return self.has_view_permission(request)

    @admin.display(description=_("work"))
    def work(self, report: Report) -> str:
        if report.item is None:
            return report.url or "-"
        desk = reverse("admin:gallery_item_moderate")
        return format_html('<a href="{}?item={}">{}</a>', desk, report.item_id, report.item)

    def close(self, request, reports, outcome: str) -> None:
        closed = sum(reporting.close_one(each, by=request.user, outcome=outcome) for each in reports)
        text = ngettext("%(n)s report was closed.", "%(n)s reports were closed.", closed)
        self.message_user(request, text % {"n": closed})

    @admin.action(description=_("Close: upheld"), permissions=["moderate"])
    def uphold(self, request, reports):
        self.close(request, reports, Outcome.UPHELD)

    @admin.action(description=_("Close: nothing is wrong"), permissions=["moderate"])
    def dismiss(self, request, reports):
        self.close(request, reports, Outcome.DISMISSED)
