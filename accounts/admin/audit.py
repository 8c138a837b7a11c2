from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.models import AuditEntry


@admin.register(AuditEntry)
class AuditAdmin(admin.ModelAdmin):
    """For reading only."""

    list_display = ("at", "action", "user", "key", "object", "address", "request_id")
    list_filter = ("action", "at")
    list_select_related = ("user", "key")
    search_fields = ("user__username", "key__prefix", "object", "address", "request_id")
    search_help_text = _("A username, the beginning of a key, an address, or the id of a request.")
    date_hierarchy = "at"
    show_full_result_count = False

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
