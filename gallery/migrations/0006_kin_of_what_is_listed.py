"""Kin and origins of the works that are already there."""

from django.db import migrations

from gallery import kinship


def sample_prompts(apps, schema_editor):
    """Bands of the works that are already listed, oldest first."""
    entries = apps.get_model("gallery", "SearchEntry").objects.select_related("item").order_by("pk")
    PromptBand = apps.get_model("gallery", "PromptBand")
    for entry in entries.iterator(chunk_size=500):
        for band in kinship.bands(kinship.public_prompt(entry.item)):
            PromptBand.objects.create(entry=entry, band=band)


def note_origins(apps, schema_editor):
    """From the parents of tasks, as far as they lead to works."""
    Item = apps.get_model("gallery", "Item")
    made = Item.objects.filter(generation_task__parent__isnull=False).select_related("generation_task")
    for item in made.iterator(chunk_size=500):
        origins = Item.objects.filter(generation_task=item.generation_task.parent_id, published_at__isnull=False)
        if origin := origins.order_by("published_at").first():
            Item.objects.filter(pk=item.pk).update(made_from=origin)


class Migration(migrations.Migration):
    dependencies = [("gallery", "0005_rights_and_kin")]
    operations = [
        migrations.RunPython(sample_prompts, migrations.RunPython.noop),
        migrations.RunPython(note_origins, migrations.RunPython.noop),
    ]
