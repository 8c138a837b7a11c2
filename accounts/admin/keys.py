from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import transaction
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts import keys
from accounts.admin import searching
from accounts.admin.reasons import ReasonForm
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
    list_filter = (("revoked_at", admin.EmptyFieldListFilter), "created_at")
    show_facets = admin.ShowFacets.NEVER  # they count every row of every filter
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
    def revoke(self, request, queryset):
        form = ReasonForm(request.POST if "apply" in request.POST else None, act="revoke")
        if not form.is_valid():
            context = {
                **self.admin_site.each_context(request),
                "title": _("Revoke the selected keys"),
                "about": _("These keys end at once, for good. Their owners have to make new ones."),
                "form": form,
                "rows": queryset,
                "action": "revoke",
                "checkbox": ACTION_CHECKBOX_NAME,
                "opts": self.opts,
            }
            return TemplateResponse(request, "accounts/asked_why.html", context)
        self._revoke(request, list(queryset), **form.cleaned_data)
        return None

    @transaction.atomic
    def _revoke(self, request, chosen: list[ApiKey], *, reason: str) -> None:
        count, address = 0, address_of(request)
        for key in chosen:
            if keys.revoke(key, by=request.user, address=address):
                self.log_change(request, key, f"revoked: {reason}")
                count += 1
        self.message_user(request, ngettext("%d key was revoked.", "%d keys were revoked.", count) % count)
