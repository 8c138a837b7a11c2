"""A better way to make thumbnails gets a number, and with it addresses of its own."""

from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.utils import timezone

from storage_app import derivatives, keys, placing, renditions
from storage_app.deletion import release_asset
from storage_app.derivatives import Recipe
from storage_app.models import Asset, Deletion
from storage_app.signals import asset_rendered
from storage_app.tests import media

pytestmark = pytest.mark.django_db
SECOND = Recipe(
    encoders={"webp": {"format": "WEBP", "quality": 30, "method": 0}},
    widths={"image": {"webp": (160, 320)}, "video": {"webp": (160,)}, "audio": {}},
)


@pytest.fixture
def second_recipe(monkeypatch):
    """As after a release that brings one."""
    monkeypatch.setitem(derivatives.RECIPES, 2, SECOND)


@pytest.fixture
def work(store):
    asset = store(media.make_png(700, 500), "image", visibility="public")
    Asset.objects.filter(pk=asset.pk).update(render_all=True)
    asset.refresh_from_db()
    renditions.render_all(asset)
    return asset


def thumbnails(asset) -> set[str]:
    return set(asset.renditions.filter(role="thumbnail").values_list("file", flat=True))


def names(asset, *sizes: str) -> set[str]:
    return {f"images/thumbnails/{size}/{asset.pk}.webp" for size in sizes}


@pytest.mark.parametrize(
    ("width", "recipe", "size"), [(640, 1, "640"), (640, 2, "640-r2"), (1280, 13, "1280-r13")]
)
def test_the_recipe_is_part_of_the_size(width, recipe, size):
    assert keys.size(width, recipe) == size
    assert keys.is_key(keys.thumbnail(size, "7b1c7a4e-7a2a-4a57-9f5e-0d5d7f6f2b11", "avif"))


def test_what_is_new_is_made_by_the_newest_recipe(store, second_recipe):
    asset = store(media.make_png(700, 500), "image")
    assert renditions.render_first(asset).file.name in names(asset, "640-r2")


def test_what_was_begun_by_one_recipe_is_completed_by_it(store, monkeypatch):
    asset = store(media.make_png(700, 500), "image")
    renditions.render_first(asset)
    monkeypatch.setitem(derivatives.RECIPES, 2, SECOND)
    renditions.render_all(asset)
    assert {one for one in thumbnails(asset) if "-r2" in one} == set()


def test_remade_thumbnails_take_the_place_of_the_old(work, second_recipe, content):
    assert renditions.remake(work, recipe=2)
    assert thumbnails(work) == names(work, "160-r2", "320-r2", "640-r2")
    made = work.renditions.get(width=320)
    assert len(content(made)) == made.bytes


def test_the_new_recipe_is_followed(work, second_recipe):
    before = work.renditions.get(width=320, format="webp").bytes
    renditions.remake(work, recipe=2)
    assert work.renditions.get(width=320, format="webp").bytes < before


def test_what_has_no_size_in_its_address_stays(work, second_recipe):
    social = work.renditions.get(role="social")
    renditions.remake(work, recipe=2)
    assert work.renditions.get(role="social") == social


def test_remaking_twice_is_remaking_once(work, second_recipe):
    renditions.remake(work, recipe=2)
    work.refresh_from_db()
    assert not renditions.remake(work, recipe=2)


def test_open_pages_find_the_old_for_an_hour(work, second_recipe, drained, hour_later):
    [old] = names(work, "320")
    renditions.remake(work, recipe=2)
    drained()
    assert storages["public"].exists(old)
    hour_later()
    drained()
    assert not storages["public"].exists(old)
    assert all(storages["public"].exists(key) for key in thumbnails(work))


@pytest.mark.parametrize(
    "leave", [lambda work: placing.move(work, visibility="private"), release_asset], ids=["hidden", "deleted"]
)
def test_what_is_taken_down_takes_its_old_thumbnails_along(work, second_recipe, drained, leave):
    [old] = names(work, "320")
    renditions.remake(work, recipe=2)
    work.refresh_from_db()
    leave(work)
    drained()
    assert not storages["public"].exists(old)


def test_going_back_brings_the_old_addresses_back(work, second_recipe, drained, hour_later):
    renditions.remake(work, recipe=2)
    work.refresh_from_db()
    renditions.remake(work, recipe=1)
    hour_later()
    drained()
    assert names(work, "320", "640") < thumbnails(work)
    assert all(storages["public"].exists(key) for key in thumbnails(work))


def test_who_shows_it_hears_of_the_new_recipe(work, second_recipe):
    heard = []

    def listener(sender, asset, **kwargs):
        heard.append((asset.recipe, asset.renditions.filter(file__contains="-r2").count()))

    asset_rendered.connect(listener)
    try:
        renditions.remake(work, recipe=2)
    finally:
        asset_rendered.disconnect(listener)
    assert heard == [(2, 3)]


def test_a_worker_that_drew_by_the_old_recipe_comes_too_late(work, second_recipe):
    stale = Asset.objects.get(pk=work.pk)
    renditions.remake(work, recipe=2)
    stale.renditions.filter(width=320).delete()
    with pytest.raises(renditions.AssetChanged):
        renditions.make_missing(stale, renditions.wanted(stale, everything=True))


def test_a_file_that_turned_bad_keeps_what_it_has(work, second_recipe):
    before = thumbnails(work)
    work.file.storage.save(work.file.name, media.as_file(b"\x89PNG\r\n\x1a\n and then nonsense"))
    renditions.remake(work, recipe=2)
    work.refresh_from_db()
    assert (work.recipe, thumbnails(work)) == (1, before)
    assert work.render_error


def test_a_sound_gets_its_card_anew(store, second_recipe):
    asset = store(media.make_mp3(), "audio")
    Asset.objects.filter(pk=asset.pk).update(recipe=1)
    asset.refresh_from_db()
    renditions.render_first(asset)
    renditions.remake(asset, recipe=2)
    assert [one.file.name for one in asset.renditions.all()] == [*names(asset, "640-r2")]


def test_the_command_brings_every_work_to_a_recipe(work, store, second_recipe, capsys):
    other = store(media.make_mp4(), "video")
    Asset.objects.filter(pk=other.pk).update(recipe=1)
    call_command("renditions", recipe=2)
    assert set(Asset.objects.values_list("recipe", flat=True)) == {2}
    assert "2 works completed, 0 failed." in capsys.readouterr().out


def test_a_recipe_that_nobody_wrote_is_refused():
    with pytest.raises(CommandError):
        call_command("renditions", "--recipe", "7")


def test_nothing_is_promised_to_the_outbox_for_later_when_there_is_one_recipe(work):
    placing.move(work, visibility="private")
    assert not Deletion.objects.filter(due_at__gt=timezone.now() + timedelta(minutes=1)).exists()


def test_the_command_tells_lists_anew(work, capsys):
    heard = []

    def listener(sender, asset, **kwargs):
        heard.append(asset.pk)

    asset_rendered.connect(listener)
    try:
        call_command("renditions", cards=True)
    finally:
        asset_rendered.disconnect(listener)
    assert heard == [work.pk]
    assert "1 works completed" in capsys.readouterr().out
