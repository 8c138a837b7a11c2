from django.db import migrations

from accounts import append_only


def forbid_change(apps, schema_editor):
    append_only.forbid_change(schema_editor.connection)


def allow_change(apps, schema_editor):
    append_only.allow_change(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(forbid_change, allow_change)]
