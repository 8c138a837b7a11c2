from django.db import models

from smartspec.lib.due import DueRow


class SitemapPart(DueRow):
    """One file of the sitemap: the entries of a range of ids in one language, kept as it was last built.

    Every change in its range raises `version`; `built` is the version that `body` shows, and `rules` names
    the settings it was written under.
    """

    id = models.BigAutoField(primary_key=True)
    number = models.PositiveIntegerField()
    language = models.CharField(max_length=2)
    version = models.BigIntegerField(default=1)
    changed_at = models.DateTimeField()
    built = models.BigIntegerField(default=0)
    rules = models.CharField(max_length=16, blank=True)
    works = models.PositiveIntegerField(default=0)
    body = models.BinaryField(default=b"")  # gzip

    class Meta:
        db_table = "gallery_sitemap_parts"
        verbose_name = "sitemap part"
        verbose_name_plural = "sitemap parts"
        constraints = [models.UniqueConstraint(fields=["number", "language"], name="sitemap_part_once")]
        indexes = [models.Index(fields=["due_at"], name="sitemap_part_due")]

    def __str__(self) -> str:
        return f"{self.number} {self.language}"


class Announcement(DueRow):
    """An address that search engines are to be told of, because what it shows has changed."""

    url = models.CharField(max_length=500, unique=True)

    class Meta:
        db_table = "gallery_announcements"
        verbose_name = "announcement"
        verbose_name_plural = "announcements"
        indexes = [models.Index(fields=["due_at"], name="announcement_due")]

    def __str__(self) -> str:
        return self.url
