"""Whole months of numbers, each due once for the days that were counted before there were months."""

from django.db import migrations, models
from django.db.models.functions import TruncMonth
from django.utils import timezone


def begin(apps, schema_editor):
    ModelNumbers, MonthNumbers = (
        apps.get_model("gallery", name) for name in ("ModelNumbers", "MonthNumbers")
    )
    now, this_month = timezone.now(), timezone.localdate().replace(day=1)
    counted = ModelNumbers.objects.filter(day__lt=this_month).order_by()
    months = counted.annotate(month=TruncMonth("day")).values_list("month", flat=True).distinct()
    MonthNumbers.objects.bulk_create(MonthNumbers(month=month, due_at=now) for month in months)


class Migration(migrations.Migration):
    dependencies = [("gallery", "0010_lists_at_size")]
    operations = [
        migrations.CreateModel(
            name="MonthNumbers",
            fields=[
                ("due_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("lease_until", models.DateTimeField(blank=True, editable=False, null=True)),
                ("fence", models.BigIntegerField(default=0, editable=False)),
                ("tries", models.PositiveIntegerField(default=0, editable=False)),
                ("month", models.DateField(primary_key=True, serialize=False)),
                ("by_model", models.JSONField(default=dict)),
                ("waited", models.JSONField(default=dict)),
            ],
            options={
                "verbose_name": "numbers of a month",
                "verbose_name_plural": "numbers of months",
                "db_table": "gallery_month_numbers",
                "default_permissions": (),
                "indexes": [models.Index(fields=["due_at"], name="month_numbers_due")],
            },
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
