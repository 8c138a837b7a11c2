"""What is to go, and the proof that all has gone."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from smartspec.lib.due import DueQuerySet, DueRow

IN_CACHES = "cache"  # instead of a visibility: the object has gone, and its address is to be forgotten


class DeletionQuerySet(DueQuerySet):
    def addresses(self):
        """Those whose object has gone, and only caches still know it."""
        return self.filter(visibility=IN_CACHES)


class Deletion(DueRow):
    """An object to be removed from storage: written in the transaction that lets go of it."""

    id = models.BigAutoField(primary_key=True)
    visibility = models.CharField(max_length=8)
    key = models.CharField(max_length=300)
    account = models.UUIDField(null=True, blank=True)  # whose it was, where that is known
    created_at = models.DateTimeField(auto_now_add=True)

    objects = DeletionQuerySet.as_manager()

    class Meta:
        db_table = "storage_deletions"
        verbose_name = _("pending deletion")
        verbose_name_plural = _("pending deletions")
        indexes = [
            models.Index(fields=["due_at"], name="deletion_due"),
            models.Index(fields=["key"], name="deletion_key"),
            models.Index(
                fields=["account"], name="deletion_account", condition=models.Q(account__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visibility}:{self.key}"


class Certificate(DueRow):
    """An account was closed, and no object of its owner's lies in storage any more; due until that is so."""

    account = models.UUIDField(_("account"), primary_key=True, editable=False)
    objects_removed = models.PositiveIntegerField(_("objects removed"), default=0)
    requested_at = models.DateTimeField(_("requested"), auto_now_add=True)
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)

    class Meta:
        db_table = "storage_certificates"
        verbose_name = _("certificate of deletion")
        verbose_name_plural = _("certificates of deletion")
        indexes = [
            models.Index(fields=["due_at"], name="certificate_due", condition=models.Q(due_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return str(self.account)
