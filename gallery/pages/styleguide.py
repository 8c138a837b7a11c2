"""Every component in every state, on one page, without a single row in the database."""

from django.utils.translation import gettext as _

from gallery import addresses
from gallery.cards import RATIOS
from gallery.listing import MAX_PAGES, PAGE_SIZE
from gallery.pages import paging, seo, sharing
from gallery.pages.around import Around
from gallery.pages.complaints import TakedownForm
from gallery.pages.facts import Fact
from gallery.pages.filters import FilterLink, Filters
from gallery.pages.front import Lead
from gallery.pages.links import Leaf, Link
from gallery.pages.marking import marked
from gallery.pages.styleguide_works import frames, picture, searches
from gallery.pages.texts import Texts
from gallery.pages.tiles import Tile
from gallery.pages.using import Using
from smartspec.lib.tokens import query

COLOURS = ["paper", "wall", "ink", "ink-2", "line", "line-strong", "rong", "danger"]
HUES = [f"p-{hue}" for hue in range(12)] + ["p-n"]
WAVE = "".join(
    f"M{3 + 6 * at} {36 - reach}V{36 + reach}" for at, reach in enumerate([3, 9, 21, 30, 15, 6] * 8)
)
CRUMBS = (("Gallery", ""), ("Images", ""), ("ผ้าไทย", "th"), ("Indigo", ""))
THAI_TITLE = "น้ำขึ้นที่บ้านผู้ใหญ่ กรุงเทพฯ"
LONG_TITLE = (
    "A title that goes on until its third line and is cut there, because a label is no place for a story"
)
JSON = '{\n  "model_id": "seedream-4-5",\n  "prompt": "น้ำขึ้น"\n}'
PROMPT = "Layered mountain ridges at sunset above a teak forest, thin haze between each ridge, low white sun"


def context() -> dict:
    language = addresses.current()
    here = addresses.in_language("/styleguide", language)
    head = seo.Head(
        title="Style guide",
        description="Every component of the gallery in every state.",
        canonical="",
        language=language,
        image=seo.brand_image(),
        robots=seo.NOT_INDEXED,
    )
    return {"head": head, "here": here} | palette() | ways(here) | words(here, head) | works(here)


def palette() -> dict:
    return {"colours": COLOURS, "hues": HUES, "ratios": sorted(RATIOS)}


def ways(here: str) -> dict:
    """Everything that leads somewhere else."""
    return {
        "filters_shown": filter_bar(here),
        "leaf": Leaf(here, _("More works"), _("Page %(number)s of %(last)s") % {"number": 5, "last": 21}),
        "pagers": pagers(here),
        "crumbs_shown": [Link(word, here, lang) for word, lang in CRUMBS],
        "searches": searches(here),
    }


def words(here: str, head: seo.Head) -> dict:
    """Everything that stands beside a work."""
    kin = (Link("The newer work", here), Link(THAI_TITLE, here, "th"), Link("Its origin", here))
    typed = {"url": "", "reason": "hate", "text": "Typed before", "contact": "nobody"}
    return {
        "facts_shown": facts(here),
        "prompt_text": PROMPT,
        "sharing_shown": sharing.sharing(
            url=addresses.absolute(here), title=THAI_TITLE, image=head.image.url, language=head.language
        ),
        "around_shown": Around(*kin, ()),
        "using_shown": Using("smartspec://generate", JSON, f"curl {addresses.absolute('/api')} -d '{JSON}'"),
        "form_shown": TakedownForm(typed),
    }


def works(here: str) -> dict:
    """Works themselves, small and large."""
    return {
        "tiles": tiles(here),
        "told_tiles": [tile._replace(title=marked(tile.title, query("picture ขึ้น"))) for tile in tiles(here)],
        "frames": frames(WAVE),
        "leads": [lead(here, featured=True), lead(here, featured=False)],
    }


def filter_bar(here: str) -> Filters:
    return Filters(
        kinds=[FilterLink("All", here, True), FilterLink("Images", here), FilterLink("Videos", here)],
        sorts=[FilterLink("Recent", here, True), FilterLink("Popular", here)],
        topics=[
            FilterLink("All subjects", here, True),
            FilterLink("Landscape", here),
            FilterLink("ผ้าไทย", here, lang="th"),
        ],
    )


def tiles(here: str) -> list[Tile]:
    """A picture, one on a mat, one that is still to come, a film, a sound, a Thai title, a long one."""
    plain = Tile(
        href=here,
        title="A picture",
        lang="",
        alt="The mark of the gallery",
        medium="Image, Seedream 4.5",
        classes="card r-190 p-n",
        picture=picture(),
        wave=None,
        media_type="image",
        kind="Image",
        length="",
        preview=None,
        is_lazy=True,
        is_first=False,
    )
    sound = {"media_type": "audio", "kind": "Audio", "picture": None, "wave": WAVE, "length": "0:24"}
    return [
        plain,
        plain._replace(title="On a mat", classes="card card--mat r-100 p-7"),
        plain._replace(title="Still to come", classes="card r-133 p-1", picture=None),
        plain._replace(title="A film", media_type="video", kind="Video", length="0:08"),
        plain._replace(title="A film of unknown length", media_type="video", kind="Video"),
        plain._replace(title="A sound", classes="card card--audio r-133", **sound),
        plain._replace(title=THAI_TITLE, lang="th", classes="card r-178 p-n"),
        plain._replace(title=LONG_TITLE),
    ]


def pagers(here: str) -> list[paging.Pager]:
    """First, middle and last page; the end known and unknown."""
    known = PAGE_SIZE * 21
    return [
        paging.pager(here, here=1, has_next=True, total=known),
        paging.pager(here, here=4, has_next=True, total=known),
        paging.pager(here, here=21, has_next=False, total=known),
        paging.pager(here, here=7, has_next=True),
        paging.pager(here, here=MAX_PAGES, has_next=True),
    ]


def facts(here: str) -> list[Fact]:
    return [
        Fact("Made with", "Seedream 4.5"),
        Fact("Published", "22 November 2026", machine="2026-11-22T09:30:00+07:00"),
        Fact("Categories", links=(Link("Landscape", here), Link("ผ้าไทย", here, "th"))),
        Fact("Origin", "Generated with AI.", id="made"),
    ]


def lead(here: str, *, featured: bool) -> Lead:
    own = Texts("Last light on the teak ridge", "Five ridges, one haze.", "Amber ridges", "en", True)
    foreign = Texts(THAI_TITLE, "ทะเลสีครามลึกใต้แสงจันทร์ เห็นคลื่นทีละลูก", "ทะเลกลางคืน", "th", False)
    return Lead(
        id=None,
        href=here,
        texts=own if featured else foreign,
        card={"ratio": "190", "colour": "p-n", "peaks": WAVE},
        medium="Image, Seedream 4.5" if featured else "Audio, ElevenLabs",
        picture=picture() if featured else None,
        is_featured=featured,
    )
