from uuid import UUID

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import LedgerEntry


@admin.register(LedgerEntry)
class LedgerAdmin(admin.ModelAdmin):
    """For reading only: credits are granted on the page of users."""

    list_display = ("created_at", "person", "kind", "amount", "reference", "reason")
    list_filter = ("kind", "created_at")
    list_select_related = ("account__user",)
    search_fields = ("account__user__username",)
    search_help_text = _("A username, or the id of a task or an entry.")
    date_hierarchy = "created_at"
    show_full_result_count = False

    @admin.display(description=_("user"), ordering="account__user__username")
    def person(self, entry: LedgerEntry) -> str:
        return entry.account.user.get_username()

    def get_search_results(self, request, queryset, search_term):
        """An id is looked up as such; Django would compare its text, which SQLite keeps without dashes."""
        try:
            wanted = UUID(search_term.strip())
        except ValueError:
            return super().get_search_results(request, queryset, search_term)
        return queryset.filter(Q(pk=wanted) | Q(reference=wanted)), False

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
