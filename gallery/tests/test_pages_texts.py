"""Every text of the public pages exists in both languages."""

import ast
import gettext
import re

import pytest
from django.conf import settings
from django.utils import translation

from gallery.pages import wording

FOLDER = settings.BASE_DIR / "templates"
TEMPLATES = [FOLDER / "base.html", *FOLDER.glob("components/*.html"), *FOLDER.glob("gallery/*.html")]
MODULES = sorted((settings.BASE_DIR / "gallery/pages").glob("*.py"))
QUOTED = re.compile(r"""_\((?:'([^']*)'|"([^"]*)")\)""")
CATALOGUE = settings.BASE_DIR / "locale/th/LC_MESSAGES"
ENTRY = re.compile(r'^msgid "(.*)"\n(?:msgid_plural .*\n)?msgstr(?:\[0\])? "(.*)"', re.MULTILINE)
SAME = {"%(amount)s KB", "%(amount)s MB"}


def texts_of_template(path) -> set[str]:
    return {one or two for one, two in QUOTED.findall(path.read_text(encoding="utf-8"))}


def texts_of_module(path) -> set[str]:
    """The literals given to `_` and `gettext_lazy`."""
    calls = [
        node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
    ]
    return {
        call.args[0].value
        for call in calls
        if getattr(call.func, "id", "") in ("_", "gettext_lazy") and isinstance(call.args[0], ast.Constant)
    }


@pytest.mark.parametrize("path", [*TEMPLATES, *MODULES], ids=lambda path: path.name)
def test_every_text_speaks_thai(path):
    texts = texts_of_template(path) if path.suffix == ".html" else texts_of_module(path)
    with translation.override("th"):
        silent = {text for text in texts if translation.gettext(text) == text}
    assert silent - SAME == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_texts_that_the_collector_sees(path):
    """`makemessages` reads only `{{ _('…') … }}` and `{% set … _('…') … %}`, and no trans block."""
    source = path.read_text(encoding="utf-8")
    assert "{% trans" not in source
    seen = set(re.findall(r"{{-?\s*_\('([^']*)'\)", source))
    for block in re.findall(r"{%.*?%}", source):
        seen |= {one or two for one, two in QUOTED.findall(block)}
    assert texts_of_template(path) - seen == set()


@pytest.mark.parametrize(
    "text", ["Page %(number)s of %(last)s", "%(title)s, page %(number)s", "%(count)s works"]
)
def test_translations_keep_their_gaps(text):
    with translation.override("th"):
        assert set(re.findall(r"%\(\w+\)s", translation.gettext(text))) == set(re.findall(r"%\(\w+\)s", text))


@pytest.mark.parametrize("language", ["en", "th"])
def test_descriptions_have_a_length_that_results_show(language):
    with translation.override(language):
        pages = [wording.of_front(), *map(wording.of_kind, ("image", "video", "audio"))]
    assert [page.title for page in pages if not 25 <= len(page.description) <= 320] == []
    assert [page.title for page in pages if not 10 <= len(f"{page.title} | {settings.SITE_NAME}") <= 65] == []


def test_the_catalogue_is_whole_and_compiled():
    """Nothing is left empty or doubtful in the Thai catalogue, and the compiled one says the same."""
    source = (CATALOGUE / "django.po").read_text(encoding="utf-8")
    entries = ENTRY.findall(source.split("\n\n", 1)[1])
    with open(CATALOGUE / "django.mo", "rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert "fuzzy" not in source
    assert [english for english, thai in entries if not thai] == []
    plain = {english: thai for english, thai in entries if "\\" not in english + thai}
    assert {english: compiled.gettext(english) for english in plain} == plain
