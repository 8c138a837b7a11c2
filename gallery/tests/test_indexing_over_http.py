"""In the sitemap, if and only if the page answers 200, calls itself canonical and lets itself be indexed.

Works in all states and with all kinds of texts, made by chance, read as a search engine reads them.
"""

import random
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from django.utils import timezone

from gallery import moderation, sitemap_parts
from gallery.models import Category, Item
from gallery.search import upkeep
from gallery.tests.factories import make_category, make_item, make_staff
from gallery.tests.reading import Page
from gallery.tests.test_feeds import links
from gallery.tests.test_indexing import THAI
from gallery.tests.test_sitemaps import SITE, locations, works
from generation.catalogue import ALL_MODELS
from storage_app.provenance import remember_likeness

pytestmark = pytest.mark.django_db
WORKS = 90
TITLES = ("A boat with a lantern at dusk", "Boat", "Boat      \u00a0  ", "เรือโคมลอยในยามเย็น")
DESCRIPTIONS = (
    "",
    "Short.",
    "Long enough to say in words of its own what is to be seen on this picture of boats.",
)
ALTS = ("", " ", "Orange light on black water", TITLES[0], TITLES[0].upper())
TRANSLATIONS = (
    {},
    {"th": THAI},
    {"th": {"title": THAI["title"]}},
    {"th": THAI | {"alt_text": ""}},
    {"en": {"title": TITLES[0], "description": DESCRIPTIONS[2], "alt_text": ALTS[2]}},
)
STATES = ("shown",) * 5 + ("pending", "hidden", "rejected", "withdrawn", "removed", "sensitive")
LOOKS = (None, None, 0x0F0F_1234_5678_9ABC, 0x0F0F_1234_5678_9ABF, 0x7FFF_0000_FFFF_0000)
RIGHTS = ({}, {"license_url": "https://example.org/licence", "credit_text": "Studio"})
ENDS = {"rejected": moderation.reject, "withdrawn": moderation.withdraw, "removed": moderation.remove}


def made_by_chance(chance, number):
    state, language = chance.choice(STATES), chance.choice(("en", "en", "th"))
    translations = chance.choice(TRANSLATIONS)
    media_type = chance.choice(("image", "image", "video", "audio"))
    item = make_item(
        slug=f"work-{number}",
        shown=state != "pending",
        rating="sensitive" if state == "sensitive" else "general",
        is_public=state != "hidden",
        language=language,
        title=chance.choice(TITLES),
        description=chance.choice((DESCRIPTIONS[2], *DESCRIPTIONS)),
        alt_text=chance.choice((ALTS[2], *ALTS)),
        translations={name: said for name, said in translations.items() if name != language},
        prompt=chance.choice(("", "", "A boat at dusk", f"Boat {number}", f"Boat {number}")),
        media_type=media_type,
        rendered=False,
        meta_title=chance.choice(("", "Told to search engines")),
        asset={"likeness": None if media_type == "audio" else chance.choice(LOOKS)},
        **chance.choice(RIGHTS),
        **({} if state == "pending" else {"published_at": timezone.now() - timedelta(hours=chance.random())}),
    )
    if item.media.likeness is not None:
        remember_likeness(item.media)
        sitemap_parts.mark(upkeep.refresh(item))
    if state in ENDS:
        ENDS[state](item, by=make_staff(), reason="no")
    return item.slug


def is_offered(client, path):
    """Whether a search engine would take this page; checks what hangs together with it."""
    answer = client.get(path)
    if answer.status_code != 200:
        assert answer.status_code in (404, 410)
        return False
    page = Page(answer)
    canonical, is_indexed = page.link("canonical"), not page.meta("robots").startswith("noindex")
    if page.alternates:
        assert is_indexed
        assert canonical in page.alternates.values()
    return is_indexed and canonical == f"{SITE}{path}"


def test_the_sitemap_tells_of_exactly_the_pages_that_offer_themselves(client):
    chance = random.Random(7)
    slugs = [made_by_chance(chance, number) for number in range(WORKS)]
    for language, prefix in (("en", ""), ("th", "/th")):
        paths = [f"{prefix}/gallery/{slug}" for slug in slugs]
        offered = {f"{SITE}{path}" for path in paths if is_offered(client, path)}
        told = works(client, language)
        assert set(told) == offered
        assert len(told) == len(offered)
        assert set(links(client, f"{prefix}/gallery/feed")) <= offered
        assert 3 < len(offered) < WORKS / 2  # chance made some of either sort
    assert {"approved", "removed", "withdrawn"} <= set(Item.objects.values_list("status", flat=True))


def test_languages_point_at_each_other_only_where_both_are_offered(client):
    chance = random.Random(8)
    for slug, language in product([made_by_chance(chance, number) for number in range(20)], ("en", "th")):
        path = f"{'/th' if language == 'th' else ''}/gallery/{slug}"
        answer = client.get(path)
        if answer.status_code != 200:
            continue
        for url in Page(answer).alternates.values():
            other = Page(client.get(url.removeprefix(SITE)))
            assert f"{SITE}{path}" in other.alternates.values()
            assert is_offered(client, url.removeprefix(SITE))


def possible_pages():
    """Addresses of every page there might be that is not about one work."""
    kinds = ("images", "videos", "audio")
    shelves = Category.objects.values_list("slug", flat=True)
    models = (model.replace("/", "-") for model in ALL_MODELS)
    return [
        "/gallery",
        *(f"/gallery/{kind}" for kind in kinds),
        *(f"/gallery/category/{slug}" for slug in shelves),
        *(f"/gallery/model/{model}" for model in models),
        "/gallery/archive",
        *(f"/gallery/archive/2026/{month:02}" for month in range(1, 13)),
        *("/about/terms", "/about/privacy", "/about/licence", "/takedown", "/verify"),
        *("/gallery/search", "/gallery/search?q=boat", "/gallery?sort=popular", "/gallery/images?page=2"),
    ]


def test_the_sitemap_tells_of_exactly_the_other_pages_that_offer_themselves(client):
    chance = random.Random(9)
    top = make_category("Nature", translations={"th": {"name": "ธรรมชาติ"}})
    closed = make_category("Closed", is_active=False)
    shelves = [
        make_category("Water", parent=top),
        make_category("Fire", translations={"th": {"name": "ไฟ"}}),
        make_category("Below the closed one", parent=closed),
        make_category("Bare"),
    ]
    for number in range(12):
        make_item(
            categories=(shelves[number % 3],),
            media_type=chance.choice(("image", "video")),
            rating=chance.choice(("general", "general", "sensitive")),
            is_public=chance.random() < 0.8,
            model_id=chance.choice(list(ALL_MODELS)),
            published_at=datetime(2026, chance.randint(1, 9), 5, tzinfo=UTC),
            rendered=False,
        )
    paths = [f"{prefix}{path}" for prefix in ("", "/th") for path in possible_pages()]
    offered = {f"{SITE}{path}" for path in paths if is_offered(client, path)}
    assert set(locations(client, "/sitemap-pages.xml")) == offered
    assert 20 < len(offered) < len(paths) / 2
