"""The numbers of the house by day. What may change a day's numbers marks the day; a job counts it again."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gallery.models.item import Item
from smartspec.lib.due import DueRow


class Numbers(DueRow):
    """One day of the house; due while it may still change.

    `first_event` to `last_decision` say between which rows of the two logs the day's rows lie, so that
    counting a day reads a stretch of each log by its primary key.
    """

    day = models.DateField(primary_key=True)
    counted_at = models.DateTimeField(null=True)
    first_event = models.BigIntegerField(null=True)
    last_event = models.BigIntegerField(null=True)
    first_decision = models.BigIntegerField(null=True)
    last_decision = models.BigIntegerField(null=True)

    submitted = models.PositiveIntegerField(default=0)  # works that began to wait for a decision
    settled = models.PositiveIntegerField(default=0)  # works that stopped waiting, for whatever reason
    approved = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    decided_after = models.JSONField(default=dict)  # histogram of ms that decided works had waited

    stored = models.JSONField(default=dict)  # {kind: [objects, bytes]}, as last looked at that day
    stored_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "gallery_numbers"
        verbose_name = _("numbers of a day")
        verbose_name_plural = _("numbers")
        default_permissions = ()
        permissions = [("view_numbers", _("Can read the numbers of the house, money included"))]
        indexes = [models.Index(fields=["due_at"], name="numbers_due")]

    def __str__(self) -> str:
        return self.day.isoformat()


class ModelNumbers(models.Model):
    """What one model did on one day. Orders count on the day they came, all else on the day a task ended."""

    id = models.BigAutoField(primary_key=True)
    day = models.DateField()
    model_id = models.CharField(max_length=100, blank=True)  # blank: refunds of tasks nobody knows
    media_type = models.CharField(max_length=20, blank=True)
    ordered = models.PositiveIntegerField(default=0)
    remixes = models.PositiveIntegerField(default=0)  # of those ordered: made from a public work
    completed = models.PositiveIntegerField(default=0)
    remixes_completed = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    cancelled = models.PositiveIntegerField(default=0)
    sold = models.DecimalField(max_digits=14, decimal_places=2, default=0)  # credits
    cost = models.DecimalField(max_digits=14, decimal_places=2, default=0)  # upstream, of all that ended
    wasted = models.DecimalField(max_digits=14, decimal_places=2, default=0)  # of `cost`: nobody paid for it
    refunds = models.PositiveIntegerField(default=0)
    refunded = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    causes = models.JSONField(default=dict)  # {error code: failed tasks}
    took = models.JSONField(default=dict)  # histogram of ms from start to completion
    waited = models.JSONField(default=dict)  # histogram of ms from order to start

    class Meta:
        db_table = "gallery_model_numbers"
        verbose_name = "numbers of a model"
        verbose_name_plural = "numbers of models"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["day", "model_id"], name="model_numbers_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.model_id}"


class MonthNumbers(DueRow):
    """The histograms of a month that is over, added up; due while one of its days has changed since.

    Only a row that is not due says what its days say.
    """

    month = models.DateField(primary_key=True)  # its first day
    by_model = models.JSONField(default=dict)  # {model: {"took": histogram, "causes": {error code: tasks}}}
    waited = models.JSONField(default=dict)  # {day: histogram of ms from order to start}

    class Meta:
        db_table = "gallery_month_numbers"
        verbose_name = "numbers of a month"
        verbose_name_plural = "numbers of months"
        default_permissions = ()
        indexes = [models.Index(fields=["due_at"], name="month_numbers_due")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class ItemNumbers(models.Model):
    """How often a work was seen on a day; of a day that is over, only the works seen most are kept."""

    id = models.BigAutoField(primary_key=True)
    day = models.DateField()
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="+")
    views = models.PositiveIntegerField(default=0)
    likes = models.IntegerField(default=0)  # taken back ones subtract, on the day they are taken back

    class Meta:
        db_table = "gallery_item_numbers"
        verbose_name = "numbers of a work"
        verbose_name_plural = "numbers of works"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["day", "item"], name="item_numbers_once")]
        indexes = [models.Index(fields=["day", "-views"], name="item_numbers_seen")]

    def __str__(self) -> str:
        return f"{self.day} {self.item_id}: {self.views}"


class DayCount(models.Model):
    """How often something was done on a day: `what` was done, and with which word. Never by whom."""

    class What(models.TextChoices):
        LIKE = "like"  # words: empty; taken back ones subtract
        SHARE = "share"  # words: by which way
        REMIX = "remix"  # words: what was pressed
        MISSED = "missed"  # a search without result; words: what was sought, folded

    id = models.BigAutoField(primary_key=True)
    day = models.DateField()
    what = models.CharField(max_length=6, choices=What.choices)
    words = models.CharField(max_length=80, blank=True)
    count = models.IntegerField(default=0)

    class Meta:
        db_table = "gallery_day_counts"
        verbose_name = "count of a day"
        verbose_name_plural = "counts of days"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["day", "what", "words"], name="day_count_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.what} {self.words}: {self.count}"


class LogMark(DueRow):
    """How far a log has been looked through for the days that it touches; due when it is to be looked at."""

    log = models.CharField(max_length=10, primary_key=True)
    read_to = models.BigIntegerField(default=0)

    class Meta:
        db_table = "gallery_log_marks"
        verbose_name = "mark in a log"
        verbose_name_plural = "marks in logs"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.log}: {self.read_to}"
