"""What the admin's lists of people, keys and entries are filtered and searched by.

Usernames and mail addresses are sought by their beginning, in any case: PostgreSQL compares UPPER(column),
SQLite compares without case, each with an index of its own. Django knows no index of an expression with an
operator class that SQLite would take, so these two are in no model; a rebuilt table makes them anew here.
"""

from django.db import migrations, models

from smartspec.lib.online_index import AddIndexOnline

INDEXES = {"people_by_name": "username", "people_by_email": "email"}
ADD = {
    "postgresql": "CREATE INDEX CONCURRENTLY IF NOT EXISTS {name} ON users "
    "(UPPER({column}::text) text_pattern_ops)",
    "sqlite": "CREATE INDEX IF NOT EXISTS {name} ON users ({column} COLLATE NOCASE)",
}
TAKE = {
    "postgresql": "DROP INDEX CONCURRENTLY IF EXISTS {name}",
    "sqlite": "DROP INDEX IF EXISTS {name}",
}


def run(statements, schema_editor):
    statement = statements[schema_editor.connection.vendor]
    for name, column in INDEXES.items():
        schema_editor.execute(statement.format(name=name, column=column))


def add(apps, schema_editor):
    run(ADD, schema_editor)


def take(apps, schema_editor):
    run(TAKE, schema_editor)


class Migration(migrations.Migration):
    atomic = False  # as building beside writers asks
    dependencies = [
        ("accounts", "0006_searched_by_index"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations = [
        AddIndexOnline(
            "apikey",
            models.Index(
                fields=["-created_at"], name="key_revoked", condition=models.Q(revoked_at__isnull=False)
            ),
        ),
        AddIndexOnline(
            "ledgerentry",
            models.Index(
                fields=["-created_at", "-id"], name="ledger_grants", condition=models.Q(kind="grant")
            ),
        ),
        AddIndexOnline(
            "user",
            models.Index(fields=["username"], name="people_staff", condition=models.Q(is_staff=True)),
        ),
        AddIndexOnline(
            "user",
            models.Index(fields=["username"], name="people_closed", condition=models.Q(is_active=False)),
        ),
        AddIndexOnline("user", models.Index(fields=["-date_joined"], name="people_newest")),
        migrations.RunPython(add, take),
    ]
