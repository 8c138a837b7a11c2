import io
import re
from collections import Counter

import pytest
from django.core.management import CommandError, call_command

from accounts.models import LedgerEntry, User
from gallery import moderation
from gallery.demo import filling
from gallery.demo.catalogue import read, works
from gallery.models import Category, Item
from gallery.tests.factories import make_staff
from gallery.tests.working import worker
from generation import catalogue
from generation.models import GenerationTask
from smartspec.lib import thai

TEXTS = ("title", "description", "alt_text")


def test_the_collection_is_as_large_and_varied_as_promised():
    kinds = Counter(work.kind for work in works())
    assert kinds["image"] >= 24
    assert kinds["video"] >= 4
    assert kinds["audio"] >= 3
    ratios = {work.options.get("aspect_ratio") for work in works() if work.kind == "image"}
    assert len(ratios) >= 8
    assert len({work.model for work in works()}) >= 7


@pytest.mark.parametrize("work", works(), ids=lambda work: work.name)
def test_a_work_says_enough_in_its_own_language_to_be_found_by_search_engines(work):
    assert len(work.title) >= 10
    assert len(work.description) >= 80
    assert work.alt_text not in ("", work.title)


def test_half_of_the_titles_and_prompts_are_thai():
    assert sum(thai.is_thai(work.title) for work in works()) * 2 >= len(works())
    assert sum(thai.is_thai(work.prompt) for work in works()) * 2 >= len(works())


@pytest.mark.parametrize("text", [*TEXTS, "prompt", "name"])
def test_nothing_is_said_twice(text):
    said = [getattr(work, text) for work in works()]
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("work", works(), ids=lambda work: work.name)
def test_every_label_is_whole(work):
    assert all(getattr(work, text) for text in TEXTS)
    assert work.alt_text not in (work.title, work.description)
    assert (work.language == "th") is thai.is_thai(work.title)
    assert len(work.keywords) == 3
    for language, texts in work.translations.items():
        assert set(texts) == set(TEXTS)
        assert (language == "th") is thai.is_thai(texts["title"])
    if work.language == "en":
        assert len(re.findall(r"[.!?](?:\s|$)", work.description)) >= 2
    else:
        assert work.description.count(" ") >= 1


@pytest.mark.parametrize("work", works(), ids=lambda work: work.name)
def test_every_order_is_one_that_its_model_takes(work):
    spec = catalogue.get_model(work.model)
    assert spec.media_type == work.kind
    catalogue.accept(spec, work.options | {"prompt": work.prompt})


def test_every_work_stands_on_a_shelf_and_no_shelf_is_bare():
    shelves = {entry["slug"]: entry.get("parent") for entry in read("categories")}
    used = {slug for work in works() for slug in work.categories}
    assert len(shelves) == 6
    assert all(work.categories for work in works())
    assert used <= set(shelves)
    assert set(shelves) <= used | {parent for parent in shelves.values() if parent}
    assert {shelves[parent] for parent in shelves.values() if parent} == {None}


def test_three_works_are_featured():
    assert sum(work.featured for work in works()) == 3


@pytest.fixture
def few(monkeypatch, sandbox):
    """Two works are enough to see it work."""
    chosen = [next(work for work in works() if work.kind == kind) for kind in ("image", "audio")]
    monkeypatch.setattr(filling, "works", lambda: chosen)
    return chosen


def fill(**options):
    out = io.StringIO()
    call_command("demo", stdout=out, **options)
    return out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_the_gallery_is_filled_once_however_often_it_is_asked(few):
    with worker():
        assert "2 works are in the gallery" in fill()
        assert "complete" in fill()
    assert {item.title for item in Item.objects.public()} == {work.title for work in few}
    assert GenerationTask.objects.count() == 2
    assert Category.objects.count() == 6
    demo = User.objects.get(username="demo")
    assert demo.credits.balance == 0
    assert LedgerEntry.objects.filter(account=demo.credits, kind="grant").count() == 1


@pytest.mark.django_db(transaction=True)
def test_what_a_moderator_took_down_stays_down(few):
    with worker():
        fill()
        item = Item.objects.public().filter(media_type="image").get()
        moderation.reject(item, by=make_staff(), reason="not for us")
        fill()
    assert Item.objects.get(pk=item.pk).status == "rejected"


@pytest.mark.django_db(transaction=True)
def test_a_failed_work_is_named_and_made_the_next_time(few, sandbox):
    sandbox.desk.mode.set({"faults": {"fail": True, "no-callback": True}, "sketch": True})
    with worker(), pytest.raises(CommandError, match=few[0].name):
        fill()
    assert not Item.objects.exists()
    sandbox.desk.mode.set({"faults": {"no-callback": True}, "sketch": True})
    with worker():
        assert "2 works" in fill()


@pytest.mark.django_db(transaction=True)
def test_without_a_worker_the_demo_says_so_and_goes_on_later(few):
    with pytest.raises(CommandError, match="No worker"):
        fill(patience=0.3)
    with worker():
        assert "2 works" in fill()
    assert GenerationTask.objects.count() == 2
