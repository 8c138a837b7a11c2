from datetime import UTC, datetime

import pytest

from gallery import listing
from gallery.archive import month_bounds
from gallery.tests.factories import make_item

pytestmark = pytest.mark.django_db


def at(*moment):
    return datetime(*moment, tzinfo=UTC)


def titles(**wishes):
    return [card.title for card in listing.cards(**wishes).items]


def test_months_begin_at_midnight_in_bangkok():
    assert month_bounds(2026, 12) == (at(2026, 11, 30, 17), at(2026, 12, 31, 17))


@pytest.mark.parametrize("month", [(2026, 0), (2026, 13), (0, 1)])
def test_what_is_no_month_is_refused(month):
    with pytest.raises(ValueError):
        month_bounds(*month)


def test_months_with_listed_works_are_named_newest_first(django_assert_num_queries):
    for moment in [(2026, 1, 31, 16, 59), (2026, 1, 31, 17), (2025, 11, 5), (2026, 2, 2)]:
        make_item(published_at=at(*moment))
    make_item(published_at=at(2026, 3, 1), is_public=False)
    with django_assert_num_queries(2):
        assert listing.months() == [(2026, 2), (2026, 1), (2025, 11)]


def test_an_empty_gallery_has_no_months():
    assert listing.months() == []


def test_a_month_lists_its_works():
    make_item(title="last of january", published_at=at(2026, 1, 31, 16, 59))
    make_item(title="first of february", published_at=at(2026, 1, 31, 17))
    make_item(title="film", published_at=at(2026, 2, 2), media_type="video")
    assert titles(month=(2026, 1)) == ["last of january"]
    assert titles(month=(2026, 2)) == ["film", "first of february"]
    assert titles(month=(2026, 2), media_type="video") == ["film"]
    assert titles(month=(2026, 3)) == []


def test_a_month_is_walked_to_its_end_however_long():
    for day in range(1, 8):
        make_item(title=str(day), published_at=at(2026, 2, day))
    walked, cursor = [], None
    while True:
        found = listing.cards(month=(2026, 2), limit=2, cursor=cursor)
        walked += [card.title for card in found.items]
        cursor = found.next_cursor
        if cursor is None:
            break
    assert walked == list("7654321")
