from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from gallery.errors import HistoryStays
from gallery.models.item import Item


class Unchanging(models.QuerySet):
    """Rows that are written once. The database refuses to change them, too."""

    def update(self, **changes):
        raise HistoryStays

    def delete(self):
        raise HistoryStays


class Decision(models.Model):
    """What somebody decided about an item, never changed: an undo is a new decision."""

    id = models.BigAutoField(primary_key=True)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="decisions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    action = models.CharField(_("decision"), max_length=20)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)  # the changed columns
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    at = models.DateTimeField(_("when"), auto_now_add=True)

    objects = Unchanging.as_manager()

    class Meta:
        db_table = "gallery_decisions"
        ordering = ["-at", "-id"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")

    def __str__(self) -> str:
        return self.action

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise HistoryStays
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise HistoryStays
