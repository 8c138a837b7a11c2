"""Several workers at once, in real threads: whatever the order, rows and objects agree in the end."""

import hashlib
import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.files.storage import storages
from django.db import connections

from smartspec.lib.errors import NotFound
from storage_app import deletion, jobs, placing, renditions, uploads
from storage_app.errors import InProgress, NotUploaded, QuotaExceeded, StorageFailed
from storage_app.file_types import FILE_TYPES
from storage_app.models import Asset, Deletion, Rendition, Upload
from storage_app.tests import media

pytestmark = pytest.mark.django_db(transaction=True)
WILL_BE_TRIED_AGAIN = (
    StorageFailed,
    renditions.AssetChanged,
    Asset.DoesNotExist,
    InProgress,
    NotUploaded,
    NotFound,
    QuotaExceeded,
)


def at_once(*actions) -> None:
    """Run each action in a thread of its own, all starting together; the usual refusals are fine."""
    start = Barrier(len(actions))

    def run(action):
        start.wait()
        try:
            action()
        except WILL_BE_TRIED_AGAIN:
            pass
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(actions)) as pool:
        list(pool.map(run, actions))


def strays(keys: set[str]) -> set[tuple[str, str]]:
    """Objects of these keys that lie where no row says."""
    owned = {(row.visibility, row.file.name) for row in [*Asset.objects.all(), *Rendition.objects.all()]}
    places = {(name, key) for name in ("private", "public") for key in keys if storages[name].exists(key)}
    return places - owned


def missing(asset) -> list[str]:
    asset.refresh_from_db()
    storage = storages[asset.visibility]
    return [key for key in asset.keys() if not storage.exists(key)]  # noqa: SIM118 - not a dict


@pytest.fixture
def asset(store):
    made = store(media.make_png(400, 300), "image")
    renditions.render_first(made)
    return made


def same(asset) -> Asset:
    return Asset.objects.get(pk=asset.pk)


def test_two_who_publish_the_same_work(asset, hour_later, drained):
    keys = set(asset.keys())
    at_once(*[lambda: placing.move(same(asset), visibility="public")] * 3)
    hour_later()
    drained()
    assert same(asset).visibility == "public"
    assert (missing(asset), strays(keys)) == ([], set())


def test_publishing_while_renditions_are_made(asset, hour_later, drained):
    one, other = same(asset), same(asset)
    at_once(lambda: placing.move(one, visibility="public"), lambda: renditions.render_all(other))
    renditions.render_all(same(asset))
    keys = set(asset.keys())
    hour_later()
    drained()
    assert same(asset).visibility == "public"
    assert asset.renditions.count() == 5
    assert (missing(asset), strays(keys)) == ([], set())


def test_deleting_while_renditions_are_made(asset, hour_later, drained):
    one, other = same(asset), same(asset)
    keys = set(asset.keys())
    at_once(lambda: deletion.release_asset(one), lambda: renditions.render_all(other))
    keys |= set(Deletion.objects.values_list("key", flat=True))
    hour_later()
    drained()
    assert not Asset.objects.exists()
    assert strays(keys) == set()


def test_deleting_while_it_is_published(asset, hour_later, drained):
    one, other = same(asset), same(asset)
    keys = set(asset.keys())
    at_once(lambda: deletion.release_asset(one), lambda: placing.move(other, visibility="public"))
    hour_later()
    drained()
    assert not Asset.objects.exists()
    assert strays(keys) == set()


def test_two_who_duplicate_under_one_id(asset, drained):
    wanted = uuid.uuid4()
    key = f"images/gallery/{uuid.uuid4()}/{wanted}.png"
    at_once(*[lambda: placing.duplicate(same(asset), asset_id=wanted, key=key)] * 3)
    drained()
    assert Asset.objects.filter(pk=wanted).count() == 1
    assert storages["private"].exists(key)


def test_renditions_asked_for_twice_at_once_are_made_once(asset, hour_later, drained):
    at_once(*[lambda: renditions.render_all(same(asset))] * 2)
    hour_later()
    drained()
    assert asset.renditions.count() == 5
    assert missing(asset) == []


def test_many_workers_share_the_deletions(drained):
    keys = [f"images/generated/u/{number}.png" for number in range(12)]
    for key in keys:
        storages["private"].save(key, media.as_file(b"bytes"))
    deletion.discard("private", keys)
    at_once(*[jobs.drain] * 4)
    drained()
    assert not Deletion.objects.exists()
    assert not any(storages["private"].exists(key) for key in keys)


def test_an_upload_that_is_completed_twice_at_once_is_kept_once(sender):
    data = media.make_png(60, 40)
    ticket = sender.sent(data)
    wanted = {"owner": sender.user, "upload_id": uuid.UUID(ticket["upload_id"])}
    at_once(*[lambda: uploads.complete(**wanted)] * 3)
    upload = uploads.complete(**wanted)
    assert upload.asset.sha256 == hashlib.sha256(data).hexdigest()
    assert Asset.objects.count() == 1


def test_an_upload_that_is_deleted_while_it_is_completed_leaves_nothing(sender, hour_later, drained):
    ticket = sender.sent(media.make_png(60, 40))
    wanted = {"owner": sender.user, "upload_id": uuid.UUID(ticket["upload_id"])}
    at_once(lambda: uploads.complete(**wanted), lambda: uploads.let_go_of_everything(sender.user))
    uploads.let_go_of_everything(sender.user)
    hour_later()
    hour_later()
    drained()
    assert Upload.objects.get().state == "gone"
    assert not Asset.objects.exists()
    assert strays({ticket["key"], f"staging/{ticket['upload_id']}.png"}) == set()


def test_many_who_send_at_once_never_get_more_room_than_there_is(sender, settings):
    settings.STORAGE_QUOTA_BYTES = 250
    png = FILE_TYPES["png"]
    at_once(*[lambda: uploads.promised(owner=sender.user, name="", file_type=png, size=100)] * 5)
    assert Upload.objects.count() == 2
