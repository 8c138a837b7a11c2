"""What came to the provider's door, as numbers; what was believed of it is an Exchange of its task."""

from django.db import models


class CallbackCount(models.Model):
    """How many callbacks of one day (UTC) were taken in one way; `outcome` is a word of services.hint."""

    id = models.BigAutoField(primary_key=True)
    day = models.DateField()
    outcome = models.CharField(max_length=20)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "generation_callback_counts"
        constraints = [models.UniqueConstraint(fields=["day", "outcome"], name="callbacks_once_per_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.outcome}: {self.count}"
