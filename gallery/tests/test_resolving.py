import pytest

from gallery import moderation, reports, resolving, slugs
from gallery.errors import Gone
from gallery.tests.factories import make_item, make_staff
from smartspec.lib.errors import NotFound

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    "path, place",
    [
        ("/gallery/boat", ("boat", "en")),
        ("/th/gallery/boat", ("boat", "th")),
        ("/gallery/%E0%B9%82%E0%B8%84%E0%B8%A1?utm_source=x#top", ("โคม", "en")),
        ("/gallery", None),
        ("/gallery/images", None),
        ("/gallery/category/boats", None),
        ("/admin/boat", None),
        ("/gallery/bo%00at", None),
        ("", None),
    ],
)
def test_an_address_of_a_work_names_it_and_its_language(path, place):
    assert resolving.place_of(SITE + path) == place


@pytest.mark.parametrize(
    "url", ["", "boat", "https://elsewhere.example/gallery/boat", "http://[/gallery/boat"]
)
def test_other_sites_have_no_works_of_ours(url):
    assert resolving.place_of(url) is None
    assert resolving.item_at(url) is None


def test_a_former_slug_leads_to_the_work():
    item = make_item(slug="boat")
    slugs.rename(item, "ship", by=make_staff())
    assert resolving.shown("boat") == item
    assert resolving.item_at(f"{SITE}/th/gallery/boat") == item


def test_what_is_gone_is_told_from_what_never_was():
    moderation.remove(make_item(slug="boat", files=True), by=make_staff(), reason="no")
    make_item(slug="hidden", is_public=False)
    with pytest.raises(Gone):
        resolving.shown("boat")
    for slug in ("hidden", "never"):
        with pytest.raises(NotFound):
            resolving.shown(slug)


def test_a_report_about_an_address_finds_the_work():
    item = make_item(slug="boat")
    report = reports.receive(
        reason="copyright", text=" Mine. ", url=f"{SITE}/gallery/boat", contact="a@b.example"
    )
    assert (report.item, report.text, report.contact) == (item, "Mine.", "a@b.example")
    assert reports.receive(reason="other", url="https://elsewhere.example").item is None
