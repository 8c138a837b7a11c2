import uuid
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.errors import AppendOnly


class CreditAccount(models.Model):
    """What a user owns: `balance` is granted minus captured, `held` is promised to work in flight."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, primary_key=True, related_name="credits"
    )
    balance = models.DecimalField(_("balance"), max_digits=12, decimal_places=2, default=0)
    held = models.DecimalField(_("held"), max_digits=12, decimal_places=2, default=0)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)  # nothing is bought from then on

    class Meta:
        db_table = "credit_accounts"
        verbose_name = _("credit account")
        verbose_name_plural = _("credit accounts")
        constraints = [
            models.CheckConstraint(condition=Q(held__gte=0), name="credits_held_not_negative"),
            models.CheckConstraint(condition=Q(balance__gte=F("held")), name="credits_held_is_covered"),
        ]

    def __str__(self) -> str:
        return f"{self.balance} ({self.held} held)"

    @property
    def available(self) -> Decimal:
        return self.balance - self.held


class LedgerQuerySet(models.QuerySet):
    def owned_by(self, user):
        return self.filter(account_id=user.pk)

    def open_holds(self):
        """Credits promised to work that has not ended yet."""
        return self.filter(kind=LedgerEntry.Kind.HOLD, settlements=None)

    def update(self, **changes):
        raise AppendOnly()

    def delete(self):
        raise AppendOnly()


class LedgerEntry(models.Model):
    """One movement of credits. Rows are only ever added: triggers refuse change and deletion."""

    class Kind(models.TextChoices):
        GRANT = "grant", _("grant")
        HOLD = "hold", _("hold")
        CAPTURE = "capture", _("capture")
        RELEASE = "release", _("release")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(CreditAccount, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    hold = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="settlements"
    )
    api_key = models.ForeignKey(  # the key that a hold was made with, if any
        "accounts.ApiKey", on_delete=models.PROTECT, null=True, blank=True, related_name="holds"
    )
    reference = models.UUIDField(_("reference"), null=True, blank=True)  # the task a hold is for
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        db_table = "credit_ledger"
        ordering = ["-created_at", "-id"]
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="ledger_amount_positive"),
            models.CheckConstraint(
                condition=Q(kind__in=["capture", "release"], hold__isnull=False)
                | Q(kind__in=["grant", "hold"], hold__isnull=True),
                name="ledger_settlement_names_its_hold",
            ),
            models.UniqueConstraint(fields=["hold"], name="ledger_one_settlement_per_hold"),
            models.UniqueConstraint(
                fields=["reference"], condition=Q(kind="hold"), name="ledger_one_hold_per_reference"
            ),
        ]
        indexes = [
            models.Index(fields=["account", "-created_at"], name="ledger_statement"),
            models.Index(fields=["-created_at", "-id"], name="ledger_newest"),
            models.Index(fields=["-created_at", "-id"], name="ledger_grants", condition=Q(kind="grant")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise AppendOnly()
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AppendOnly()

    @property
    def available_change(self) -> Decimal:
        """What this row did to the credits that may be spent; reads `hold`."""
        match self.kind:
            case self.Kind.GRANT:
                return self.amount
            case self.Kind.HOLD:
                return -self.amount
            case self.Kind.CAPTURE:
                return self.hold.amount - self.amount
            case _:
                return self.hold.amount
