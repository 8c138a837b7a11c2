from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.admin import searching
from accounts.models import LedgerEntry
from smartspec.lib.bounded_paginator import BoundedPaginator


@admin.register(LedgerEntry)
class LedgerAdmin(admin.ModelAdmin):
    """For reading only: credits are granted on the page of users."""

    list_display = ("created_at", "person", "kind", "amount", "reference", "reason")
    list_filter = ("kind", "created_at")
    list_select_related = ("account__user",)
    search_fields = ("account__user__username",)
    search_help_text = _("An exact username, or the id of a task or an entry.")
    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # they count every row of every filter

    @admin.display(description=_("user"), ordering="account__user__username")
    def person(self, entry: LedgerEntry) -> str:
        return entry.account.user.get_username()

    def get_search_results(self, request, queryset, search_term):
        term = search_term.strip()
        wanted = {"account__in": searching.people(term)}
        if given := searching.as_id(term):
            holds = LedgerEntry.objects.filter(kind=LedgerEntry.Kind.HOLD, reference=given)
            found = list(holds.values_list("pk", flat=True))
            wanted |= {"pk__in": [given, *found], "hold__in": found}
        return queryset.filter(searching.either(**wanted)) if term else queryset, False

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
