"""Every work is shown with small pictures of itself, made once and owned by rows."""

from datetime import timedelta

import pytest

from storage_app import renditions
from storage_app.models import Asset, Deletion, Rendition
from storage_app.signals import asset_rendered
from storage_app.tests import media

pytestmark = pytest.mark.django_db


def recipes(asset) -> set[tuple[str, str, int]]:
    return set(asset.renditions.values_list("role", "format", "width"))


def test_a_picture_gets_its_first_thumbnail(store):
    asset = store(media.make_png(1600, 1200), "image")
    thumbnail = renditions.render_first(asset)
    assert (thumbnail.role, thumbnail.format, thumbnail.width, thumbnail.height) == (
        "thumbnail",
        "webp",
        640,
        480,
    )
    assert thumbnail.file.name == f"images/thumbnails/640/{asset.pk}.webp"
    assert thumbnail.file.size == thumbnail.bytes


def test_a_large_picture_gets_every_rendition(store):
    asset = store(media.make_png(2000, 1000), "image")
    renditions.render_all(asset)
    assert recipes(asset) == {
        ("thumbnail", "avif", 320),
        ("thumbnail", "avif", 640),
        ("thumbnail", "avif", 960),
        ("thumbnail", "avif", 1280),
        ("thumbnail", "avif", 1920),
        ("thumbnail", "webp", 320),
        ("thumbnail", "webp", 640),
        ("thumbnail", "webp", 960),
        ("thumbnail", "webp", 1280),
        ("social", "jpg", 1200),
    }


def test_a_small_picture_is_never_enlarged(store):
    asset = store(media.make_png(500, 400), "image")
    renditions.render_all(asset)
    assert recipes(asset) == {
        ("thumbnail", "avif", 320),
        ("thumbnail", "avif", 500),
        ("thumbnail", "webp", 320),
        ("thumbnail", "webp", 500),
        ("social", "jpg", 1200),
    }


def test_a_film_gets_a_poster_and_thumbnails_of_it(store):
    asset = store(media.make_mp4(width=640, height=360), "video")
    first = renditions.render_first(asset)
    assert (first.role, first.format, first.width) == ("thumbnail", "webp", 640)
    renditions.render_all(asset)
    assert recipes(asset) == {
        ("poster", "jpg", 640),
        ("thumbnail", "webp", 320),
        ("thumbnail", "webp", 640),
        ("thumbnail", "avif", 320),
        ("thumbnail", "avif", 640),
        ("social", "jpg", 1200),
        ("preview", "mp4", 480),
    }
    assert asset.renditions.get(role="poster").file.name == f"videos/thumbnails/{asset.pk}.jpg"


def test_a_sound_gets_a_drawn_card(store):
    asset = store(media.make_mp3(), "audio")
    card = renditions.render_first(asset)
    assert (card.role, card.format, card.width, card.height) == ("card", "webp", 640, 480)
    renditions.render_all(asset)
    assert recipes(asset) == {("card", "webp", 640), ("social", "jpg", 1200)}


def test_rendering_twice_changes_nothing(store):
    asset = store(media.make_png(700, 500), "image")
    renditions.render_all(asset)
    before = set(asset.renditions.values_list("pk", flat=True))
    renditions.render_all(asset)
    assert set(asset.renditions.values_list("pk", flat=True)) == before


def test_listeners_hear_of_new_renditions_once(store, django_capture_on_commit_callbacks):
    heard = []

    def listener(sender, asset, **kwargs):
        heard.append((asset.pk, asset.renditions.count()))

    asset = store(media.make_png(300, 200), "image")
    asset_rendered.connect(listener)
    try:
        renditions.render_first(asset)
        renditions.render_first(asset)
    finally:
        asset_rendered.disconnect(listener)
    assert heard == [(asset.pk, 1)]


def test_a_file_that_turned_bad_is_noted_and_raises_nothing(store):
    asset = store(media.make_png(300, 200), "image")
    asset.file.storage.save(asset.file.name, media.as_file(b"\x89PNG\r\n\x1a\n and then nonsense"))
    assert renditions.render_first(asset) is None
    renditions.render_all(asset)
    asset.refresh_from_db()
    assert asset.render_error
    assert not asset.renditions.exists()


def test_a_missing_original_makes_the_asset_due_again(store):
    asset = store(media.make_png(300, 200), "image")
    asset.file.storage.remove(asset.file.name)
    assert renditions.render_first(asset) is None
    asset.refresh_from_db()
    assert asset.due_at is not None


def test_a_success_wipes_out_an_old_error(store):
    asset = store(media.make_png(300, 200), "image")
    Asset.objects.filter(pk=asset.pk).update(render_error="once")
    renditions.render_first(asset)
    asset.refresh_from_db()
    assert asset.render_error == ""


def test_renditions_of_an_asset_that_is_gone_are_left_to_the_outbox(store):
    asset = store(media.make_png(300, 200), "image")
    ghost = Asset.objects.get(pk=asset.pk)
    asset.delete()
    with pytest.raises(renditions.AssetChanged):
        renditions.render_all(ghost)
    assert not Rendition.objects.exists()
    orphans = set(Deletion.objects.values_list("key", flat=True))
    assert f"images/thumbnails/300/{ghost.pk}.webp" in orphans


def test_a_finished_rendering_leaves_nothing_in_the_outbox(store):
    renditions.render_all(store(media.make_png(300, 200), "image"))
    assert not Deletion.objects.exists()


def test_scheduling_takes_the_row_from_a_worker_that_is_about_to_finish(store):
    asset = store(media.make_png(300, 200), "image")
    renditions.schedule(asset)
    claimed = Asset.objects.claim(lease=timedelta(minutes=5), pk=asset.pk)
    renditions.schedule(asset)
    assert not claimed.finish()
    asset.refresh_from_db()
    assert asset.due_at is not None
    assert asset.lease_until is None
