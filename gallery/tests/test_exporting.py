"""Works are taken along in every state, with what was decided about them."""

import json

import pytest

from accounts.archive import File, lines
from accounts.tests.factories import make_user
from gallery import moderation
from gallery.exporting import parts_of
from gallery.tests.factories import make_category, make_item, make_staff

pytestmark = pytest.mark.django_db


def told(user) -> tuple[list[dict], list[str]]:
    """The document's rows, and the names of the files."""
    rows, names = [], []
    for part in parts_of(user=user):
        if isinstance(part, File):
            names.append(part.name)
        else:
            rows = json.loads(b"".join(lines(part.rows)))
    return rows, names


def test_shown_and_hidden_works_come_with_their_files():
    user = make_user()
    shelf = make_category("Night")
    shown = make_item(created_by=user, files=True, rendered=False, categories=(shelf,))
    hidden = make_item(created_by=user, shown=False, files=True, rendered=False)
    make_item()
    rows, names = told(user)
    assert {(row["id"], row["status"]) for row in rows} == {
        (str(shown.pk), "approved"),
        (str(hidden.pk), "pending"),
    }
    assert set(names) == {f"media/{item.media.file.name}" for item in (shown, hidden)}
    assert {row["media"]["file"] for row in rows} == set(names)
    assert {tuple(row["categories"]) for row in rows} == {("night",), ()}


def test_decisions_come_with_their_reasons_and_without_who_decided():
    user, staff = make_user(), make_staff()
    moderation.reject(make_item(created_by=user, shown=False), by=staff, reason="too dark")
    [row] = told(user)[0]
    assert [(each["action"], each["reason"]) for each in row["decisions"]] == [("reject", "too dark")]
    assert str(staff.pk) not in json.dumps(row)


def test_a_work_without_a_file_is_told_too():
    user = make_user()
    item = make_item(created_by=user, shown=False, rendered=False)
    moderation.remove(item, by=None, reason="")
    [row] = told(user)[0]
    assert row["status"] == "removed"
