"""Making the pictures that an original is shown with."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from smartspec.lib.queue import wake
from storage_app import deletion, derivatives
from storage_app.decoder import decode
from storage_app.derivatives import Derivative
from storage_app.errors import StorageFailed, Unreadable
from storage_app.file_types import content_type_of, type_named
from storage_app.models import Asset, Rendition
from storage_app.objects import original_of, put
from storage_app.probing import Facts
from storage_app.provenance import making_of
from storage_app.scratch import workbench
from storage_app.signals import asset_rendered

log = logging.getLogger(__name__)

STILL_SHOWN = timedelta(hours=1)  # how long an open page may ask for thumbnails that were replaced


class AssetChanged(Exception):
    """The asset was moved or deleted while its renditions were made."""


def render_first(asset: Asset) -> Rendition | None:
    """The one thumbnail that a finished task shows; None when there is none, for whatever reason.

    A bad file is noted in `render_error`; when storage fails the asset is due again.
    """
    try:
        render_due(asset, everything=False)
    except (StorageFailed, AssetChanged):
        log.warning("first rendition of %s put off", asset.pk, exc_info=True)
        schedule(asset)
    last = wanted(asset, everything=False)[-1]
    return asset.renditions.filter(role=last.role, format=last.format, width=last.width).first()


def draw_first(asset: Asset, *, is_announced: bool) -> list[Rendition]:
    """The same for an asset that nobody shows yet: put into storage, and its rows are left to `keep_first`.

    `is_announced`: its keys were (see `first_keys`). None where there is nothing, for whatever reason.
    """
    try:
        with noting(asset), workbench() as folder:
            drawn = draw(asset, wanted(asset, everything=False), folder)
            if not is_announced:
                announce_objects(asset, drawn)
            return store_drawn(asset, drawn)
    except StorageFailed:
        log.warning("first rendition of %s put off", asset.pk, exc_info=True)
        schedule(asset)
    return []


def first_keys(asset_id: UUID, facts: Facts) -> list[str]:
    """Where `draw_first` will put its objects; to be announced with the original's."""
    first = derivatives.first(facts.media_type, facts.width, recipe=derivatives.newest())
    return [one.key(asset_id) for one in first]


def keep_first(rows: Sequence[Rendition]) -> None:
    """In the transaction that first shows the assets: they own what was drawn."""
    if rows:
        Rendition.objects.bulk_create(rows, ignore_conflicts=True)
        deletion.adopt(rows[0].asset.visibility, [row.file.name for row in rows])


def render_all(asset: Asset) -> None:
    """Everything that a published work is shown with, as far as it is missing.

    A bad file is noted in `render_error`; raises StorageFailed or AssetChanged when it is worth doing again.
    """
    render_due(asset, everything=True)


def render_due(asset: Asset, *, everything: bool) -> None:
    """The one way renditions are made; raises like `render_all`."""
    with noting(asset):
        make_missing(asset, wanted(asset, everything=everything))


@contextmanager
def noting(asset: Asset) -> Iterator[None]:
    """A file that cannot be read is no reason to try again, but one to be told."""
    try:
        yield
    except Unreadable as error:
        reason = str(error.__cause__ or error)
        log.warning("renditions of %s cannot be made: %s", asset.pk, reason)
        Asset.objects.filter(pk=asset.pk).update(render_error=reason)


def schedule(asset: Asset) -> None:
    """Due for rendering now: everything where `render_all` says so, else the first thumbnail.

    Whoever holds the row loses it, so that a worker about to finish cannot wipe this out.
    """
    Asset.objects.filter(pk=asset.pk).update(
        due_at=timezone.now(), lease_until=None, fence=F("fence") + 1, tries=0
    )
    wake("storage_app.jobs.render", str(asset.pk))


def complete(asset: Asset) -> bool:
    """Make what is missing; False when nothing was. Raises like `render_all`."""
    if not incomplete(asset):
        return False
    render_due(asset, everything=asset.render_all)
    return True


def remake(asset: Asset, *, recipe: int) -> bool:
    """The thumbnails by another recipe, under their own addresses, instead of those that were there.

    A bad file is noted in `render_error`. False when they were made by that recipe already; raises
    like `render_all`.
    """
    if asset.recipe == recipe:
        return False
    other = [one for one in wanted(asset, everything=asset.render_all, recipe=recipe) if one.has_size]
    with noting(asset), workbench() as folder:
        replace_rows(asset, place(asset, draw(asset, other, folder)), recipe)
    return True


@transaction.atomic
def announce(asset: Asset) -> bool:
    """Tell whoever shows it what there is, as if it had just been made."""
    asset_rendered.send(sender=Asset, asset=asset)
    return True


def wanted(asset: Asset, *, everything: bool, recipe: int | None = None) -> list[Derivative]:
    recipes = derivatives.every if everything else derivatives.first
    return recipes(asset.media_type, asset.width, recipe=recipe or asset.recipe)


def missing(asset: Asset, recipes: list[Derivative]) -> list[Derivative]:
    made = set(asset.renditions.values_list("role", "format", "width"))
    return [one for one in recipes if (one.role, one.format, one.width) not in made]


def incomplete(asset: Asset) -> bool:
    return bool(missing(asset, wanted(asset, everything=asset.render_all)))


def make_missing(asset: Asset, recipes: list[Derivative]) -> None:
    """Decode once, write what is missing, store it, then let the rows appear together."""
    todo = missing(asset, recipes)
    if not todo:
        return
    with workbench() as folder:
        rows = place(asset, draw(asset, todo, folder))
    save_rows(asset, rows)


def place(asset: Asset, drawn: dict[Rendition, Path]) -> list[Rendition]:
    """Store what was drawn; without a row none of it outlives the hour."""
    announce_objects(asset, drawn)
    return store_drawn(asset, drawn)


def announce_objects(asset: Asset, drawn: Iterable[Rendition]) -> None:
    deletion.discard_unless_adopted(asset.visibility, [row.file.name for row in drawn])


def store_drawn(asset: Asset, drawn: dict[Rendition, Path]) -> list[Rendition]:
    for row, path in drawn.items():
        key = row.file.name
        put(path, key=key, content_type=content_type_of(key), visibility=asset.visibility)
    return list(drawn)


def draw(asset: Asset, todo: list[Derivative], folder: Path) -> dict[Rendition, Path]:
    """Rows that are not saved yet, each with its file in `folder`."""
    with original_of(asset) as path:
        made = decode(
            "render",
            media_type=asset.media_type,
            path=path,
            reader=type_named(asset.content_type).reader,
            peaks=asset.peaks,
            making=making_of(asset).told(),
            wanted=[asdict(one) for one in todo],
            folder=str(folder.absolute()),
        )
    return {row_of(asset, one, folder / one["name"]): folder / one["name"] for one in made}


def row_of(asset: Asset, made: dict, path: Path) -> Rendition:
    recipe = Derivative(made["role"], made["format"], made["width"], made["recipe"])
    return Rendition(
        asset=asset,
        role=recipe.role,
        format=recipe.format,
        width=recipe.width,
        height=made["height"],
        bytes=path.stat().st_size,
        file=recipe.key(asset.pk),
    )


def save_rows(asset: Asset, rows: list[Rendition]) -> None:
    """One transaction: the rows own their objects, and whoever listens hears of it.

    Raises AssetChanged when the objects lie in the wrong place by now; the outbox removes them.
    """
    with unchanged(asset) as locked:
        Rendition.objects.bulk_create(rows, ignore_conflicts=True)
        deletion.adopt(asset.visibility, [row.file.name for row in rows])
        Asset.objects.filter(pk=asset.pk).exclude(render_error="").update(render_error="")
        asset_rendered.send(sender=Asset, asset=locked)


def replace_rows(asset: Asset, rows: list[Rendition], recipe: int) -> None:
    """One transaction: readers find all of the old or all of the new; pages that somebody has open find
    the old for an hour more. Raises like `save_rows`.
    """
    with unchanged(asset) as locked:
        old = locked.renditions.filter(role__in=derivatives.HAVE_SIZE)
        outdated = list(old.values_list("file", flat=True))
        old.delete()
        deletion.adopt(asset.visibility, [row.file.name for row in rows])
        deletion.discard(asset.visibility, outdated, not_before=timezone.now() + STILL_SHOWN)
        Rendition.objects.bulk_create(rows)
        Asset.objects.filter(pk=asset.pk).update(recipe=recipe, render_error="")
        locked.recipe = recipe
        asset_rendered.send(sender=Asset, asset=locked)


@contextmanager
def unchanged(asset: Asset) -> Iterator[Asset]:
    """The row, locked, as long as it lies where it lay and is drawn as it was; else AssetChanged."""
    with transaction.atomic():
        locked = Asset.objects.select_for_update().filter(pk=asset.pk).first()
        if locked is None or (locked.visibility, locked.recipe) != (asset.visibility, asset.recipe):
            raise AssetChanged(str(asset.pk))
        yield locked
