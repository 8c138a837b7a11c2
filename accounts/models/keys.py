import uuid
from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ApiKeyQuerySet(models.QuerySet):
    def unrevoked(self):
        return self.filter(revoked_at=None)

    def usable(self):
        now = timezone.now()
        return self.unrevoked().filter(Q(expires_at=None) | Q(expires_at__gt=now))


class ApiKey(models.Model):
    """A credential for programs: shown once, kept only as a SHA-256 digest."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_keys")
    name = models.CharField(_("name"), max_length=100)
    prefix = models.CharField(
        _("prefix"), max_length=16, editable=False, db_index=True
    )  # recognisable, not secret
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scopes = models.JSONField(_("scopes"), default=list)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    spend_limit = models.DecimalField(
        _("spend limit"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"))],
        help_text=_("Credits that this key may spend in all. Empty: as many as its owner has."),
    )
    spent = models.DecimalField(  # paid, and held for work in flight
        _("spent"), max_digits=12, decimal_places=2, default=0, editable=False
    )
    addresses = models.JSONField(default=list, editable=False)  # where it was used from lately

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        db_table = "api_keys"
        ordering = ["-created_at"]
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        indexes = [
            models.Index(fields=["-created_at"], name="key_newest"),
            models.Index(fields=["-created_at"], name="key_revoked", condition=Q(revoked_at__isnull=False)),
        ]
        constraints = [models.CheckConstraint(condition=Q(spent__gte=0), name="key_spent_not_negative")]

    def __str__(self) -> str:
        return f"{self.prefix}… ({self.name})"
