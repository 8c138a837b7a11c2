import secrets

from django.db import models


def token() -> int:
    return secrets.randbits(31)


class SiteChange(models.Model):
    """One write to what visitors see, in the writer's own transaction: seen exactly when the write is.

    Rows, not a counter: nobody waits for another's lock. The random token tells a late commit with a low id.
    """

    token = models.BigIntegerField(default=token)

    class Meta:
        db_table = "gallery_site_changes"

    def __str__(self) -> str:
        return f"{self.pk}: {self.token}"
