"""The pages of whoever is on duty, in a real browser: readable for everybody, and pressed with a mouse."""

import uuid
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from django_q.models import Failure
from playwright.sync_api import Page, expect

from accounts.tests.factories import PASSWORD, make_user
from gallery.tests.factories import make_staff
from generation import alarms
from generation.models import GenerationTask
from smartspec.tests.servers import chromium, programs
from smartspec.tests.test_desk_browser import sign_in
from smartspec.tests.test_journey import artifacts

__all__ = ["artifacts"]

pytestmark = pytest.mark.browser
OVERVIEW = "/admin/generation/modelswitch/overview/"


@pytest.fixture
def url(transactional_db, artifacts) -> Iterator[str]:
    make_staff("curator")
    trouble_of(make_user("somchai"))
    web, address = programs.web(artifacts, {"KIE_AI_API_KEY": ""})
    yield address
    web.stop()


def trouble_of(user) -> None:
    now = timezone.now()
    task = GenerationTask.objects.create(
        user=user, task_type="image", model_id="flux-2", credits_quoted=1, due_at=now, prompt="kites", tries=4
    )
    task.events.create(sequence=0, old="", new="pending/queued", who="user")
    task.exchanges.create(kind="order", status=503, text='{"code": 503}')
    alarms.sound("key_refused", "kie.ai")
    Failure.objects.create(
        id=uuid.uuid4().hex,
        name="x",
        func="generation.jobs.advance",
        args=(str(task.pk),),
        started=now,
        stopped=now,
        success=False,
        result="ValueError('no')",
    )


def faults(page: Page) -> list:
    found = Axe().run(page).response["violations"]
    return [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found]


@pytest.mark.parametrize("locale", ["en-GB", "th-TH"])
def test_what_hangs_is_seen_and_pushed_on(url, artifacts, locale):
    with chromium.open_browser() as browser:
        page = browser.new_context(locale="en-GB").new_page()
        sign_in(url, page, OVERVIEW)
        expect(page.get_by_role("heading", name="Jobs that failed")).to_be_visible()
        signed_in = page.context.storage_state()
        page = browser.new_context(locale=locale, storage_state=signed_in).new_page()
        page.goto(f"{url}{OVERVIEW}")
        page.screenshot(path=artifacts / f"operations-{locale}.png", full_page=True)
        assert faults(page) == []
        page.locator("button[name=job]").click()
        expect(page.locator(".messagelist .success")).to_be_visible()
        expect(page.locator("button[name=job]")).to_have_count(0)


def test_the_pages_of_tasks_prices_and_people_shut_nobody_out(url, artifacts):
    task = GenerationTask.objects.get()
    with chromium.open_browser() as browser:
        page = browser.new_context(locale="en-GB").new_page()
        sign_in(url, page, f"/admin/generation/generationtask/{task.pk}/change/")
        expect(page.get_by_text('{"code": 503}')).to_be_visible()
        page.screenshot(path=artifacts / "operations-task.png", full_page=True)
        assert faults(page) == []
        page.goto(f"{url}/admin/generation/priceoverride/add/")
        assert faults(page) == []
        page.goto(f"{url}/admin/accounts/user/")
        page.get_by_role("row", name="somchai").get_by_role("checkbox").check()
        page.get_by_label("Action:").select_option("close_account")
        with page.expect_navigation():
            page.get_by_role("button", name="Go").click()
        assert faults(page) == []
        page.get_by_label("Their username").fill("somchai")
        page.get_by_label("Reason").fill("asked by letter")
        page.get_by_label("Your own password").fill(PASSWORD)
        page.get_by_role("button", name="Close this account").click()
        expect(page.get_by_text("The account was closed.")).to_be_visible()
