from datetime import timedelta

import pytest
from django.utils import timezone

from generation import pace
from generation.models import CreateSlot


@pytest.fixture(autouse=True)
def small_window(db, settings):
    settings.GENERATION_CREATES_PER_WINDOW = 3
    settings.GENERATION_CREATE_WINDOW_SECONDS = 10.0


def test_a_window_gives_exactly_its_number_of_creates():
    assert [pace.take_slot() for _ in range(5)] == [True, True, True, False, False]


def test_a_slot_is_free_again_after_the_window():
    while pace.take_slot():
        pass
    oldest = CreateSlot.objects.order_by("pk").first()
    CreateSlot.objects.filter(pk=oldest.pk).update(used_at=timezone.now() - timedelta(seconds=11))
    assert [pace.take_slot() for _ in range(2)] == [True, False]


def test_a_larger_account_gets_its_further_slots_at_once(settings):
    while pace.take_slot():
        pass
    settings.GENERATION_CREATES_PER_WINDOW = 5
    assert [pace.take_slot() for _ in range(3)] == [True, True, False]


def test_a_smaller_limit_counts_at_once(settings):
    settings.GENERATION_CREATES_PER_WINDOW = 1
    assert [pace.take_slot() for _ in range(2)] == [True, False]
