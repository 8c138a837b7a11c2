"""Migrations that came after the first release run beside the old version, on tables that are in use."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

from smartspec.lib.online_index import AddIndexOnline
from smartspec.tests.migration_safety import dangers

RELEASED = {
    "accounts": 6,
    "generation": 10,
    "storage_app": 3,
    "gallery": 8,
}  # the first release runs on these
INDEX = models.Index(fields=["name"], name="task_name")


def before() -> ProjectState:
    fields = [
        ("id", models.BigAutoField(primary_key=True)),
        ("name", models.CharField(max_length=20, null=True)),
    ]
    state = ProjectState()
    state.add_model(ModelState("generation", "Task", fields))
    return state


def judged(*operations, **said) -> list[str]:
    migration = migrations.Migration("0099_next", "generation")
    migration.operations = list(operations)
    for name, value in said.items():
        setattr(migration, name, value)
    return list(dangers(migration, before()))


@pytest.mark.parametrize(
    "operation, says",
    [
        (migrations.AddField("task", "colour", models.CharField(max_length=7, default="")), "without it"),
        (migrations.AddIndex("task", INDEX), "locks"),
        (
            migrations.AddConstraint("task", models.UniqueConstraint(fields=["name"], name="task_once")),
            "locks",
        ),
        (migrations.RemoveField("task", "name"), "one release later"),
        (migrations.RenameField("task", "name", "title"), "one release later"),
        (migrations.DeleteModel("Task"), "one release later"),
        (migrations.AlterField("task", "name", models.CharField(max_length=20)), "whole table"),
        (migrations.AlterField("task", "name", models.IntegerField(null=True)), "whole table"),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, str) else value,
)
def test_what_would_stop_a_running_house_is_named(operation, says):
    (danger,) = judged(operation)
    assert says in danger


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("task", "colour", models.CharField(max_length=7, null=True)),
        migrations.AddField("task", "colour", models.CharField(max_length=7, db_default="")),
        AddIndexOnline("task", INDEX),
        migrations.AlterField("task", "name", models.CharField("title", max_length=20, null=True)),
        migrations.RunPython(migrations.RunPython.noop),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_people_do_not_notice_is_not(operation):
    assert judged(operation) == []


def test_on_a_table_of_the_same_migration_all_is_allowed():
    made = migrations.CreateModel("Other", [("id", models.BigAutoField(primary_key=True))])
    assert judged(made, migrations.AddIndex("other", models.Index(fields=["id"], name="other_id"))) == []


def test_a_migration_may_say_why_it_is_safe_all_the_same():
    assert judged(migrations.RemoveField("task", "name"), is_safe_because="unused since 1.2") == []


def test_our_own_migrations_are_safe():
    loader = MigrationLoader(None)
    new = [key for key in loader.disk_migrations if key[0] in RELEASED and int(key[1][:4]) > RELEASED[key[0]]]
    found = [
        danger
        for key in sorted(new)
        for danger in dangers(loader.get_migration(*key), loader.project_state(key, at_end=False))
    ]
    assert found == []


@pytest.mark.django_db(transaction=True)
def test_an_index_is_added_online():
    with connection.schema_editor(atomic=False) as editor:
        operation = AddIndexOnline("task", INDEX)
        state = before()
        editor.create_model(state.apps.get_model("generation", "Task"))
        after = state.clone()
        operation.state_forwards("generation", after)
        operation.database_forwards("generation", editor, state, after)
        with connection.cursor() as cursor:
            made = connection.introspection.get_constraints(cursor, "generation_task")
        editor.delete_model(state.apps.get_model("generation", "Task"))
    assert made["task_name"]["columns"] == ["name"]
