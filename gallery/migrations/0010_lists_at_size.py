"""What the admin's lists of works and reports are filtered by, newest first."""

from django.db import migrations, models

from smartspec.lib.online_index import AddIndexOnline


class Migration(migrations.Migration):
    atomic = False  # as building beside writers asks
    dependencies = [("gallery", "0009_site_changes")]
    operations = [
        AddIndexOnline(
            "item", models.Index(fields=["media_type", "-created_at"], name="item_latest_of_kind")
        ),
        AddIndexOnline("item", models.Index(fields=["language", "-created_at"], name="item_latest_in")),
        AddIndexOnline(
            "item",
            models.Index(
                fields=["-created_at"],
                name="item_latest_featured",
                condition=models.Q(is_featured=True),
            ),
        ),
        AddIndexOnline(
            "item",
            models.Index(
                fields=["-created_at"],
                name="item_latest_sensitive",
                condition=models.Q(rating="sensitive"),
            ),
        ),
        AddIndexOnline("report", models.Index(fields=["-created_at", "-id"], name="report_latest")),
        AddIndexOnline("report", models.Index(fields=["reason", "-created_at"], name="report_for")),
    ]
