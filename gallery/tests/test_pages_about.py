"""Pages about the site, and what anybody may tell us through them."""

import hashlib
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from gallery.models import OldSlug, Report
from gallery.pages import about_texts
from gallery.tests.factories import make_item
from gallery.tests.reading import Page
from smartspec.lib import throttle
from storage_app.placing import absolute

pytestmark = pytest.mark.django_db
PAGE_OF_THE_WORK = f"{settings.SITE_URL}/gallery/lantern-river"
ABOUT = ["about/terms", "about/privacy", "about/licence"]
CLAIM = {
    "url": "http://example.com/elsewhere",
    "reason": "copyright",
    "text": "I drew this in 2019.",
    "contact": "nid@example.com",
    "truth": "on",
}


@pytest.mark.parametrize("prefix", ["", "/th"])
@pytest.mark.parametrize("name", [*ABOUT, "takedown", "verify"])
def test_a_page_of_the_site_stands_in_both_languages(client, prefix, name):
    response = client.get(f"{prefix}/{name}")
    page = Page(response)
    assert page.left_open == []
    assert page.link("canonical") == f"{settings.SITE_URL}{prefix}/{name}"
    assert set(page.alternates) == {"en", "th", "x-default"}
    assert page.meta("robots").startswith("index,")
    assert 25 <= len(page.meta("description")) <= 320
    assert response.cookies == {}
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("name", [*ABOUT, "takedown", "verify", "gallery/archive"])
def test_every_foot_leads_there(client, name):
    foot = Page(client.get("/gallery"))
    assert foot.one("a", href=f"/{name}")


@pytest.mark.parametrize("prefix, day", [("", "24 November 2026"), ("/th", "24 พฤศจิกายน 2569")])
def test_a_page_about_the_site_says_when_it_last_changed(client, prefix, day):
    changed = Page(client.get(f"{prefix}/about/privacy")).one("time")
    assert (changed.text, changed.attrs["datetime"]) == (day, "2026-11-24")


SAID = {  # the day of the last change, and a fingerprint of the words: whoever changes these changes the day
    "terms": ("2026-11-24", "f3e2593831e894a2"),
    "privacy": ("2026-11-24", "1efb2699abaaa72a"),
    "licence": ("2026-11-24", "2c5e78a3dae1fa8f"),
}


@pytest.mark.parametrize("name", SAID)
def test_words_do_not_change_without_their_day(name):
    text, words = about_texts.PAGES[name], []
    for language in ("en", "th"):
        with translation.override(language):
            words += [str(text.title), str(text.description)]
            words += [str(part) for section in text.sections for part in (section.name, *section.paragraphs)]
    fingerprint = hashlib.blake2b("\n".join(words).encode(), digest_size=8).hexdigest()
    assert (text.changed.isoformat(), fingerprint) == SAID[name]


@pytest.mark.parametrize("name", ABOUT)
def test_what_is_read_is_only_read(client, name):
    assert client.post(f"/{name}").status_code == 405


def test_the_trust_pages_stay_when_the_gallery_is_closed(client, settings):
    settings.ENABLE = settings.ENABLE | {"gallery": False}
    page = Page(client.get("/about/privacy"))
    assert page.one("h1").text == "Privacy"
    assert page.all("form") == []


class TestReports:
    def test_a_work_can_be_reported_without_a_script(self, client):
        item = make_item(title="Lantern river")
        page = Page(client.get("/gallery/lantern-river"))
        assert page.one("a", href="/gallery/lantern-river/report").text == "Report this work"
        response = client.post("/gallery/lantern-river/report", {"reason": "hate", "text": "Look closely."})
        assert (response.status_code, response["Location"]) == (303, "/gallery/lantern-river/report?sent=1")
        report = Report.objects.get()
        assert (report.item, report.reason, report.text, report.contact) == (
            item,
            "hate",
            "Look closely.",
            "",
        )

    def test_thanks_are_said_and_lead_back(self, client):
        make_item(title="Lantern river")
        page = Page(client.get("/th/gallery/lantern-river/report?sent=1"))
        assert page.one("p", "form__note", role="status")
        assert [link.attrs["href"] for link in page.all("a", href="/th/gallery/lantern-river")]
        assert page.all("textarea") == []

    def test_the_form_is_not_indexed(self, client):
        make_item(title="Lantern river")
        assert Page(client.get("/gallery/lantern-river/report")).meta("robots") == "noindex,follow"

    def test_only_what_is_shown_can_be_reported(self, client):
        item = make_item(shown=False)
        assert client.get(f"/gallery/{item.slug}/report").status_code == 404
        assert client.post(f"/gallery/{item.slug}/report", {"reason": "hate"}).status_code == 404

    def test_many_reports_of_one_address_are_refused(self, client):
        make_item(title="Lantern river")
        answers = [
            client.post("/gallery/lantern-river/report", {"reason": "other"}).status_code
            for _number in range(7)
        ]
        assert answers == [303] * 5 + [429] * 2
        assert Report.objects.count() == 5


class TestTakedown:
    def test_somebody_whose_rights_are_touched_is_heard(self, client):
        item = make_item(title="Lantern river")
        url = f"{settings.SITE_URL}/gallery/lantern-river"
        response = client.post("/takedown", CLAIM | {"url": url})
        assert (response.status_code, response["Location"]) == (303, "/takedown?sent=1")
        report = Report.objects.get()
        assert (report.item, report.url, report.contact) == (item, url, "nid@example.com")

    def test_any_address_is_taken(self, client):
        client.post("/takedown", CLAIM)
        assert Report.objects.get().item is None

    @pytest.mark.parametrize("missing", CLAIM)
    def test_what_is_missing_is_said_beside_the_field(self, client, missing):
        given = {name: value for name, value in CLAIM.items() if name != missing}
        response = client.post("/takedown", given)
        page = Page(response)
        assert response.status_code == 400
        assert response["Cache-Control"] == "no-store"
        [field] = [e for e in page.elements if e.attrs.get("aria-invalid") == "true"]
        assert field.attrs["name"] == missing
        assert page.one("span", "form__wrong", id=field.attrs["aria-describedby"]).text
        assert Report.objects.count() == 0

    def test_what_was_typed_stays(self, client):
        page = Page(client.post("/takedown", CLAIM | {"contact": '"><b>nobody'}))
        assert page.one("textarea").text == "I drew this in 2019."
        assert page.one("input", id="id_contact").attrs["value"] == '"><b>nobody'

    @pytest.mark.parametrize("value", ["x" * 6000, "nul\x00byte"])
    def test_odd_texts_are_refused_and_nothing_breaks(self, client, value):
        assert client.post("/takedown", CLAIM | {"text": value}).status_code == 400


class TestVerify:
    @pytest.fixture
    def work(self):
        return make_item(title="Lantern river", files=True)

    def bytes_of(self, item):
        with item.media.file.open() as file:
            return file.read()

    def ask(self, client, **given):
        response = client.post("/verify", given)
        return response, Page(response)

    def test_a_file_of_ours_is_known(self, client, work):
        file = SimpleUploadedFile("from-line.png", self.bytes_of(work))
        response, page = self.ask(client, file=file)
        assert response.status_code == 200
        assert response["Cache-Control"] == "no-store"
        assert page.one("div", "form__note").text.startswith("Yes: this very file was made here, with AI.")
        assert page.all("a", href="/gallery/lantern-river")

    def test_its_sha256_is_enough(self, client, work):
        digest = hashlib.sha256(self.bytes_of(work)).hexdigest()
        _response, page = self.ask(client, sha256=f" {digest.upper()} ".strip())
        assert page.all("a", href="/gallery/lantern-river")

    @pytest.mark.parametrize(
        "address",
        [
            f"{settings.SITE_URL}/gallery/lantern-river",
            f"{settings.SITE_URL}/th/gallery/lantern-river?utm_source=line",
            f"{settings.SITE_URL}/gallery/river-of-old",
        ],
    )
    def test_the_address_of_its_page_is_enough(self, client, work, address):
        OldSlug.objects.create(slug="river-of-old", item=work)
        _response, page = self.ask(client, address=address)
        assert page.one("div", "form__note").text.startswith("Yes: this very file was made here, with AI.")
        assert page.all("a", href="/gallery/lantern-river")

    def test_so_is_the_address_of_its_file(self, client, work):
        _response, page = self.ask(client, address=absolute(work.media.file.url))
        assert page.all("a", href="/gallery/lantern-river")

    @pytest.mark.parametrize(
        "address", [f"{settings.SITE_URL}/gallery/nothing", "https://elsewhere.example.com/a.png", "…", "//"]
    )
    def test_other_addresses_are_not(self, client, work, address):
        _response, page = self.ask(client, address=address)
        assert page.one("div", "form__note").text.startswith("We do not know this file.")

    def test_a_work_that_was_brought_here_is_not_claimed(self, client, work):
        type(work.media).objects.filter(pk=work.media.pk).update(is_foreign=True)
        _response, page = self.ask(client, address=PAGE_OF_THE_WORK)
        assert page.one("div", "form__note").text.startswith("We do not know this file.")

    def test_it_says_with_which_model_and_when(self, client, work):
        made_at = datetime(2026, 11, 22, 12, tzinfo=UTC)
        type(work.media).objects.filter(pk=work.media.pk).update(made_with="Seedream 4.5", made_at=made_at)
        _response, page = self.ask(client, address=PAGE_OF_THE_WORK)
        assert "Made with Seedream 4.5 on 22 November 2026." in page.one("div", "form__note").text
        thai = Page(client.post("/th/verify", {"address": PAGE_OF_THE_WORK}))
        assert "22 พฤศจิกายน 2569" in thai.one("div", "form__note").text

    def test_another_file_is_not(self, client, work):
        response, page = self.ask(client, file=SimpleUploadedFile("a.txt", b"no picture at all"))
        assert response.status_code == 200
        assert page.one("div", "form__note").text.startswith("We do not know this file.")

    def test_a_work_that_is_not_shown_is_not_named(self, client, work):
        type(work).objects.filter(pk=work.pk).update(is_public=False)
        _response, page = self.ask(client, file=SimpleUploadedFile("a.png", self.bytes_of(work)))
        assert "Lantern river" not in page.html

    @pytest.mark.parametrize("given", [{}, {"sha256": "abc"}, {"sha256": "g" * 64}])
    def test_one_of_both_is_needed(self, client, given):
        response, page = self.ask(client, **given)
        assert response.status_code == 400
        assert page.all("span", "form__wrong")

    def test_files_beyond_all_measure_are_not_read(self, client):
        response = client.post("/verify", {}, CONTENT_LENGTH=str(2**40))
        assert response.status_code == 413

    def test_looking_is_limited(self, client, monkeypatch):
        monkeypatch.setattr("gallery.pages.verifying.SOME", throttle.Policy("gallery-verify", 1, 600))
        answers = [self.ask(client, sha256="0" * 64)[0].status_code for _number in range(2)]
        assert answers == [200, 429]
