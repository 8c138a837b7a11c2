"""Thumbnails that were made anew are shown everywhere under their new addresses."""

import pytest

from gallery import cards, oembed, submission
from gallery.pages import pictures
from gallery.tests.factories import make_task
from storage_app import derivatives, renditions
from storage_app import jobs as storage_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(monkeypatch):
    task = make_task(prompt="A lantern boat")
    item = submission.create_from_task(task, by=task.user, fields={"title": "Boat"})
    while storage_jobs.sweep(50):
        pass
    monkeypatch.setitem(derivatives.RECIPES, 2, derivatives.RECIPES[1])
    renditions.remake(item.media, recipe=2)
    item.refresh_from_db()
    return item


def test_lists_pages_and_embeds_name_the_recipe(item):
    assert item.card["recipe"] == 2
    large = pictures.large(item.card)
    assert "/thumbnails/480-r2/" in large.src
    assert large.avif.count("-r2/") == large.avif.count(",") + 1
    assert "/thumbnails/480-r2/" in cards.thumbnail_url(item.card)
    assert "/thumbnails/320-r2/" in oembed.photo(item, oembed.Size(400, 300))["url"]


def test_the_first_recipe_is_not_written_on_cards():
    task = make_task()
    item = submission.create_from_task(task, by=task.user, fields={"title": "Boat"})
    assert "recipe" not in item.card
