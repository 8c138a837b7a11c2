"""An index on a table that people write to meanwhile."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import AddIndex


class AddIndexOnline(AddIndex):
    """Without locking out writers where the database can (PostgreSQL). Its migration says `atomic = False`.

    Killed halfway it leaves an invalid index: drop that by name, then migrate again.
    """

    def database_forwards(self, app_label, schema_editor: BaseDatabaseSchemaEditor, from_state, to_state):
        model = to_state.apps.get_model(app_label, self.model_name)
        if not self.allow_migrate_model(schema_editor.connection.alias, model):
            return
        online = {"concurrently": True} if schema_editor.connection.vendor == "postgresql" else {}
        if online and schema_editor.connection.in_atomic_block:
            raise RuntimeError(f"the migration that adds {self.index.name} needs atomic = False")
        schema_editor.add_index(model, self.index, **online)
