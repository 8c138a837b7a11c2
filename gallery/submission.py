"""How a work enters the gallery: as a pending item on its own copy of the file."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import IntegrityError, transaction

from accounts.models import User
from gallery import cards, publishing, texts
from gallery.errors import TaskNotReady
from gallery.models import Category, Item, ItemStats
from gallery.signals import item_changed
from gallery.slugs import slug_for
from generation.models import GenerationTask
from smartspec.lib import thai
from storage_app import keys, placing
from storage_app.models import Asset, Upload

TEXTS = ("title", "description", "alt_text", "meta_title", "meta_description")
CHOICES = ("translations", "keywords", "is_public", "is_featured", "display_order", "rating", "show_prompt")
TITLE_LIMIT = 80  # of a title made from a prompt
SLUG_RACES = 5
NOT_SHOWN = ("reference_", "prompt", "text", "shots")  # options of a task that are no label text


def create_from_task(
    task: GenerationTask, *, by: User, fields: Mapping[str, Any], item_id: UUID | None = None
) -> Item:
    """A pending item on a copy of the task's first output. The same `item_id` twice gives the same item.

    `fields`: title, description, alt_text, language, translations, categories (slugs), keywords,
    is_public, is_featured, display_order, rating, show_prompt, meta_title, meta_description, slug,
    license_url, acquire_url, credit_text, copyright_notice.
    Copies bytes: not to be called inside a transaction.
    """
    item_id = item_id or uuid4()
    if (existing := Item.objects.filter(pk=item_id).first()) is not None:
        return existing
    output = task.outputs.select_related("asset").first()
    if task.status != "completed" or output is None:
        raise TaskNotReady
    title = fields.get("title") or thai.cut(" ".join(task.prompt.split()), TITLE_LIMIT, ellipsis="…")
    return entered(output.asset, item_id, by=by, fields=fields, title=title, origin=origin_of(task))


def create_from_upload(upload: Upload, *, by: User, fields: Mapping[str, Any]) -> Item:
    """A pending item on a copy of a file that was made elsewhere; `fields` as above, with a title.

    Copies bytes: not to be called inside a transaction.
    """
    return entered(upload.asset, uuid4(), by=by, fields=fields, title=fields["title"], origin={})


def entered(
    source: Asset,
    item_id: UUID,
    *,
    by: User,
    fields: Mapping[str, Any],
    title: str,
    origin: Mapping[str, Any],
) -> Item:
    """The item, on its own copy of `source`; `origin` is what is known of how it was made."""
    categories = publishing.categories_named(fields.get("categories", ()))
    media = own_copy(source, item_id)
    for races_left in reversed(range(SLUG_RACES)):
        item = described(Item(id=item_id, media=media, created_by=by, **origin), fields, title=title)
        try:
            insert(item, categories)
        except IntegrityError:  # the slug, or the whole item, was taken in the same moment
            if (existing := Item.objects.filter(pk=item_id).first()) is not None:
                return existing
            if not races_left:
                raise
        else:
            break
    return item


@transaction.atomic
def insert(item: Item, categories: Iterable[Category]) -> None:
    item.save(force_insert=True)
    ItemStats.objects.create(item=item)
    publishing.place(item, categories)
    item_changed.send(sender=Item, item=item)


def own_copy(source: Asset, item_id: UUID) -> Asset:
    """The item's own file; a repeated call finds the first one's copy under the same id."""
    asset_id = uuid5(item_id, "version 1")
    ext = source.file.name.rpartition(".")[2]
    key = keys.published(source.media_type, item_id, asset_id, ext)
    return placing.duplicate(source, asset_id=asset_id, key=key, visibility="private", render_all=True)


def origin_of(task: GenerationTask) -> dict[str, Any]:
    shown = {name: value for name, value in task.input_params.items() if not name.startswith(NOT_SHOWN)}
    return {
        "generation_task": task,
        "prompt": task.prompt,
        "model_id": task.model_id,
        "options": shown,
    }


def described(item: Item, fields: Mapping[str, Any], *, title: str) -> Item:
    item.media_type = item.media.media_type
    for name in TEXTS:
        if fields.get(name):
            setattr(item, name, thai.normalise(fields[name]))
    for name in (*CHOICES, *texts.RIGHTS):
        if name in fields:
            setattr(item, name, fields[name])
    item.title = thai.normalise(title)
    item.language = fields.get("language") or ("th" if thai.is_thai(title) else "en")
    item.translations = texts.cleaned(item.translations, own=item.language)
    item.slug = slug_for(fields.get("slug") or item.title)
    item.card = cards.document(item)
    return item
