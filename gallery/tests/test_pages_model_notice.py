"""The page of a model tells whoever plans to use it that it will end."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache

from generation.models import ModelSwitch

pytestmark = pytest.mark.django_db
PAGE, THAI = "/gallery/model/flux-2", "/th/gallery/model/flux-2"


@pytest.fixture(autouse=True)
def provider(settings):
    settings.KIE_AI_API_KEY = "sandbox-key"
    cache.clear()


def shown(client, path: str = PAGE, **switch) -> str:
    ModelSwitch.objects.create(model_id="flux-2", **{"is_on": True} | switch)
    return client.get(path).content.decode()


def test_a_model_that_stays_has_no_notice(client):
    assert "intro__notice" not in client.get(PAGE).content.decode()


def test_the_last_day_is_told(client):
    page = shown(client, sunset_at=datetime(2099, 6, 1, 12, tzinfo=UTC))
    assert "This model is offered until 1 June 2099." in page


def test_it_is_told_in_thai_too(client):
    page = shown(client, THAI, sunset_at=datetime(2099, 6, 1, 12, tzinfo=UTC))
    assert "โมเดลนี้ให้บริการถึง 1 มิถุนายน 2642" in page


def test_after_its_end_it_says_so(client):
    assert "Offered until 1 April 2026." in shown(client, sunset_at=datetime(2026, 4, 1, tzinfo=UTC))


def test_a_deprecated_model_leads_elsewhere(client):
    page = shown(client, deprecated_at=datetime(2026, 4, 1, tzinfo=UTC))
    assert "This model is deprecated: better choose another one." in page


def test_a_model_switched_off_says_so_without_the_operators_words(client):
    page = shown(client, is_on=False, reason="Kie's bill is unpaid.")
    assert "This model cannot be used at present." in page
    assert "unpaid" not in page
