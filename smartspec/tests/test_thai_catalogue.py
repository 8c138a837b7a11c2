"""Staff read Thai throughout: our own catalogue, and what Django leaves unsaid in its."""

import re
from pathlib import Path

import django
import pytest
from django.conf import settings
from django.utils import translation

ENTRY = re.compile(
    r'^msgid ((?:".*"\n)+)(?:msgid_plural (?:".*"\n)+)?msgstr(?:\[0\])? ((?:".*"\n?)+)', re.MULTILINE
)
OURS = settings.BASE_DIR / "locale/th/LC_MESSAGES/django.po"
DJANGO = Path(django.__file__).parent / "contrib"
SAME = {"%(amount)s KB", "%(amount)s MB"}  # the same in both languages
SAME_IN_DJANGO = {  # words of tables that nobody is shown, of cryptography, and a pattern
    *("log entry", "log entries", "action flag", "object repr", "%(class_name)s %(instance)s"),
    *("algorithm", "checksum", "hash", "iterations", "salt"),
}


def entries(path: Path) -> dict[str, str]:
    found = ENTRY.findall(path.read_text(encoding="utf-8").split("\n\n", 1)[1])
    return {joined(english): joined(thai) for english, thai in found}


def joined(lines: str) -> str:
    text = "".join(re.findall(r'"(.*)"', lines))
    return text.replace('\\"', '"').replace("\\n", "\n")


def test_no_message_of_ours_is_the_same_in_thai_unless_it_is_listed():
    assert {english for english, thai in entries(OURS).items() if english == thai} == SAME


@pytest.mark.parametrize("app", ["admin", "auth"])
def test_django_says_nothing_in_english_to_whoever_reads_thai(app):
    known = entries(DJANGO / app / "locale/en/LC_MESSAGES/django.po")
    assert len(known) > 50
    with translation.override("th"):
        silent = {english for english in known if translation.gettext(english) == english}
    assert silent - SAME_IN_DJANGO == set()
