"""How a work is shown at the moderators' desk: small in the list, whole on its page."""

from django.core.files.storage import storages
from django.utils.html import format_html
from django.utils.translation import gettext as _

from gallery import cards
from gallery.models import Item
from storage_app import keys

THUMBNAIL = (120, 90)  # pixels, as shown
PICTURE = (480, 480)
WHOLE = {
    "video": '<video src="{url}" poster="{poster}" width="{width}" controls preload="none"></video>',
    "audio": '{picture_element}<audio src="{url}" controls preload="none"></audio>',
    "image": '<a href="{url}"><img src="{picture}" alt="{alt}" width="{width}"></a>',
}


def thumbnail(item: Item) -> str:
    url = picture_url(item, width=320)
    if url is None:
        return absence(item)
    width = shown_width(item, THUMBNAIL)
    return format_html('<img src="{}" alt="{}" width="{}" loading="lazy">', url, item.alt_text, width)


def work(item: Item) -> str:
    """The picture, or a player: a moderator must see and hear what they decide about."""
    if item.media is None:
        return absence(item)
    storage = storages[item.media.visibility]
    url, picture = storage.url(item.media.file.name), picture_url(item, width=960)
    return format_html(
        WHOLE[item.media_type],
        url=url,
        picture=picture or url,
        picture_element=format_html('<img src="{}" alt="">', picture) if picture else "",
        poster=storage.url(keys.poster(item.media_id)) if item.card.get("poster") else "",
        alt=item.alt_text,
        width=shown_width(item, PICTURE),
    )


def picture_url(item: Item, *, width: int) -> str | None:
    key = cards.thumbnail_key(item.card, width=width)
    if item.media is None or key is None:
        return None
    return storages[item.media.visibility].url(key)


def shown_width(item: Item, box: tuple[int, int]) -> int:
    width, height = item.card.get("w") or 4, item.card.get("h") or 3
    return round(min(box[0], box[1] * width / height))


def absence(item: Item) -> str:
    return _("no picture yet") if item.media else _("files deleted")
