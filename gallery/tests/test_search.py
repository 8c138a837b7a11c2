import os
import subprocess
import sys
from datetime import timedelta

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.utils import timezone

from gallery import editing, listing, moderation, search, walking
from gallery.models import SearchEntry, Word
from gallery.search import checks, spelling, upkeep
from gallery.tests.factories import make_category, make_item, make_staff

pytestmark = pytest.mark.django_db


def titles(q, **wishes):
    return [card.title for card in search.find(q=q, **wishes).listing.items]


def test_words_of_title_description_keywords_and_prompt_are_found():
    make_item(title="heron")
    make_item(title="b", description="a grey heron")
    make_item(title="c", keywords=["heron"])
    make_item(title="d", prompt="linocut of a HERON")
    assert titles("heron") == ["d", "c", "b", "heron"]


def test_words_of_the_translation_are_found_too():
    make_item(title="River", translations={"th": {"title": "แม่น้ำ", "description": "ยามเย็น"}})
    assert titles("แม่น้ำ") == titles("ยามเย็น") == ["River"]


@pytest.mark.parametrize("q", ["กรุงเทพ", "กรุงเทพฯ", "เทพ", "นก", "น", "ยามเย็น", "ยามเยน", "นก กรุงเทพ"])
def test_thai_is_found_inside_a_title_without_spaces(q):
    make_item(title="นกในกรุงเทพยามเย็น")
    make_item(title="ไม่ใช่ภาพ", description="", prompt="", alt_text="")
    assert titles(q)[-1] == "นกในกรุงเทพยามเย็น"


def test_pairs_that_stand_apart_are_no_word():
    make_item(title="กขxขค")
    assert titles("กข") == ["กขxขค"]
    assert titles("กขค") == []


def test_everything_asked_for_has_to_be_there():
    make_item(title="neon dragon")
    make_item(title="neon fish")
    assert titles("dragon neon") == ["neon dragon"]


def test_a_hidden_prompt_cannot_be_guessed_by_searching():
    make_item(prompt="secret recipe", show_prompt=False)
    assert titles("recipe") == []


@pytest.mark.parametrize("q", ["", " ", "!!!", "\N{SLIGHTLY SMILING FACE}"])
def test_a_search_without_a_word_finds_nothing(q):
    make_item()
    assert titles(q) == []
    assert search.find(q=q).corrected is None


def test_the_kind_narrows_a_search():
    make_item(title="wave", media_type="video")
    make_item(title="wave at night")
    assert titles("wave", media_type="video") == ["wave"]


def test_shelf_model_and_order_narrow_a_search_of_the_list():
    shelf = make_category()
    make_item(title="wave one", categories=(shelf,), model_id="flux-2")
    make_item(title="wave two", published_at=timezone.now() - timedelta(days=40))
    assert [card.title for card in listing.cards(q="wave", category=shelf).items] == ["wave one"]
    assert [card.title for card in listing.cards(q="wave", model="flux-2").items] == ["wave one"]
    assert [card.title for card in listing.cards(q="wave", sort="trending").items] == ["wave one"]


def test_what_changes_is_found_by_its_new_words_at_once():
    item = make_item(title="heron")
    editing.edit(item, by=make_staff(), fields={"title": "stork"})
    assert titles("stork") == ["stork"]
    assert titles("heron") == []


@pytest.mark.parametrize("verb", [moderation.hide, moderation.reject, moderation.remove])
def test_what_is_taken_down_is_not_found(verb):
    item = make_item(title="heron", files=True)
    verb(item, by=make_staff(), reason="no")
    assert titles("heron") == []
    assert not SearchEntry.objects.exists()


def test_a_sensitive_work_is_not_found():
    item = make_item(title="heron")
    moderation.rate(item, by=make_staff(), rating="sensitive")
    assert titles("heron") == []


def test_works_loaded_in_bulk_are_found_too():
    item = make_item(title="heron")
    SearchEntry.objects.all().delete()
    upkeep.enter([item])
    assert titles("heron") == ["heron"]


@pytest.mark.parametrize("sort", ["recent", "popular", "trending"])
@pytest.mark.parametrize("reach", [1, 3, 3000])
def test_pages_and_cursors_walk_through_a_search_once(monkeypatch, reach, sort):
    monkeypatch.setattr(walking, "REACH", reach)
    now = timezone.now()
    for number in range(7):
        make_item(title=f"wave {number}", published_at=now - timedelta(hours=number // 3))
        make_item(title=f"other {number}", published_at=now - timedelta(hours=number // 3))
    pages = [listing.cards(q="wave", sort=sort, page=page, limit=3) for page in (1, 2, 3)]
    paged = [card.title for page in pages for card in page.items]
    walked, cursor = [], None
    while True:
        found = listing.cards(q="wave", sort=sort, limit=2, cursor=cursor)
        walked += [card.title for card in found.items]
        cursor = found.next_cursor
        if cursor is None:
            break
    assert walked == paged
    assert sorted(walked) == [f"wave {number}" for number in range(7)]


def test_a_search_takes_one_query_for_the_common_and_two_for_the_rare(django_assert_num_queries):
    for number in range(3):
        make_item(title=f"wave {number}")
    with django_assert_num_queries(1):
        assert len(titles("wave", limit=2)) == 2
    with django_assert_num_queries(2):
        assert len(titles("wave")) == 3


@pytest.mark.parametrize(
    "typed, meant",
    [
        ("lnatern", "lantern"),
        ("lanten", "lantern"),
        ("Lantxrn", "lantern"),
        ("boatt", "boat"),
        ("riverr lanten", "river lantern"),
        ("watrcolur", "watercolour"),
        ("lanten แม่น้ำ", "lantern แม่น้ำ"),
    ],
)
def test_a_misspelt_word_is_taken_for_the_nearest_of_ours(typed, meant):
    make_item(title="lantern boat river watercolour แม่น้ำ")
    found = search.find(q=typed)
    assert found.corrected == meant
    assert found.words == meant.split()
    assert len(found.listing.items) == 1


@pytest.mark.parametrize("typed", ["bot", "lntrn", "wtrclr", "zzzzzzzz", "แม่นำ้ำ", "1234"])
def test_a_word_too_far_from_ours_is_left_alone(typed):
    make_item(title="lantern boat river watercolour 1243")
    assert search.find(q=typed).corrected is None


def test_a_word_that_finds_something_is_not_corrected():
    make_item(title="boot")
    make_item(title="boat")
    assert search.find(q="boot").corrected is None
    assert search.find(q="boot boat").corrected is None


def test_the_pages_after_the_first_mean_the_same():
    for _number in range(3):
        make_item(title="lantern")
    assert search.find(q="lanten", page=2, limit=2).corrected == "lantern"
    assert search.find(q="lantern", page=9, limit=2).corrected is None


def test_a_word_of_works_that_are_gone_is_no_correction():
    item = make_item(title="lantern", description="", prompt="")
    SearchEntry.objects.filter(item=item).delete()
    assert search.find(q="lanten").corrected is None


def test_words_are_learnt_once():
    spelling.learn(["paper boats"])
    spelling.learn(["paper boats and paper"])
    assert set(Word.objects.values_list("word", flat=True)) == {"paper", "boats", "and"}


@pytest.mark.parametrize(
    "one, other, far",
    [("boat", "boat", 0), ("boat", "baot", 1), ("boat", "boa", 1), ("boat", "cot", 2), ("", "ab", 2)],
)
def test_letters_are_added_dropped_changed_or_swapped(one, other, far):
    assert spelling.distance(one, other) == far


def test_whoever_finds_nothing_is_offered_what_finds_something():
    make_item(title="lantern by the water", categories=(make_category("Water"),))
    assert search.suggestions("lantern zebra") == ["lantern", "Water"]
    assert search.suggestions("lanten") == ["lantern", "Water"]


def test_however_many_words_find_nothing_the_database_is_asked_a_few_times(django_assert_num_queries):
    make_item(title="lantern by the water", categories=(make_category("Water"),))
    with django_assert_num_queries(10):
        search.suggestions("zeppelin lanten")
    with django_assert_num_queries(10):
        search.suggestions("zeppelin lanten wster xylophone quagmire dirigible labyrinth obelisk")


def test_suggestions_speak_the_language_of_the_search():
    shelf = make_category("Water", translations={"th": {"name": "สายน้ำ"}})
    make_item(title="สายน้ำยามเย็น", categories=(shelf,))
    assert search.suggestions("ม้าลาย") == ["สายน้ำ"]


def test_programs_search_too(api):
    for number in range(3):
        make_item(title=f"lantern {number}")
    first = api.get("/api/v1/gallery/search?q=lanten&limit=2").json()
    assert first["corrected"] == "lantern"
    assert [each["title"] for each in first["results"]] == ["lantern 2", "lantern 1"]
    second = api.get(first["next"]).json()
    assert [each["title"] for each in second["results"]] == ["lantern 0"]
    assert second["corrected"] == "lantern"
    assert [each["title"] for each in api.get(second["previous"]).json()["results"]] == [
        "lantern 2",
        "lantern 1",
    ]
    assert api.get("/api/v1/gallery?q=lantern&limit=1").json()["results"][0]["title"] == "lantern 2"


def test_a_program_that_finds_nothing_hears_so(api):
    make_item()
    answer = api.get("/api/v1/gallery/search?q=zebra").json()
    assert answer == {"results": [], "next": None, "previous": None, "corrected": None}


@pytest.mark.parametrize("query", ["", "?q=", "?q=a&sort=recent", "?q=a&limit=0", "?q=a&cursor=b"])
def test_a_search_that_makes_no_sense_is_refused(api, query):
    assert api.get(f"/api/v1/gallery/search{query}").status_code == 400


def test_a_database_without_letters_is_refused():
    assert checks.refused("default", "C")[0].id == "gallery.E001"
    assert checks.refused("default", "C.UTF-8") == checks.refused("default", "") == []
    assert checks.letters_are_known(None, databases=["default"]) == []


@pytest.fixture
def letterless(db):
    """The address of a database made with LC_CTYPE C, on the server of this run."""
    known = connections["default"].get_connection_params()
    with psycopg.connect(**known, autocommit=True) as server:
        server.execute("CREATE DATABASE letterless TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'")
        yield f"postgres://{known['user']}@{known['host']}:{known['port']}/letterless"
        server.execute("DROP DATABASE letterless")


@pytest.mark.postgres_only(reason="other databases have no LC_CTYPE")
def test_nothing_is_stored_in_a_database_made_without_letters(letterless):
    migrate = [sys.executable, "manage.py", "migrate", "--no-input"]
    surroundings = os.environ | {"DATABASE_URL": letterless}
    told = subprocess.run(migrate, cwd=settings.BASE_DIR, env=surroundings, capture_output=True, text=True)
    assert told.returncode == 1
    assert "has LC_CTYPE C" in told.stderr
    assert "Applying" not in told.stdout
