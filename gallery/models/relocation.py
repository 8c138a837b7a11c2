from django.db import models
from django.utils.translation import gettext_lazy as _

from gallery.models.item import Item
from smartspec.lib.due import DueRow


class Relocation(DueRow):
    """The files of an item must lie where its state says: public while it is shown, private otherwise.

    The row is written before anything is moved, and its claim is the lock on moving: whatever dies in
    between, the sweep finds it and puts the files where they belong.
    """

    item = models.OneToOneField(Item, on_delete=models.CASCADE, primary_key=True, related_name="relocation")

    class Meta:
        db_table = "gallery_relocations"
        verbose_name = _("relocation")
        verbose_name_plural = _("relocations")
        indexes = [models.Index(fields=["due_at"], name="relocation_due")]

    def __str__(self) -> str:
        return f"{self.item_id}"
