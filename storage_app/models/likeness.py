"""How similar works are found."""

from django.db import models

from storage_app.models.asset import Asset


class LikenessBand(models.Model):
    """A quarter of a published work's likeness: works whose likenesses nearly agree share one of them."""

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="bands")
    place = models.PositiveSmallIntegerField()  # 0..3
    bits = models.PositiveIntegerField()  # 0..65535

    class Meta:
        db_table = "storage_likeness"
        constraints = [models.UniqueConstraint(fields=["asset", "place"], name="likeness_band_once")]
        indexes = [models.Index(fields=["bits", "place"], name="likeness_bits")]

    def __str__(self) -> str:
        return f"{self.place}:{self.bits:04x}"
