from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts import keys
from accounts.admin import searching
from accounts.models import ApiKey
from smartspec.lib.bounded_paginator import BoundedPaginator
from smartspec.lib.throttle import address_of


@admin.register(ApiKey)
class ApiKeyAdmin(admin.ModelAdmin):
    """Keys are made by their owners; staff can look at them, limit what they spend, and end them."""

    list_display = (
        "prefix",
        "name",
        "user",
        "spent",
        "spend_limit",
        "created_at",
        "last_used_at",
        "expires_at",
        "revoked_at",
    )
    list_filter = (("revoked_at", admin.EmptyFieldListFilter), "created_at", "last_used_at")
    list_select_related = ("user",)
    search_fields = ("prefix",)  # shows the box; the search is our own
    search_help_text = _("An exact username, or the beginning of a key.")
    paginator = BoundedPaginator
    show_full_result_count = False
    readonly_fields = (
        "user",
        "name",
        "prefix",
        "scopes",
        "spent",
        "created_at",
        "last_used_at",
        "expires_at",
        "revoked_at",
    )
    fields = ("spend_limit", *readonly_fields)
    actions = ("revoke",)

    def get_search_results(self, request, queryset, search_term):
        term = search_term.strip()
        wanted = searching.either(user__in=searching.people(term), pk__in=searching.keys(term))
        return queryset.filter(wanted) if term else queryset, False

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    @admin.action(description=_("Revoke the selected keys"), permissions=["change"])
    def revoke(self, request, queryset) -> None:
        address = address_of(request)
        count = sum(keys.revoke(key, by=request.user, address=address) for key in queryset)
        self.message_user(request, ngettext("%d key was revoked.", "%d keys were revoked.", count) % count)
