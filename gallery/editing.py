"""Changing what an item says and where it stands."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.models import User
from gallery import decisions, moderation, publishing, slugs, texts
from gallery.errors import WrongMove
from gallery.models import Item
from gallery.submission import TEXTS
from smartspec.lib import thai

PLAIN = ("language", "translations", "keywords", "display_order", "show_prompt", *texts.RIGHTS)


def edit(item: Item, *, by: User, fields: Mapping[str, Any]) -> bool:
    """Apply the given fields (as in `submission.create_from_task`); False when nothing changed.

    Visibility, rating and featuring go through moderation, and come last: a page is complete when seen.
    """
    with transaction.atomic():
        item.refresh_from_db(from_queryset=Item.objects.select_for_update())
        if item.status == Item.Status.REMOVED:
            raise WrongMove(action="edit", status=item.status)
        changed = describe(item, by=by, fields=fields)
        if "categories" in fields:
            changed |= publishing.place(item, publishing.categories_named(fields["categories"]))
        if fields.get("slug"):
            changed |= slugs.rename(item, fields["slug"], by=by)
    return decide(item, by=by, fields=fields) or changed


def describe(item: Item, *, by: User, fields: Mapping[str, Any]) -> bool:
    changes = {name: thai.normalise(fields[name]) for name in TEXTS if name in fields}
    changes |= {name: fields[name] for name in PLAIN if name in fields}
    if "translations" in changes:
        own = changes.get("language", item.language)
        changes["translations"] = texts.cleaned(changes["translations"], own=own)
    return decisions.write(item, by=by, action="edit", **changes)


def decide(item: Item, *, by: User, fields: Mapping[str, Any]) -> bool:
    changed = False
    if "rating" in fields:
        changed |= moderation.rate(item, by=by, rating=fields["rating"])
    if "is_featured" in fields:
        changed |= moderation.feature(item, by=by, featured=fields["is_featured"])
    if "is_public" in fields:
        change = moderation.show if fields["is_public"] else moderation.hide
        changed |= change(item, by=by)
    return changed
