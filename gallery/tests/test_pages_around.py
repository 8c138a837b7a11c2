"""What leads from one work to others, and what one can do with it."""

import json
import shlex
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.utils import timezone

from gallery.tests.factories import make_item
from gallery.tests.reading import Page
from generation.catalogue import accept, get_model

pytestmark = pytest.mark.django_db


def open_page(client, item, *, prefix=""):
    return Page(client.get(f"{prefix}/gallery/{item.slug}"))


def facts(page):
    return {row.text: value.text for row, value in zip(page.all("dt"), page.all("dd"), strict=True)}


class TestNeighbours:
    @pytest.fixture
    def works(self):
        """Newest first."""
        now = timezone.now()
        titles = ["Newest", "Middle", "Oldest"]
        return [
            make_item(title=title, published_at=now - timedelta(hours=at)) for at, title in enumerate(titles)
        ]

    def test_a_work_leads_to_the_newer_and_the_older_one(self, client, works):
        page = open_page(client, works[1])
        assert [(link.text, link.attrs["href"]) for link in page.all("a", "turn__link")] == [
            ("Previous Newest", "/gallery/newest"),
            ("Next Oldest", "/gallery/oldest"),
        ]

    def test_at_an_end_there_is_one_way(self, client, works):
        assert [link.attrs["rel"] for link in open_page(client, works[0]).all("a", "turn__link")] == ["next"]
        assert [link.attrs["rel"] for link in open_page(client, works[2]).all("a", "turn__link")] == ["prev"]

    def test_neighbours_are_of_the_same_kind_and_for_everybody(self, client, works):
        between = timezone.now() - timedelta(minutes=30)
        make_item(media_type="video", published_at=between)
        make_item(rating="sensitive", published_at=between)
        make_item(shown=False)
        page = open_page(client, works[1])
        assert page.all("a", "turn__link")[0].attrs["href"] == "/gallery/newest"

    def test_works_of_one_moment_are_told_apart(self, client):
        now = timezone.now()
        works = [make_item(published_at=now) for _number in range(3)]
        seen, work = [], max(works, key=lambda each: each.pk)
        page = open_page(client, work)
        while links := page.all("a", "turn__link", rel="next"):
            seen.append(links[0].attrs["href"])
            page = Page(client.get(seen[-1]))
        assert len(seen) == 2

    def test_the_large_view_turns_to_the_same_works(self, client, works):
        page = open_page(client, works[1])
        assert [(link.attrs["data-key"], link.attrs["href"]) for link in page.all("a", "full__turn")] == [
            ("ArrowLeft", "/gallery/newest#full"),
            ("ArrowRight", "/gallery/oldest#full"),
        ]

    def test_a_lone_work_has_no_neighbours(self, client):
        assert open_page(client, make_item()).all("nav", "turn") == []

    def test_a_title_is_in_the_language_of_the_page_where_there_is_one(self, client, works):
        type(works[0]).objects.filter(pk=works[0].pk).update(translations={"th": {"title": "ใหม่สุด"}})
        page = open_page(client, works[1], prefix="/th")
        titles = page.all("span", "turn__title")
        assert [(title.text, title.attrs.get("lang")) for title in titles] == [
            ("ใหม่สุด", None),
            ("Oldest", "en"),
        ]


class TestLineage:
    @pytest.fixture
    def family(self):
        parent = make_item(title="First thought")
        return parent, [make_item(title=f"Variation {n}", made_from=parent) for n in (1, 2)]

    def test_a_work_names_what_it_was_made_from(self, client, family):
        parent, children = family
        page = open_page(client, children[0])
        assert facts(page)["Made from"] == "First thought"
        assert [link.attrs["href"] for link in page.all("a") if link.text == parent.title]

    def test_a_work_names_what_was_made_from_it(self, client, family):
        page = open_page(client, family[0])
        assert facts(page)["Variations"] == "Variation 2, Variation 1"
        assert "Made from" not in facts(page)

    def test_what_is_not_shown_is_not_named(self, client, family):
        parent, children = family
        type(parent).objects.filter(pk=parent.pk).update(is_public=False)
        type(parent).objects.filter(pk=children[1].pk).update(rating="sensitive")
        assert "Made from" not in facts(open_page(client, children[0]))

    def test_works_without_a_task_are_nobodys_variation(self, client):
        make_item()
        assert "Variations" not in facts(open_page(client, make_item()))


class TestUsingThePrompt:
    OPTIONS = {"aspect_ratio": "4:3", "resolution": "2K", "gone": True}

    def test_the_desktop_app_is_given_the_request_and_its_source(self, client):
        item = make_item(prompt="It's น้ำ & fire", options=self.OPTIONS)
        link = open_page(client, item).one("a", "button--first")
        address = urlsplit(link.attrs["href"])
        given = {name: value for name, [value] in parse_qs(address.query).items()}
        assert (address.scheme, address.netloc) == ("smartspec", "generate")
        assert given["type"] == "image"
        assert given["source"] == f"{settings.SITE_URL}/gallery/{item.slug}"
        assert json.loads(given["body"]) == {
            "model_id": "nano-banana-pro",
            "prompt": "It's น้ำ & fire",
            "aspect_ratio": "4:3",
            "resolution": "2K",
        }

    @pytest.mark.parametrize("media_type", ["image", "video", "audio"])
    def test_the_request_is_one_that_the_api_takes(self, client, media_type):
        item = make_item(media_type=media_type, prompt="\"Quoted\" and 'quoted'\nsecond line")
        page = open_page(client, item)
        body = json.loads(page.one("pre", id="json").parts[0])
        assert accept(get_model(item.model_id), body).prompt == item.prompt

    def test_the_command_can_be_pasted_into_a_shell(self, client):
        item = make_item(prompt="It's $HOME and `date`")
        words = shlex.split(open_page(client, item).one("pre", id="curl").parts[0])
        assert words[:2] == ["curl", f"{settings.SITE_URL}/api/v1/generation/image"]
        assert json.loads(words[-1])["prompt"] == "It's $HOME and `date`"

    @pytest.mark.parametrize(
        "fields",
        [{"show_prompt": False}, {"model_id": "gone/model"}, {"model_id": "infinitalk/from-audio"}],
        ids=["hidden prompt", "unknown model", "a model that needs files"],
    )
    def test_nothing_is_offered_that_could_not_be_used(self, client, fields):
        page = open_page(client, make_item(**fields))
        assert page.all("details", "recipe") == []
        assert "smartspec:" not in page.html


def test_the_script_finds_where_to_count(client):
    item = make_item(title="น้ำตก", language="th")
    page = open_page(client, item)
    start = "/api/v1/gallery/%E0%B8%99%E0%B9%89%E0%B8%B3%E0%B8%95%E0%B8%81"
    assert page.one("article").attrs["data-view"] == f"{start}/view"
    [button] = [each for each in page.all("button") if "data-like" in each.attrs]
    assert button.attrs["data-like"] == f"{start}/like"
    assert "hidden" in button.attrs


def test_a_page_can_be_sent_by_the_systems_own_means(client):
    item = make_item(title="Lantern river")
    [button] = [each for each in open_page(client, item).all("button") if "data-share" in each.attrs]
    assert button.attrs["data-share"] == f"{settings.SITE_URL}/gallery/lantern-river"
    assert button.attrs["data-title"] == "Lantern river"
