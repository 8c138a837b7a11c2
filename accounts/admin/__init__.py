"""The admin of this room; its door has the same limits as every other."""

from django.contrib import admin
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.admin import door
from accounts.admin.audit import AuditAdmin
from accounts.admin.keys import ApiKeyAdmin
from accounts.admin.ledger import LedgerAdmin
from accounts.admin.people import PersonAdmin

door.limit()
admin.site.unregister([TOTPDevice, StaticDevice])  # their pages show secrets

__all__ = ["ApiKeyAdmin", "AuditAdmin", "LedgerAdmin", "PersonAdmin"]
