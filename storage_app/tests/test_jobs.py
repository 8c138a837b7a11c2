"""Whatever becomes of a wake-up, due rows are found; one bad file is nobody else's trouble."""

import os
import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.utils import timezone
from django.utils.module_loading import import_string

from storage_app import deletion, jobs, renditions
from storage_app.models import Asset, Deletion
from storage_app.scratch import scratch_folder
from storage_app.tests import media

pytestmark = pytest.mark.django_db


@pytest.fixture
def due(store):
    """due(width) -> an asset that waits for its first thumbnail."""

    def asset_of(width: int = 100):
        asset = store(media.make_png(width, 80), "image")
        renditions.schedule(asset)
        return asset

    return asset_of


def spoil(asset) -> None:
    asset.file.storage.save(asset.file.name, media.as_file(b"\x89PNG\r\n\x1a\nspoilt"))


def test_a_sweep_renders_what_is_due(due):
    asset = due()
    assert jobs.sweep(10) == 1
    asset.refresh_from_db()
    assert asset.due_at is None
    assert asset.renditions.count() == 1


def test_an_asset_that_wants_everything_gets_everything(due):
    asset = due()
    Asset.objects.update(render_all=True)
    jobs.render(str(asset.pk))
    assert asset.renditions.count() == 3  # webp, avif and the social card


def test_a_sweep_keeps_to_its_limit(due):
    for width in (100, 110, 120):
        due(width)
    assert jobs.sweep(2) == 2
    assert Asset.objects.exclude(due_at=None).count() == 1


def test_a_sweep_takes_assets_and_deletions_by_turns(due):
    due()
    due(110)
    deletion.discard("private", ["images/generated/u/a.png", "images/generated/u/b.png"])
    assert jobs.sweep(2) == 2
    assert Asset.objects.exclude(due_at=None).count() == 1
    assert Deletion.objects.count() == 1


def test_a_sweep_with_nothing_to_do_says_so():
    assert jobs.sweep(10) == 0


def test_waking_twice_renders_once(due):
    asset = due()
    jobs.render(str(asset.pk))
    before = asset.renditions.get().pk
    jobs.render(str(asset.pk))
    assert asset.renditions.get().pk == before


def test_a_bad_file_does_not_hold_up_the_next(due):
    bad, good = due(100), due(110)
    spoil(bad)
    assert jobs.sweep(10) == 2
    bad.refresh_from_db()
    assert bad.render_error
    assert bad.due_at is None
    assert good.renditions.exists()


def test_a_storage_that_does_not_answer_is_asked_again_later(due, broken_storage):
    asset = due()
    with broken_storage("private"):
        jobs.sweep(1)
    asset.refresh_from_db()
    assert asset.due_at > timezone.now()
    assert asset.lease_until is None
    assert asset.render_error == ""


def test_an_asset_that_kills_its_worker_is_given_up(due):
    asset = due()
    Asset.objects.update(tries=jobs.MOST_TRIES["render"])
    jobs.sweep(1)
    asset.refresh_from_db()
    assert asset.due_at is None
    assert asset.render_error == "given up"
    assert not asset.renditions.exists()


def test_every_wake_up_names_a_job():
    for name in ("storage_app.jobs.render", "storage_app.jobs.drain", "storage_app.jobs.sweep"):
        assert callable(import_string(name))


def test_leftovers_of_killed_workers_are_swept_after_a_day():
    cache.clear()
    yesterday = time.time() - timedelta(hours=25).total_seconds()
    old, fresh = scratch_folder() / "old", scratch_folder() / "fresh"
    old.mkdir()
    (old / "film.mp4").write_bytes(b"half a film")
    fresh.write_bytes(b"on its way")
    os.utime(old, (yesterday, yesterday))
    jobs.sweep(1)
    assert not old.exists()
    assert fresh.exists()
    fresh.unlink()


def test_the_command_makes_what_is_missing(store, capsys):
    bare = store(media.make_png(100, 80), "image")
    Asset.objects.update(render_all=True)
    call_command("renditions", missing=True)
    assert bare.renditions.count() == 3
    assert "1 works completed, 0 failed." in capsys.readouterr().out


def test_the_command_leaves_complete_works_alone(store, capsys):
    renditions.render_first(store(media.make_png(100, 80), "image"))
    call_command("renditions", missing=True)
    assert "0 works completed" in capsys.readouterr().out


def test_the_command_says_when_storage_failed(store, broken_storage, capsys):
    store(media.make_png(100, 80), "image")
    with broken_storage("private"), pytest.raises(CommandError):
        call_command("renditions", missing=True)
    assert "1 failed" in capsys.readouterr().out


def test_the_command_wants_to_be_told_what_to_do():
    with pytest.raises(CommandError):
        call_command("renditions")
