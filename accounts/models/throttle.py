from django.db import models

from smartspec.lib.throttle import TABLE


class ThrottleWindow(models.Model):
    """How often somebody asked in one window; the floor counts here when no cache is shared."""

    key = models.CharField(max_length=200, primary_key=True)  # policy, person or address, window
    used = models.PositiveIntegerField()
    until = models.BigIntegerField(db_index=True)  # seconds since 1970; afterwards the row may go

    class Meta:
        db_table = TABLE

    def __str__(self) -> str:
        return f"{self.key}: {self.used}"
