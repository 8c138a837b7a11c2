"""Storage and rows are held against each other, in little memory and without false alarms."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command

from storage_app import audit, deletion, jobs, renditions
from storage_app.audit import Finding, Known, differences
from storage_app.storages import sorting
from storage_app.storages.sorting import in_order
from storage_app.storages.stored import Listed
from storage_app.tests import media
from storage_app.tests.test_bounded_memory import MIB, forget_highest_memory, highest_memory

MOST_MEMORY = 16 * MIB
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def storage_of_our_own(settings, tmp_path):
    """What other tests keep in storage at this moment is neither told nor touched."""
    if settings.USES_R2:
        own = {name: f"audit-{uuid.uuid4()}" for name in ("bucket", "private_bucket")}
        client = storages["private"].connection.meta.client
        for bucket in own.values():
            client.create_bucket(Bucket=bucket)
        settings.R2 = settings.R2 | own
    else:
        settings.MEDIA_ROOT = tmp_path / "media"
    settings.STORAGES = dict(settings.STORAGES)  # so that storages are made anew


@pytest.fixture
def grown_old(monkeypatch):
    """As if every object had been in storage for days."""
    monkeypatch.setattr(audit, "GRACE", timedelta(days=-1))


@pytest.fixture
def work(store):
    asset = store(media.make_png(400, 300), "image")
    renditions.render_first(asset)
    return asset


def put(key: str, visibility: str = "private") -> None:
    storages[visibility].save(key, media.as_file(b"bytes"))


def found() -> set[Finding]:
    return set(audit.findings())


def listed(*objects: tuple[str, int]) -> list[Listed]:
    return [Listed(key, size, LONG_AGO) for key, size in objects]


@pytest.mark.parametrize(
    "objects, rows, told",
    [
        ([], [], []),
        ([("a", 1)], [("a", 1)], []),
        ([("a", 1)], [], [("orphaned", "a")]),
        ([], [("a", 1)], [("missing", "a")]),
        ([("a", 1)], [("a", 2)], [("wrong size", "a")]),
        ([("a", 1), ("c", 1)], [("b", 1), ("c", 1)], [("orphaned", "a"), ("missing", "b")]),
        ([("b", 1)], [("a", 1), ("c", 1)], [("missing", "a"), ("orphaned", "b"), ("missing", "c")]),
    ],
)
def test_two_lists_in_one_order_tell_their_differences(objects, rows, told):
    known = [Known(key, size) for key, size in rows]
    assert [(kind, key) for kind, key, _ in differences(listed(*objects), known)] == told


def keys_of_a_million() -> Iterator[str]:
    return (f"images/thumbnails/640/{number:08}.webp" for number in range(1_000_000))


@contextmanager
def little_memory() -> Iterator[None]:
    """The process never grows by more than so much, whoever takes it."""
    forget_highest_memory()
    before = highest_memory()
    yield
    assert highest_memory() - before < MOST_MEMORY


def test_a_million_keys_are_compared_in_little_memory():
    objects = (Listed(key, 1, LONG_AGO) for key in keys_of_a_million() if not key.endswith("00000.webp"))
    rows = (Known(key, 1) for key in keys_of_a_million())
    with little_memory():
        assert sum(1 for _ in differences(objects, rows)) == 10


def test_a_million_names_of_one_folder_are_sorted_in_little_memory():
    stirred = (f"{number * 382_547 % 1_000_000:08}.webp" for number in range(1_000_000))
    with little_memory():
        assert all(name == f"{place:08}.webp" for place, name in enumerate(in_order(stirred)))


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5, 9])
def test_names_come_in_order_however_many_there_are(monkeypatch, count):
    monkeypatch.setattr(sorting, "RUN", 2)
    names = ["b", "a/", "a.x", "é\n1", "é", "\udcff", "a", "c", "B"][:count]
    assert list(in_order(names)) == sorted(names)


@pytest.mark.django_db
def test_a_storage_in_order_has_nothing_to_tell(work, grown_old):
    assert found() == set()


@pytest.mark.django_db
def test_an_object_that_nobody_owns_is_an_orphan(work, grown_old):
    put("images/generated/u/stray.png")
    put("images/gallery/g/stray.png", "public")
    assert found() == {
        Finding("orphaned", "private", "images/generated/u/stray.png"),
        Finding("orphaned", "public", "images/gallery/g/stray.png"),
    }


@pytest.mark.django_db
def test_an_object_that_has_just_arrived_is_not_an_orphan_yet(work):
    put("images/generated/u/on-its-way.png")
    assert found() == set()


@pytest.mark.django_db
def test_an_object_whose_deletion_is_promised_is_no_orphan(work, grown_old):
    put("images/generated/u/leaving.png")
    deletion.discard("private", ["images/generated/u/leaving.png"])
    assert found() == set()


@pytest.mark.django_db
def test_a_row_without_its_object_is_told(work, grown_old):
    storages["private"].remove(work.file.name)
    assert found() == {Finding("missing", "private", work.file.name)}


@pytest.mark.django_db
def test_an_object_of_another_size_is_told(work, grown_old):
    put(work.file.name)
    assert found() == {Finding("wrong size", "private", work.file.name)}


@pytest.mark.django_db
def test_keys_sort_like_a_bucket_sorts_them(store, grown_old):
    """A folder comes after a name that it begins with, capital letters and strokes in their places."""
    for key in ("a/b.png", "a-b/c.png", "a/b/c.png", "a.d/e.png", "ab.png"):
        put(f"images/{key}")
    keys = [one.key for one in storages["private"].listing() if one.key.startswith("images/a")]
    assert keys == sorted(keys)
    assert len(keys) == 5


@pytest.mark.local_only(reason="a bucket lists what there was at one moment")
def test_what_goes_while_it_is_listed_is_not_there():
    for name in "abc":
        put(f"images/generated/u/{name}.png")
    listing = storages["private"].listing()
    seen = [next(listing).key]
    storages["private"].remove("images/generated/u/b.png")
    assert seen + [one.key for one in listing] == [f"images/generated/u/{name}.png" for name in "ac"]


@pytest.mark.django_db
def test_fixing_removes_orphans_and_makes_renditions_anew(work, grown_old, drained, capsys):
    put("images/generated/u/stray.png")
    thumbnail = work.renditions.get()
    storages["private"].remove(thumbnail.file.name)
    call_command("storage_audit", fix=True)
    assert "1 missing, 1 orphaned, 0 wrong size; 2 fixed." in capsys.readouterr().out
    drained()
    while jobs.sweep(10):
        pass
    assert not storages["private"].exists("images/generated/u/stray.png")
    assert storages["private"].exists(work.renditions.get().file.name)
    assert found() == set()


@pytest.mark.django_db
def test_a_lost_original_can_only_be_told(work, grown_old, capsys):
    storages["private"].remove(work.file.name)
    with pytest.raises(CommandError):
        call_command("storage_audit", fix=True)
    assert "1 missing, 0 orphaned, 0 wrong size; 0 fixed." in capsys.readouterr().out


@pytest.mark.django_db
def test_without_being_told_to_nothing_is_fixed(work, grown_old, drained, capsys):
    put("images/generated/u/stray.png")
    with pytest.raises(CommandError):
        call_command("storage_audit")
    drained()
    assert storages["private"].exists("images/generated/u/stray.png")
    assert "orphaned: private images/generated/u/stray.png\n" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_storage_that_does_not_answer_is_not_an_empty_one(work, broken_storage, capsys):
    with broken_storage("private"), pytest.raises(CommandError):
        call_command("storage_audit")
