from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts import sign_in
from accounts.admin import searching
from accounts.models import AuditEntry
from smartspec.lib.bounded_paginator import BoundedPaginator


@admin.register(AuditEntry)
class AuditAdmin(admin.ModelAdmin):
    """For reading only."""

    list_display = ("at", "action", "user", "key", "object", "address", "request_id")
    list_filter = ("action", "at")
    list_select_related = ("user", "key")
    search_fields = ("request_id",)  # shows the box; the search is our own
    search_help_text = _("An exact username, the beginning of a key, an address, or the id of a request.")
    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # they count every row of every filter

    actions = ("let_in",)

    def get_search_results(self, request, queryset, search_term):
        term = search_term.strip()
        wanted = searching.either(
            request_id=term, address=term, user__in=searching.people(term), key__in=searching.keys(term)
        )
        return queryset.filter(wanted) if term else queryset, False

    def has_unlock_permission(self, request) -> bool:
        return request.user.has_perm("accounts.change_user")

    @admin.action(description=_("Let the locked out try again"), permissions=["unlock"])
    def let_in(self, request, queryset) -> None:
        count = sum(sign_in.let_in(entry) for entry in queryset.filter(action=AuditEntry.Action.LOCKED_OUT))
        words = ngettext("%d person may try again.", "%d persons may try again.", count) % count
        self.message_user(request, words)

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
