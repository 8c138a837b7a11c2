"""What the pages with many works say of themselves."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from gallery.shelves import Shelf
from generation.catalogue import ModelSpec


@dataclass(frozen=True)
class Wording:
    """`name` is the heading, `title` what search results show, `more` the way to the next page.

    `lang` is the language of name and text where it is not the page's, else empty.
    """

    name: str
    title: str
    text: str
    description: str
    more: str
    lang: str = ""


def of_front() -> Wording:
    return Wording(
        name=_("All works"),
        title=_("AI images, videos and sound"),
        text=_("Everything in the gallery, newest first."),
        description=_(
            "Pictures, films and sound made with AI, each shown with the prompt and the model that made it."
        ),
        more=_("More works"),
    )


def in_order(words: Wording, sort: str) -> Wording:
    """The same, where the text would say "newest first" of works in another order."""
    texts = {
        "popular": _("What most visitors liked, of all times."),
        "trending": _("What most visitors liked, of the last thirty days."),
    }
    return replace(words, text=texts.get(sort, words.text))


def of_model(spec: ModelSpec, language: str) -> Wording:
    """The catalogue describes models in English; a Thai page says the rest."""
    text = _("Works made with %(model)s, newest first, each with its prompt.") % {"model": spec.name}
    return Wording(
        name=spec.name,
        title=_("%(model)s: examples and prompts") % {"model": spec.name},
        text=f"{spec.description}. {text}" if language == "en" else text,
        description=_("Works made with %(model)s, each with its prompt; what it costs and how long it takes.")
        % {"model": spec.name},
        more=_("More works"),
    )


def of_search(q: str, *, is_found: bool) -> Wording:
    """`q` is what was searched for in the end."""
    name = _("Works with “%(words)s”") if is_found else _("No works match “%(words)s”")
    name = name % {"words": q} if q else _("Search the gallery")
    text = _("Search titles, descriptions, keywords and prompts of the gallery, in Thai and in English.")
    return Wording(name=name, title=name, text=text, description=text, more=_("More works"))


def of_month(name: str) -> Wording:
    text = _("Everything that was published in %(month)s, newest first.") % {"month": name}
    return Wording(
        name=name,
        title=_("%(month)s: works made with AI") % {"month": name},
        text=text,
        description=text,
        more=_("More works"),
    )


def of_kind(media_type: str) -> Wording:
    name, title, text, more = {
        "image": (
            _("Images"),
            _("AI images with their prompts"),
            _("Still pictures made with AI, newest first. Open one to read the words behind it."),
            _("More images"),
        ),
        "video": (
            _("Videos"),
            _("AI videos with their prompts"),
            _("Short films made with AI, newest first. They play when you ask them to, and never before."),
            _("More videos"),
        ),
        "audio": (
            _("Audio"),
            _("AI voices, music and sounds"),
            _("Voices, music and soundscapes made with AI, newest first, each with its own text."),
            _("More audio"),
        ),
    }[media_type]
    return Wording(name=name, title=title, text=text, description=text, more=more)


def of_shelf(shelf: Shelf, language: str) -> Wording:
    name, text = shelf.text("name", language), shelf.text("description", language)
    has_thai = bool(shelf.translations.get("th", {}).get("name"))
    return Wording(
        name=name,
        title=_("%(category)s: works made with AI") % {"category": name},
        text=text,
        description=text
        or _("Pictures, films and sound on the subject of %(category)s, made with AI.") % {"category": name},
        more=_("More of %(category)s") % {"category": name},
        lang="en" if language == "th" and not has_thai else "",
    )
