from datetime import timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from gallery.pages import terms
from gallery.tests.factories import make_item, make_task
from gallery.tests.reading import Page
from generation.catalogue import ALL_MODELS, get_model

pytestmark = pytest.mark.django_db
PATH = "/gallery/model/nano-banana-pro"


@pytest.fixture(autouse=True)
def nothing_remembered():
    cache.clear()


def facts(page):
    return {row.text: value.text for row, value in zip(page.all("dt"), page.all("dd"), strict=True)}


def test_a_model_shows_what_it_has_made(client):
    make_item(title="By this one")
    make_item(title="By another", model_id="z-image")
    page = Page(client.get(PATH))
    assert page.one("h1").text == "Nano Banana Pro"
    assert (page.titles, page.further_titles) == (["By this one"], ["By another"])
    assert page.meta("robots").startswith("index,follow")
    assert page.alternates["th"] == f"{settings.SITE_URL}/th{PATH}"
    assert [crumb["name"] for crumb in page.jsonld["BreadcrumbList"]["itemListElement"]] == [
        "Gallery",
        "Images",
        "Nano Banana Pro",
    ]


def test_a_work_leads_to_its_model(client):
    page = Page(client.get(f"/gallery/{make_item(media_type='video').slug}"))
    assert (
        page.one("a", href="/gallery/model/wan-2-6-text-to-video").text
        == get_model("wan/2-6-text-to-video").name
    )


@pytest.mark.parametrize("model_id", ALL_MODELS)
def test_every_model_has_a_page(client, model_id):
    slug = model_id.replace("/", "-")
    page = Page(client.get(f"/gallery/model/{slug}"))
    assert page.one("h1").text == ALL_MODELS[model_id].name
    assert page.meta("robots") == "noindex,follow"  # until there is something to see
    assert reverse("gallery:model", args=[slug]) == f"/gallery/model/{slug}"


def test_an_unknown_model_is_not_there(client):
    assert client.get("/gallery/model/crystal-ball").status_code == 404


def test_its_price_is_told(client):
    make_item()
    shown = facts(Page(client.get(PATH)))
    assert shown["Price"] == "18 to 24 credits"
    assert shown["Longest prompt"] == "10,000 characters"
    assert "Usual time" not in shown


@pytest.mark.parametrize(
    "model_id, price", [("z-image", "20 credits"), ("wan/2-6-text-to-video", "104.5 to 313.5 credits")]
)
def test_prices_are_those_of_the_catalogue(model_id, price):
    tiers = get_model(model_id).pricing_tiers or {"": Decimal(price.split()[0])}
    lowest, highest = min(tiers.values()), max(tiers.values())
    told = terms.price(get_model(model_id))
    assert told.startswith(f"{lowest.normalize():f}")
    assert told == (f"{lowest.normalize():f} credits" if lowest == highest else told)
    assert f"{highest.normalize():f} credits" in told


def test_times_and_success_are_measured(client):
    make_item()
    for seconds in (10, 20, 30, 40):
        make_task(processing_time_ms=seconds * 1000)
    failed = {"status": "failed", "stage": "done", "completed_at": timezone.now()}
    make_task(done=False, due_at=None, **failed)
    make_task(done=False, due_at=None, **failed | {"status": "cancelled"})
    shown = facts(Page(client.get(PATH)))
    assert shown["Usual time"] == "30 s; 95 of 100 within 40 s"
    assert shown["Success"] == "80 of 100, measured on the last 5"


def test_a_list_costs_one_query_and_facts_that_are_remembered(client, django_assert_num_queries):
    for _number in range(6):
        make_item()
    with django_assert_num_queries(4):  # works, record, prices, switch
        client.get(PATH)
    with django_assert_num_queries(1):
        client.get(PATH)


def test_further_pages_leave_the_facts_out(client):
    now = timezone.now()
    for at in range(25):
        make_item(published_at=now - timedelta(minutes=at))
    page = Page(client.get(f"{PATH}?page=2"))
    assert page.all("dl") == []
    assert len(page.cards) == 1
