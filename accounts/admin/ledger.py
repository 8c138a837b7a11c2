from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.models import LedgerEntry


@admin.register(LedgerEntry)
class LedgerAdmin(admin.ModelAdmin):
    """For reading only: credits are granted on the page of users."""

    list_display = ("created_at", "person", "kind", "amount", "reference", "reason")
    list_filter = ("kind", "created_at")
    list_select_related = ("account__user",)
    search_fields = ("account__user__username", "reference__exact", "id__exact")
    date_hierarchy = "created_at"
    show_full_result_count = False

    @admin.display(description=_("user"), ordering="account__user__username")
    def person(self, entry: LedgerEntry) -> str:
        return entry.account.user.get_username()

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
