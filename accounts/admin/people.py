from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.admin import UserAdmin
from django.db import transaction
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts import audit, closing, ledger, second_step
from accounts.admin import reasons, searching
from accounts.admin.closing import CloseForm
from accounts.audit import Action
from accounts.models import User
from smartspec.lib.bounded_paginator import BoundedPaginator
from smartspec.lib.throttle import address_of

SAFETY = (_("Safety"), {"fields": ("second_step",)})
POWERS = ("is_staff", "is_superuser", "groups", "user_permissions")


class GrantForm(forms.Form):
    amount = forms.DecimalField(label=_("Credits"), min_value=ledger.CENT, max_digits=12, decimal_places=2)
    reason = reasons.field("grant")


@admin.register(User)
class PersonAdmin(UserAdmin):
    """People are never deleted, as the ledger keeps their account: make them inactive instead."""

    list_display = ("username", "available", "held", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff", "date_joined")
    list_select_related = ("credits",)
    search_fields = ("username",)  # shows the box; the search is our own
    search_help_text = _("The beginning of a username or of a mail address, or an id.")
    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # they count every row of every filter
    fieldsets = (*UserAdmin.fieldsets, (_("Credits"), {"fields": ("available", "held", "statement")}), SAFETY)
    readonly_fields = ("available", "held", "statement", "second_step", "last_login", "date_joined")
    filter_horizontal = ()  # its two lists speak to no screen reader
    actions = ("grant_credits", "remove_second_step", "close_account")

    def get_search_results(self, request, queryset, search_term):
        term = search_term.strip()
        return queryset.filter(searching.beginning(term)) if term else queryset, False

    @admin.display(description=_("available"))
    def available(self, user: User):
        return user.credits.available if hasattr(user, "credits") else 0

    @admin.display(description=_("held"))
    def held(self, user: User):
        return user.credits.held if hasattr(user, "credits") else 0

    @admin.display(description=_("statement"))
    def statement(self, user: User) -> str:
        address = reverse("admin:accounts_ledgerentry_changelist")
        return format_html('<a href="{}?account__exact={}">{}</a>', address, user.pk, _("All entries"))

    @admin.display(description=_("second step"), boolean=True)
    def second_step(self, user: User) -> bool:
        return second_step.is_set_up(user)

    def get_readonly_fields(self, request, obj=None):
        """Only a superuser hands out powers."""
        own = super().get_readonly_fields(request, obj)
        return own if request.user.is_superuser else (*own, *POWERS)

    def has_change_permission(self, request, obj=None) -> bool:
        above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return super().has_change_permission(request, obj) and not above

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    @admin.action(description=_("Remove the second step (a phone was lost)"), permissions=["change"])
    def remove_second_step(self, request, queryset):
        """Who is above oneself is left out, as on their page."""
        theirs = [person for person in queryset if self.has_change_permission(request, person)]
        address = address_of(request)
        count = sum(second_step.remove(person, by=request.user, address=address) for person in theirs)
        words = ngettext("%d second step was removed.", "%d second steps were removed.", count)
        self.message_user(request, words % count)

    @admin.action(description=_("Grant credits"), permissions=["change"])
    def grant_credits(self, request, queryset):
        form = GrantForm(request.POST if "apply" in request.POST else None)
        if not form.is_valid():
            context = {
                **self.admin_site.each_context(request),
                "title": _("Grant credits"),
                "form": form,
                "people": queryset,
                "checkbox": ACTION_CHECKBOX_NAME,
                "opts": self.opts,
            }
            return TemplateResponse(request, "accounts/grant_credits.html", context)
        self._grant(request, list(queryset), **form.cleaned_data)
        return None

    @admin.action(description=_("Close an account"), permissions=["change"])
    def close_account(self, request, queryset):
        person = queryset.first()
        refusal = self._cannot_close(request, person, len(queryset))
        if refusal:
            return self.message_user(request, refusal, messages.ERROR)
        form = CloseForm(request.POST if "apply" in request.POST else None, request=request, person=person)
        if not form.is_valid():
            context = {
                **self.admin_site.each_context(request),
                "title": _("Close an account"),
                "form": form,
                "person": person,
                "checkbox": ACTION_CHECKBOX_NAME,
                "opts": self.opts,
            }
            return TemplateResponse(request, "accounts/close_account.html", context)
        closing.close(person, by=request.user)
        self.log_change(request, User.objects.get(pk=person.pk), f"closed: {form.cleaned_data['reason']}")
        return self.message_user(request, _("The account was closed."), messages.SUCCESS)

    def _cannot_close(self, request, person: User, number: int) -> str:
        """Why not, or an empty text."""
        if number != 1:
            return _("Choose one account.")
        if person == request.user:
            return _("You cannot close your own account here.")
        if not person.is_active:
            return _("The account was closed before.")
        return "" if self.has_change_permission(request, person) else _("You may not do this.")

    @transaction.atomic
    def _grant(self, request, people: list[User], *, amount, reason: str) -> None:
        for person in people:
            ledger.grant(user=person, amount=amount, reason=reason)
            given = f"{amount} to {person.pk}"  # no name: the person may want to be forgotten one day
            audit.note(Action.CREDITS_GRANTED, user=request.user, object=given, address=address_of(request))
            self.log_change(request, person, f"{amount} credits granted: {reason}")
        count = len(people)
        words = ngettext("%d person was given credits.", "%d people were given credits.", count)
        self.message_user(request, words % count, messages.SUCCESS)
