"""Notes every write to what visitors see, by the table written and not by who wrote."""

import re

from django.conf import settings
from django.db import connections, transaction
from django.db.backends.signals import connection_created
from django.dispatch import receiver

from gallery.models import SiteChange

KEPT_ROWS = 1000
WRITES = re.compile(r'^\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
UNSEEN = frozenset(  # what stands on no public page, and is written all the time
    {
        "gallery_site_changes",
        "gallery_tallies",
        "gallery_days",
        "gallery_day_visitors",
        "gallery_day_counts",
        "gallery_decisions",
        "gallery_sittings",
        "gallery_log_marks",
        "gallery_announcements",
        "gallery_reservations",
        "gallery_reports",
        "gallery_report_outcomes",
    }
)
SEEN = (
    "gallery_",
    "generation_model_switches",
    "generation_price_overrides",
    "storage_assets",
    "storage_renditions",
)
_ready: set[str] = set()  # the databases that have the table: migrations write before it is made


@receiver(connection_created, dispatch_uid="gallery.caching")
def watch(connection, **kwargs) -> None:
    if settings.PAGE_CACHE_MB and note not in connection.execute_wrappers:
        connection.execute_wrappers.append(note)


def note(execute, sql, params, many, context):
    answer = execute(sql, params, many, context)
    using = context["connection"].alias
    if shows(sql) and is_ready(using):
        change = SiteChange.objects.using(using).create()
        if change.pk % 100 == 0:
            transaction.on_commit(lambda: forget(using, change.pk - KEPT_ROWS), using=using, robust=True)
    return answer


def shows(sql) -> bool:
    write = WRITES.match(sql) if isinstance(sql, str) else None
    return bool(write) and write[1].startswith(SEEN) and write[1] not in UNSEEN


def is_ready(using: str) -> bool:
    if using not in _ready and SiteChange._meta.db_table in connections[using].introspection.table_names():
        _ready.add(using)
    return using in _ready


def forget(using: str, before: int) -> None:
    """A shorter list is another version, which costs some pages and never a truth."""
    SiteChange.objects.using(using).filter(pk__lt=before).delete()
