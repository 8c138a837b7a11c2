"""The index behind gallery_search.tokens, and entries for the works that are already listed.

SQLite's FTS5 keeps no tokens of its own (`content=`): it reads them from the table, and triggers tell it
of every change. A contentless index would be smaller still, but before SQLite 3.43 nothing can be deleted
from one. Whoever rebuilds gallery_search on SQLite later (Django does so for most column changes) drops
these triggers and has to make them again.
"""

from django.db import migrations

from gallery.search.contents import entry_of

POSTGRESQL = [  # what waits for the index is searched row by row, hence fastupdate; 10,000 words are known
    "CREATE INDEX search_tokens ON gallery_search USING gin (tokens) WITH (fastupdate = off)",
    "ALTER TABLE gallery_search ALTER COLUMN tokens SET STATISTICS 1000",
]
SQLITE = [
    """
    CREATE VIRTUAL TABLE gallery_search_fts USING fts5(
        tokens, content='gallery_search', content_rowid='id', detail=none, columnsize=0,
        tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'"
    )
    """,
    """
    CREATE TRIGGER gallery_search_added AFTER INSERT ON gallery_search BEGIN
        INSERT INTO gallery_search_fts (rowid, tokens) VALUES (new.id, new.tokens);
    END
    """,
    """
    CREATE TRIGGER gallery_search_gone AFTER DELETE ON gallery_search BEGIN
        INSERT INTO gallery_search_fts (gallery_search_fts, rowid, tokens) VALUES ('delete', old.id, old.tokens);
    END
    """,
    """
    CREATE TRIGGER gallery_search_changed AFTER UPDATE OF tokens ON gallery_search BEGIN
        INSERT INTO gallery_search_fts (gallery_search_fts, rowid, tokens) VALUES ('delete', old.id, old.tokens);
        INSERT INTO gallery_search_fts (rowid, tokens) VALUES (new.id, new.tokens);
    END
    """,
]
SQLITE_BACK = [
    "DROP TRIGGER gallery_search_changed",
    "DROP TRIGGER gallery_search_gone",
    "DROP TRIGGER gallery_search_added",
    "DROP TABLE gallery_search_fts",
]


def build(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def take_down(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX search_tokens")
    else:
        for statement in SQLITE_BACK:
            schema_editor.execute(statement)


def enter_what_is_listed(apps, schema_editor):
    Item, SearchEntry = apps.get_model("gallery", "Item"), apps.get_model("gallery", "SearchEntry")
    ItemStats = apps.get_model("gallery", "ItemStats")
    listed = Item.objects.filter(status="approved", is_public=True, rating="general")
    for item in listed.order_by("published_at", "pk").iterator(chunk_size=500):
        SearchEntry.objects.create(item=item, **entry_of(item))
        ItemStats.objects.filter(item=item).update(published_at=item.published_at)


class Migration(migrations.Migration):
    dependencies = [("gallery", "0002_finding_and_counting")]
    operations = [
        migrations.RunPython(build, take_down),
        migrations.RunPython(enter_what_is_listed, migrations.RunPython.noop),
    ]
