"""Tables as full as those of a house after busy years: copies of one row each, made by PostgreSQL.

Few people are staff, few works wait or are featured, few keys are revoked, as where there is much of all.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.db import connection

from accounts import ledger
from accounts.models import ApiKey, AuditEntry, LedgerEntry, User
from accounts.tests.factories import make_key, make_user
from gallery.models import Report, Reservation
from gallery.tests.factories import make_item, make_task

ANALYZED = (
    "users, credit_accounts, api_keys, credit_ledger, audit_entries, generation_tasks, storage_assets, "
    "gallery_items, gallery_reports, gallery_reservations"
)


def pk_of(kind: int) -> str:
    """SQL for the id of the n-th row; rows of one kind are told by their first digit."""
    return f"('{kind}0000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid"


PERSON, ENTRY, KEY, TASK, ASSET, ITEM = map(pk_of, range(1, 7))
EARLIER = "now() - n * interval '5 minutes'"


class Copies(NamedTuple):
    """Of the row `original` of `table`, one for every n that fits `where`; what differs is SQL of n."""

    table: str
    original: object
    columns: Mapping[str, str]
    where: str = "true"


def fill(everything: Sequence[Copies], rows: Sequence[int]) -> None:
    """Add the copies numbered from the first to the last of `rows`, as a superuser of PostgreSQL."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("SET session_replication_role = replica")  # nothing is looked up for each row
        for copies in everything:
            given = {"first": rows[0], "last": rows[-1], "original": copies.original}
            cursor.execute(written(copies), given)
        cursor.execute("SET session_replication_role = origin")
        cursor.execute(f"ANALYZE {ANALYZED}")


def written(copies: Copies) -> str:
    pairs = ", ".join(f"'{column}', {sql}" for column, sql in copies.columns.items())
    statement = (
        f"INSERT INTO {copies.table} SELECT made.* FROM generate_series(<first>, <last>) AS n, "  # noqa: S608
        f"{copies.table} AS one, jsonb_populate_record(one, jsonb_build_object({pairs})) AS made "
        f"WHERE {key_of(copies.table)} = <original> AND {copies.where}"
    )
    statement = statement.replace("%", "%%")
    for name in ("first", "last", "original"):
        statement = statement.replace(f"<{name}>", f"%({name})s")
    return statement


def key_of(table: str) -> str:
    return "one.user_id" if table == "credit_accounts" else "one.id"


def originals() -> list[Copies]:
    """The rows themselves, made here, and how copies of each differ."""
    person = make_user("person")
    return [*of_people(person), *of_works(person)]


def of_people(person: User) -> list[Copies]:
    grant = LedgerEntry.objects.get(account=person.pk)
    hold = ledger.hold(user=person, amount=1, reference="00000000-0000-4000-8000-000000000000")
    key, _secret = make_key(person)
    noted = AuditEntry.objects.filter(action="key_issued").latest("pk")
    ApiKey.objects.filter(pk=key.pk).update(prefix="ss_live_origin")
    account = {"account_id": PERSON, "created_at": EARLIER}
    return [
        Copies(
            "users", person.pk,
            {
                "id": PERSON, "username": "'maker-' || n", "email": "'maker-' || n || '@example.org'",
                "is_staff": "n % 5000 = 0", "is_active": "n % 2000 != 0", "date_joined": EARLIER,
            },
        ),
        Copies("credit_accounts", person.pk, {"user_id": PERSON}),
        Copies("credit_ledger", hold.pk, {"id": ENTRY, "reference": ENTRY, **account}, "n % 50 != 0"),
        Copies("credit_ledger", grant.pk, {"id": ENTRY, **account}, "n % 50 = 0"),
        Copies(
            "api_keys", key.pk,
            {
                "id": KEY, "user_id": PERSON, "prefix": "'ss_live_' || lpad(to_hex(n), 6, '0')",
                "digest": "md5(n::text) || md5(n::text)", "created_at": EARLIER,
                "revoked_at": "CASE WHEN n % 1000 = 0 THEN now() END",
            },
        ),
        Copies(
            "audit_entries", noted.pk,
            {
                "id": "1000000 + n", "user_id": PERSON, "key_id": KEY, "at": EARLIER,
                "action": "CASE WHEN n % 3000 = 0 THEN 'locked_out' ELSE 'signed_in' END",
                "address": "'2001:db8:' || to_hex(n)", "request_id": "'r-' || n",
            },
        ),
    ]  # fmt: skip


def of_works(person: User) -> list[Copies]:
    shown = make_item(slug="boat", created_by=person)
    waiting = make_item(slug="raft", shown=False, created_by=person)
    task = make_task()
    reserved = Reservation.objects.create(task=task, by=person)
    report = Report.objects.create(item=shown, reason="other")
    work = {
        "id": ITEM, "media_id": ASSET, "slug": "'boat-' || n", "title": "'Boat ' || n", "created_at": EARLIER,
        "created_by_id": PERSON, "generation_task_id": TASK,
        "media_type": "(ARRAY['image', 'image', 'image', 'video', 'audio'])[1 + n % 5]",
        "language": "CASE WHEN n % 7 = 0 THEN 'th' ELSE 'en' END",
        "rating": "CASE WHEN n % 3000 = 0 THEN 'sensitive' ELSE 'general' END",
        "is_featured": "n % 1000 = 1",
    }  # fmt: skip
    return [
        Copies(
            "generation_tasks", task.pk,
            {
                "id": TASK, "user_id": PERSON, "created_at": EARLIER, "external_task_id": "'ext-' || n",
                "callback_token": "md5(n::text)",
            },
        ),
        Copies("storage_assets", shown.media_id, {"id": ASSET, "file": "n || '.png'"}),
        Copies("gallery_items", shown.pk, work, "n % 500 != 0"),
        Copies("gallery_items", waiting.pk, work, "n % 500 = 0"),
        Copies(
            "gallery_reports", report.pk,
            {
                "id": "1000000 + n", "item_id": ITEM, "created_at": EARLIER,
                "closed_at": "CASE WHEN n % 1000 != 0 THEN now() END",
                "reason": "CASE WHEN n % 4000 = 1 THEN 'hate' ELSE 'other' END",
            },
        ),
        Copies(
            "gallery_reservations", reserved.pk,
            {"id": "1000000 + n", "task_id": TASK, "item_id": ITEM, "created_at": EARLIER},
        ),
    ]  # fmt: skip
