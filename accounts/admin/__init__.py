"""The admin of this room; its door has the same limits as every other."""

from django.contrib import admin

from accounts.admin.keys import ApiKeyAdmin
from accounts.admin.ledger import LedgerAdmin
from accounts.admin.people import PersonAdmin
from accounts.forms import StaffSignInForm

admin.site.login_form = StaffSignInForm

__all__ = ["ApiKeyAdmin", "LedgerAdmin", "PersonAdmin"]
