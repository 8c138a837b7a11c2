"""May this migration run while the old version still serves, and while people write to big tables?"""

from collections.abc import Iterator

from django.db import connection, migrations
from django.db.migrations.state import ProjectState

from smartspec.lib.online_index import AddIndexOnline

Operation = migrations.operations.base.Operation
BREAKS_THE_OLD = (
    migrations.RemoveField,
    migrations.RenameField,
    migrations.DeleteModel,
    migrations.RenameModel,
    migrations.AlterModelTable,
)
LOCKS = (migrations.AddIndex, migrations.AddConstraint, migrations.AlterUniqueTogether)


def dangers(migration: migrations.Migration, before: ProjectState) -> Iterator[str]:
    """Sentences; none when it is safe, or says in `is_safe_because` why it is so all the same."""
    if getattr(migration, "is_safe_because", ""):
        return
    new = {operation.name_lower for operation in migration.operations if is_new_table(operation)}
    for operation in migration.operations:
        table = getattr(operation, "model_name_lower", getattr(operation, "name_lower", ""))
        if table not in new and (danger := danger_of(operation, migration.app_label, before)):
            yield f"{migration}: {operation.describe()}: {danger}"
        operation.state_forwards(migration.app_label, before)


def is_new_table(operation: Operation) -> bool:
    return isinstance(operation, migrations.CreateModel)


def danger_of(operation: Operation, app: str, before: ProjectState) -> str:
    if isinstance(operation, BREAKS_THE_OLD):
        return "the old version still uses it; remove it one release later"
    if isinstance(operation, LOCKS) and not isinstance(operation, AddIndexOnline):
        return "locks the table against writers; use AddIndexOnline, or add it NOT VALID"
    if isinstance(operation, migrations.AddField) and not is_filled_by_itself(operation.field):
        return "the old version inserts rows without it; null=True or db_default"
    if isinstance(operation, migrations.AlterField) and rewrites(operation, app, before):
        return "reads or rewrites the whole table under a lock"
    return ""


def is_filled_by_itself(field) -> bool:
    return field.null or field.many_to_many or field.has_db_default()


def rewrites(operation: migrations.AlterField, app: str, before: ProjectState) -> bool:
    old = before.models[app, operation.model_name_lower].fields[operation.name]
    new = operation.field
    if old.is_relation or new.is_relation:
        return old.null and not new.null
    return old.db_type(connection) != new.db_type(connection) or (old.null and not new.null)
