"""What visitors do in the gallery: they look, like, share, search, and make something of their own."""

from itertools import pairwise

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gallery.numbers.book import Book, What
from gallery.numbers.sheets.sheet import Bars, Column, Days, Sheet, a_period_later, day_of, per_day

TITLES = {  # of words that stand for something; all others are shown as they are
    "": _("others"),
    "line": "LINE",
    "facebook": "Facebook",
    "x": "X",
    "threads": "Threads",
    "bluesky": "Bluesky",
    "whatsapp": "WhatsApp",
    "telegram": "Telegram",
    "pinterest": "Pinterest",
    "reddit": "Reddit",
    "mail": _("E-mail"),
    "copy": _("Link copied"),
    "send": _("The device's own menu"),
}
KINDS = {"image": _("image"), "video": _("video"), "audio": _("audio")}


def views(book: Book, before: Book) -> Sheet:
    names = ("views", "visitors", "robot_views")
    return Sheet(
        "views",
        _("Views and visitors"),
        _("A view is a second of looking at a work. Visitors are told apart for a day, robots stand apart."),
        (
            day_of(book),
            Column("views", _("Views")),
            Column("visitors", _("Visitors")),
            Column("robots", _("Views by robots")),
            Column("before", _("Views, period before")),
        ),
        per_day(book, *map(book.by_day, names), a_period_later(book, before.by_day("views"))),
        Days(stack=("views",), lines=("visitors",), before="before"),
    )


def likes(book: Book, before: Book) -> Sheet:
    return Sheet(
        "likes",
        _("Likes and shares"),
        _("Likes less those taken back that day, and presses of a button that shares."),
        (
            day_of(book),
            Column("likes", _("Likes")),
            Column("shares", _("Shares")),
            Column("before", _("Likes, period before")),
        ),
        per_day(
            book, book.done(What.LIKE), book.done(What.SHARE), a_period_later(book, before.done(What.LIKE))
        ),
        Days(lines=("likes", "shares"), before="before"),
    )


def words_of(book: Book, what: What) -> list[tuple]:
    found = book.words.get(what, [])
    return [(TITLES.get(words, words), count) for words, count in found]


def shares(book: Book, before: Book) -> Sheet:
    return Sheet(
        "shares",
        _("Ways of sharing"),
        _("Which button was pressed."),
        (Column("way", _("Way"), "text"), Column("shares", _("Shares"))),
        words_of(book, What.SHARE),
        Bars("shares"),
    )


def missed(book: Book, before: Book) -> Sheet:
    return Sheet(
        "searches",
        _("Searches without result"),
        _("What was sought most and not found: subjects for new works. Robots are left out."),
        (Column("words", _("Sought"), "text"), Column("times", _("Times"))),
        words_of(book, What.MISSED),
        Bars("times"),
    )


def funnel(book: Book, before: Book) -> Sheet:
    def steps(of: Book) -> list[int]:
        pressed = of.done(What.REMIX).total()
        return [of.total("views"), pressed, of.total("remixes"), of.total("remixes_completed")]

    now, then = steps(book), steps(before)
    titles = (
        _("Works looked at"),
        _("“Use this prompt” pressed"),
        _("Remixes ordered"),
        _("Remixes delivered"),
    )
    shares = [None, *(step / last if last else None for last, step in pairwise(now))]
    return Sheet(
        "funnel",
        _("From looking to making"),
        _("Each step as a share of the one before. A remix is a task that names the work it was made from."),
        (
            Column("step", _("Step"), "text"),
            Column("number", _("Number")),
            Column("share", _("Of the step before"), "share"),
            Column("before", _("Period before")),
        ),
        list(zip(titles, now, shares, then, strict=True)),
        Bars("number", note="share"),
    )


def top(book: Book, before: Book) -> Sheet:
    return Sheet(
        "works",
        _("Works seen most"),
        _("Of every day that is over, its 200 most seen works are counted."),
        (
            Column("work", _("Work"), "text"),
            Column("kind", _("Kind"), "text"),
            Column("views", _("Views")),
            Column("likes", _("Likes")),
        ),
        [(seen.title, KINDS[seen.media_type], seen.views, seen.likes) for seen in book.top],
        Bars("views"),
        links={n: reverse("gallery:item", args=[seen.slug]) for n, seen in enumerate(book.top)},
    )
