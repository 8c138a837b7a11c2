"""Changing what an item says and where it stands."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from accounts.models import User
from gallery import decisions, moderation, publishing, slugs, texts
from gallery.errors import WrongMove
from gallery.models import Item
from gallery.submission import TEXTS
from smartspec.lib import thai

Shelved = Mapping[str, tuple[list[str], list[str]]]
PLAIN = ("language", "translations", "keywords", "display_order", "show_prompt", *texts.RIGHTS)


def edit(item: Item, *, by: User, fields: Mapping[str, Any]) -> bool:
    """Apply the given fields (as in `submission.create_from_task`); False when nothing changed.

    Visibility, rating and featuring go through moderation, and come last: a page is complete when seen.
    """
    with transaction.atomic():
        item.refresh_from_db(from_queryset=Item.objects.select_for_update())
        if item.status == Item.Status.REMOVED:
            raise WrongMove(action="edit", status=item.status)
        shelves = shelve(item, fields["categories"]) if "categories" in fields else None
        changed = describe(item, by=by, fields=fields, also=shelves)
        if fields.get("slug"):
            changed |= slugs.rename(item, fields["slug"], by=by)
    return decide(item, by=by, fields=fields) or changed


def shelve(item: Item, slugs: Sequence[str]) -> Shelved:
    """Put `item` on the shelves of these names; what its history will say of it."""
    before = publishing.own_shelves(item)
    if not publishing.place(item, publishing.categories_named(slugs)):
        return {}
    return {"categories": (before, publishing.own_shelves(item))}


def describe(item: Item, *, by: User, fields: Mapping[str, Any], also: Shelved | None = None) -> bool:
    changes = {name: thai.normalise(fields[name]) for name in TEXTS if name in fields}
    changes |= {name: fields[name] for name in PLAIN if name in fields}
    if "translations" in changes:
        own = changes.get("language", item.language)
        changes["translations"] = texts.cleaned(changes["translations"], own=own)
    return decisions.write(item, by=by, action="edit", also=also, **changes)


def decide_who_sees(item: Item, *, by: User, fields: Mapping[str, Any]) -> bool:
    if fields["is_public"]:
        return moderation.show(item, by=by)
    return moderation.hide(item, by=by, reason=fields.get("reason", ""))


def decide(item: Item, *, by: User, fields: Mapping[str, Any]) -> bool:
    changed = False
    if "rating" in fields:
        changed |= moderation.rate(item, by=by, rating=fields["rating"])
    if "is_featured" in fields:
        changed |= moderation.feature(item, by=by, featured=fields["is_featured"])
    if "is_public" in fields:
        changed |= decide_who_sees(item, by=by, fields=fields)
    return changed
