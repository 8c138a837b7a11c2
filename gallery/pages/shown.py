"""A work as its frame needs it: on its own page, and in the frames of other people's pages."""

from dataclasses import dataclass

from gallery import addresses
from gallery.models import Item
from gallery.pages import jsonld, pictures, seo, texts, transcripts
from gallery.pages.pictures import Picture
from gallery.pages.texts import Texts

EMBEDDED = "noindex,indexifembedded"


@dataclass(kw_only=True)
class Shown:
    """`lang` is that of the texts, empty when it is the page's; `media` and `poster` are addresses."""

    item: Item
    texts: Texts
    lang: str
    picture: Picture | None
    wave: str | None
    media: str
    poster: str | None
    transcript: str = ""  # address of the spoken text as a track
    spoken: str = ""  # its language


def shown(item: Item, language: str) -> Shown:
    said = texts.of_item(item, language)
    is_spoken = transcripts.is_spoken(item)
    return Shown(
        item=item,
        texts=said,
        lang="" if said.lang == language else said.lang,
        picture=None if item.media_type == "audio" else pictures.large(item.card),
        wave=item.card.get("peaks"),
        media=pictures.original(item.card),
        poster=pictures.poster(item.card),
        transcript=addresses.transcript(item.slug) if is_spoken else "",
        spoken=transcripts.language(item) if is_spoken else "",
    )


def described(item: Item, said: Texts, language: str) -> dict:
    """The work as structured data."""
    media = addresses.absolute(pictures.original(item.card))
    picture = pictures.listed(item.card, lazy=True)
    return jsonld.work(
        item,
        texts=said,
        url=addresses.absolute(addresses.item(item.slug, language)),
        media=media,
        thumbnail=addresses.absolute(picture.src) if picture else media,
        embed=addresses.absolute(addresses.embed(item.slug, language)),
    )


@dataclass(kw_only=True)
class Embedded(Shown):
    """`home` is the absolute address of the work's own page."""

    home: str
    head: seo.Head


def embedded(item: Item) -> Embedded:
    language = addresses.current()
    frame = shown(item, language)
    home = addresses.absolute(addresses.item(item.slug, language))
    head = seo.Head(
        title=frame.texts.title,
        description=seo.short(frame.texts.description or frame.texts.alt),
        canonical=home,
        language=language,
        image=seo.brand_image(),
        robots=EMBEDDED,
        jsonld=jsonld.script(described(item, frame.texts, language)),
    )
    return Embedded(**vars(frame), home=home, head=head)
