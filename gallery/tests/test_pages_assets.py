import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from gallery.cards import RATIOS
from gallery.pages import styleguide
from gallery.pages.assets import BUNDLES, SOURCE, BundleFinder, bundled
from gallery.tests.reading import Page

FOLDER = settings.BASE_DIR / "templates"
TEMPLATES = [FOLDER / "base.html", *FOLDER.glob("components/*.html"), *FOLDER.glob("gallery/*.html")]


@pytest.mark.parametrize("name", BUNDLES)
def test_a_bundle_is_found_and_holds_every_component(name):
    place = BundleFinder().find(name)
    text = Path(place).read_text(encoding="utf-8")
    assert text == bundled(name)
    for pattern in BUNDLES[name]:
        for path in SOURCE.glob(pattern):
            first_selector = re.search(r"^[.:\[][^{,]*", path.read_text(encoding="utf-8"), re.MULTILINE)
            assert path.suffix != ".css" or first_selector[0].strip() in text, path


def test_other_files_are_left_to_the_other_finders():
    assert BundleFinder().find("css/tokens.css") == []
    assert BundleFinder().find("css/tokens.css", find_all=True) == []


def test_pages_find_their_bundles_through_django():
    for name in BUNDLES:
        assert finders.find(name)


def test_an_edit_shows_without_a_build():
    finder = BundleFinder()
    place = finder.find("css/site.css")
    Path(place).write_text("old", encoding="utf-8")
    assert finder.find("css/site.css") == place
    assert Path(place).read_text(encoding="utf-8") == bundled("css/site.css")


def test_collectstatic_is_given_both():
    assert [name for name, _storage in BundleFinder().list([])] == ["css/site.css", "js/site.js"]


def test_stylesheet_and_script_are_small():
    assert len(gzip.compress(bundled("css/site.css").encode())) <= 10_240
    assert len(gzip.compress(bundled("js/site.js").encode())) <= 6_144


def test_every_ratio_has_its_class():
    css = bundled("css/site.css")
    assert [name for name in RATIOS if f".r-{name} {{" not in css] == []


def test_every_placeholder_colour_has_its_class():
    css = bundled("css/site.css")
    assert [name for name in styleguide.HUES if f".{name} {{" not in css] == []


def test_only_tokens_name_colours():
    """Every colour is a token, so that both themes and high contrast follow from one file."""
    strays = {
        path.name: re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(", path.read_text(encoding="utf-8"))
        for path in (SOURCE / "css").glob("**/*.css")
        if path.name != "tokens.css"
    }
    assert {name: found for name, found in strays.items() if found} == {}


def test_every_component_class_has_a_style():
    css = bundled("css/site.css")
    used = set()
    for path in TEMPLATES:
        for value in re.findall(r'class="([^"]*)"', path.read_text(encoding="utf-8")):
            used |= set(re.sub(r"{[{%].*?[}%]}", " ", value).split())
    unknown = {name for name in used if f".{name}" not in css and not name.endswith("-")}
    assert unknown == set()


def test_the_style_guide_names_every_component():
    guide = (FOLDER / "gallery/styleguide.html").read_text(encoding="utf-8")
    on_every_page = {"foot", "masthead", "icons", "picture"}
    beside_others = {"company"}  # rows under a heading
    components = {path.stem for path in FOLDER.glob("components/*.html")} - on_every_page - beside_others
    assert {name for name in components if f"components/{name}.html" not in guide} == set()


@pytest.mark.parametrize("path", ["/styleguide", "/th/styleguide"])
def test_the_style_guide_shows_every_component_without_a_row(client, settings, path):
    settings.STYLEGUIDE = True
    page = Page(client.get(path))
    assert page.left_open == []
    names = [heading.text for heading in page.all("h2", "specimen__name")]
    assert {"Buttons", "Filters", "Rows and cards", "Pagers", "Share", "Empty", "Likes"} <= set(names)
    assert {"The wall: A film", "The wall: Behind a click", "Spoken text"} <= set(names)
    assert len({e.attrs["id"] for e in page.elements if "id" in e.attrs}) == len(
        [e for e in page.elements if "id" in e.attrs]
    )


@pytest.mark.django_db
def test_the_style_guide_is_for_those_who_build(client, settings):
    settings.STYLEGUIDE = False
    assert client.get("/styleguide").status_code == 404
