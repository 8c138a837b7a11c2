from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.utils import timezone

from gallery import decisions, jobs, moderation, relocating
from gallery.errors import FilesOnTheMove, SensitiveNeverFeatured, WrongMove
from gallery.models import Decision, Item, Relocation
from gallery.signals import item_changed
from gallery.tests.factories import make_category, make_item
from storage_app import placing
from storage_app.models import Asset, Deletion

pytestmark = pytest.mark.django_db


@pytest.fixture
def pending():
    return make_item(shown=False, files=True)


@pytest.fixture
def shown(staff):
    item = make_item(shown=False, files=True)
    moderation.approve(item, by=staff)
    return item


def lies_in(item: Item) -> str:
    """The storage in which every file of the item really is."""
    asset = Asset.objects.get(pk=item.media_id)
    files = asset.keys()
    assert all(storages[asset.visibility].exists(key) for key in files)
    return asset.visibility


def test_an_approved_work_is_shown_with_its_files_in_public(pending, staff):
    assert moderation.approve(pending, by=staff)
    item = Item.objects.public().get()
    assert (item.status, item.approved_by) == ("approved", staff)
    assert item.published_at is not None
    assert lies_in(item) == "public"
    assert not Relocation.objects.exists()


def test_approving_twice_changes_nothing(pending, staff):
    moderation.approve(pending, by=staff)
    when = pending.approved_at
    assert not moderation.approve(pending, by=staff)
    pending.refresh_from_db()
    assert pending.approved_at == when
    assert Decision.objects.count() == 1


def test_every_decision_leaves_who_what_and_why(shown, staff):
    moderation.reject(shown, by=staff, reason="A copy of somebody's work")
    decision = Decision.objects.first()
    assert (decision.action, decision.by, decision.reason) == ("reject", staff, "A copy of somebody's work")
    assert decision.before["status"] == "approved"
    assert decision.after["status"] == "rejected"
    assert decision.after["approved_at"] is None


def test_a_rejected_work_goes_back_to_private_storage(shown, staff):
    assert moderation.reject(shown, by=staff, reason="no")
    assert not Item.objects.public().exists()
    assert lies_in(shown) == "public"
    assert jobs.sweep(10) == 1
    assert lies_in(shown) == "private"
    assert jobs.sweep(10) == 0


def test_a_work_shown_again_keeps_the_day_of_its_first_showing(shown, staff):
    first = shown.published_at
    moderation.reject(shown, by=staff, reason="wait")
    jobs.sweep(10)
    assert moderation.approve(shown, by=staff)
    shown.refresh_from_db()
    assert shown.published_at == first
    assert lies_in(shown) == "public"


def test_a_hidden_work_is_approved_but_not_shown(shown, staff):
    assert moderation.hide(shown, by=staff)
    jobs.sweep(10)
    assert Item.objects.get().status == "approved"
    assert not Item.objects.public().exists()
    assert lies_in(shown) == "private"
    assert moderation.show(shown, by=staff)
    assert lies_in(shown) == "public"


def test_a_private_work_that_is_approved_stays_private(staff):
    item = make_item(shown=False, files=True, is_public=False, rendered=False)
    assert moderation.approve(item, by=staff)
    assert lies_in(item) == "private"
    assert item.published_at is None


def test_a_decision_taken_back_before_the_files_moved_leaves_them_in_public(shown, staff):
    moderation.hide(shown, by=staff)
    moderation.show(shown, by=staff)
    jobs.sweep(10)
    assert lies_in(shown) == "public"
    assert not Relocation.objects.exists()


def test_shelves_count_what_is_shown(staff):
    shelf = make_category()
    item = make_item(shown=False, files=True, rendered=False, categories=(shelf,))
    moderation.approve(item, by=staff)
    shelf.refresh_from_db()
    assert shelf.item_count == 1
    moderation.reject(item, by=staff, reason="no")
    shelf.refresh_from_db()
    assert shelf.item_count == 0


def test_a_removed_work_loses_its_files_and_keeps_its_row(shown, staff):
    keys = Asset.objects.get(pk=shown.media_id).keys()
    assert moderation.remove(shown, by=staff, reason="asked for")
    item = Item.objects.get(pk=shown.pk)
    assert (item.status, item.media_id, item.card) == ("removed", None, {})
    assert set(Deletion.objects.values_list("key", flat=True)) >= set(keys)
    assert not Asset.objects.exists()


@pytest.mark.parametrize(
    "act",
    [
        lambda item, by: moderation.approve(item, by=by),
        lambda item, by: moderation.reject(item, by=by, reason="x"),
        lambda item, by: moderation.show(item, by=by),
        lambda item, by: moderation.hide(item, by=by),
        lambda item, by: moderation.feature(item, by=by, featured=True),
        lambda item, by: moderation.withdraw(item, by=by),
    ],
)
def test_nothing_can_be_decided_about_a_removed_work(pending, staff, act):
    moderation.remove(pending, by=staff, reason="spam")
    with pytest.raises(WrongMove):
        act(pending, staff)
    assert Item.objects.get().status == "removed"


def test_a_withdrawn_work_cannot_be_approved(pending, staff):
    assert moderation.withdraw(pending, by=pending.created_by)
    with pytest.raises(WrongMove):
        moderation.approve(pending, by=staff)


def test_featuring_goes_both_ways(shown, staff):
    assert moderation.feature(shown, by=staff, featured=True)
    assert not moderation.feature(shown, by=staff, featured=True)
    assert Item.objects.get().is_featured
    assert moderation.feature(shown, by=staff, featured=False)
    assert [d.action for d in Decision.objects.all()] == ["unfeature", "feature", "approve"]


def test_a_sensitive_work_is_never_featured(staff):
    item = make_item(is_featured=True)
    assert moderation.rate(item, by=staff, rating="sensitive")
    assert not Item.objects.get().is_featured
    with pytest.raises(SensitiveNeverFeatured):
        moderation.feature(item, by=staff, featured=True)


def test_a_work_rated_sensitive_leaves_its_shelves(staff):
    shelf = make_category()
    item = make_item(categories=(shelf,))
    moderation.rate(item, by=staff, rating="sensitive")
    shelf.refresh_from_db()
    assert shelf.item_count == 0
    moderation.rate(item, by=staff, rating="general")
    shelf.refresh_from_db()
    assert shelf.item_count == 1


def test_a_decision_on_an_outdated_reading_is_not_written(pending, staff):
    stale = Item.objects.get(pk=pending.pk)
    moderation.reject(pending, by=staff, reason="no")
    assert not decisions.write(stale, by=staff, action="withdraw", status="withdrawn")
    assert Item.objects.get().status == "rejected"


def test_files_of_an_approval_that_came_to_nothing_go_back(pending):
    with relocating.public_files(pending):
        assert lies_in(pending) == "public"
    assert lies_in(pending) == "private"
    assert not Relocation.objects.exists()


def test_only_one_mover_at_a_time(pending, staff):
    relocating.claim(pending)
    with pytest.raises(FilesOnTheMove):
        moderation.approve(pending, by=staff)
    with pytest.raises(FilesOnTheMove):
        moderation.remove(pending, by=staff, reason="spam")
    assert Item.objects.get().status == "pending"


def test_files_left_in_public_by_a_dead_approval_are_brought_back(pending, staff):
    relocating.claim(pending)
    placing.move(pending.media, visibility="public")
    Relocation.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert jobs.sweep(10) == 1
    assert lies_in(pending) == "private"


def test_listeners_hear_of_every_change_once(shown, staff):
    heard = []

    def listen(item, **kwargs):
        heard.append(item.pk)

    item_changed.connect(listen)
    try:
        moderation.feature(shown, by=staff, featured=True)
        moderation.feature(shown, by=staff, featured=True)
    finally:
        item_changed.disconnect(listen)
    assert heard == [shown.pk]
