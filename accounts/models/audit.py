from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """Something that mattered to the safety of an account: who, from where, in which request."""

    class Action(models.TextChoices):
        KEY_ISSUED = "key_issued", _("key issued")
        KEY_REVOKED = "key_revoked", _("key revoked")
        KEY_NEW_ADDRESS = "key_new_address", _("key used from a new address")
        SIGNED_IN = "signed_in", _("signed in")
        LOCKED_OUT = "locked_out", _("locked out")
        PASSWORD_CHANGED = "password_changed", _("password changed")
        SECOND_STEP_SET = "second_step_set", _("second step set up")
        SECOND_STEP_REMOVED = "second_step_removed", _("second step removed")
        RECOVERY_CODE_USED = "recovery_code_used", _("recovery code used")
        CREDITS_GRANTED = "credits_granted", _("credits granted")
        TASK_ACT = "task_act", _("act on a task")
        EXPORT_ASKED = "export_asked", _("archive asked for")
        ACCOUNT_CLOSED = "account_closed", _("account closed")

    at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)
    action = models.CharField(_("what"), max_length=20, choices=Action.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="audit_entries",
        verbose_name=_("who"),
    )
    key = models.ForeignKey(
        "accounts.ApiKey", on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("key")
    )
    object = models.CharField(_("object"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=64, blank=True)  # a /64 stands for all in it
    request_id = models.CharField(_("request"), max_length=64, blank=True, db_index=True)

    class Meta:
        db_table = "audit_entries"
        ordering = ["-at", "-id"]
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        indexes = [
            models.Index(fields=["address", "-at"], name="audit_address"),
            models.Index(fields=["action", "-at"], name="audit_action"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "address"],
                condition=Q(action="key_new_address"),
                name="audit_an_address_is_new_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.object}"
