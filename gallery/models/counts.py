"""What is counted: raw events, and the rows that batches of them end in."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gallery.models.item import Item


class ItemStatsQuerySet(models.QuerySet):
    def listed(self):
        return self.filter(published_at__isnull=False)


class ItemStats(models.Model):
    """Counters beside the item, so that counting never rewrites the wide row."""

    item = models.OneToOneField(Item, on_delete=models.CASCADE, primary_key=True, related_name="stats")
    view_count = models.PositiveIntegerField(default=0)
    like_count = models.PositiveIntegerField(default=0)
    popularity = models.BigIntegerField(default=0)  # in an index, hence in steps that seldom change
    published_at = models.DateTimeField(null=True)  # set while the item is listed

    objects = ItemStatsQuerySet.as_manager()

    class Meta:
        db_table = "gallery_item_stats"
        verbose_name = _("counters")
        verbose_name_plural = _("counters")
        indexes = [
            models.Index(
                fields=["-popularity", "-published_at", "-item"],
                name="stats_popular",
                condition=Q(published_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.view_count} views, {self.like_count} likes"


class Tally(models.Model):
    """One thing to be counted, until the next batch."""

    id = models.BigAutoField(primary_key=True)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="+", db_index=False)
    views = models.SmallIntegerField(default=0)
    likes = models.SmallIntegerField(default=0)
    by_robot = models.BooleanField(default=False)
    visitor = models.CharField(max_length=64, blank=True)  # today's salted hash, of viewers only
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "gallery_tallies"
        verbose_name = "tally"
        verbose_name_plural = "tallies"

    def __str__(self) -> str:
        return f"{self.views} views, {self.likes} likes"


class Like(models.Model):
    """A visitor likes a work; `visitor` is the hash of a random cookie."""

    id = models.BigAutoField(primary_key=True)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="likes")
    visitor = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "gallery_likes"
        verbose_name = _("like")
        verbose_name_plural = _("likes")
        constraints = [models.UniqueConstraint(fields=["item", "visitor"], name="like_once")]

    def __str__(self) -> str:
        return str(self.item_id)


class Day(models.Model):
    """A day's visits. Its salt is forgotten the day after, and with it who the hashes were."""

    day = models.DateField(primary_key=True)
    salt = models.CharField(max_length=64, blank=True)
    views = models.PositiveIntegerField(default=0)
    robot_views = models.PositiveIntegerField(default=0)
    visitors = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "gallery_days"
        ordering = ["-day"]
        verbose_name = _("day")
        verbose_name_plural = _("days")

    def __str__(self) -> str:
        return self.day.isoformat()


class DayVisitor(models.Model):
    """Somebody was here today, under a hash that means nothing tomorrow; gone with the salt."""

    id = models.BigAutoField(primary_key=True)
    day = models.ForeignKey(Day, on_delete=models.CASCADE, related_name="+", db_index=False)
    visitor = models.CharField(max_length=64)

    class Meta:
        db_table = "gallery_day_visitors"
        verbose_name = "visitor of a day"
        verbose_name_plural = "visitors of a day"
        constraints = [models.UniqueConstraint(fields=["day", "visitor"], name="visitor_once_a_day")]

    def __str__(self) -> str:
        return self.visitor
