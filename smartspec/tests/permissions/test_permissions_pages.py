"""Pages outside the API: what is public is public, and the admin lets nobody in who has no business there."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.urls import resolve, reverse

from accounts.models import ApiKey, User
from accounts.tests.factories import make_user
from gallery.models import Item
from gallery.tests.factories import make_category, make_item
from generation.models import GenerationTask
from smartspec.tests.permissions.people import make_staff_member
from smartspec.tests.permissions.routes import routes

pytestmark = pytest.mark.django_db

# What anybody gets who is not signed in. 404 and 403: there is nothing of that name, whoever asks.
PUBLIC = {
    "/favicon.ico": 302,
    "/healthz": 200,
    "/readyz": 200,
    "/metrics": 200,  # from this machine; smartspec/tests/test_metrics.py asks from elsewhere
    "/accounts/login": 200,
    "/accounts/logout": 405,
    "/accounts/password": 302,
    "/accounts/second-step": 302,
    "/device": 302,
    "/api/schema": 200,
    "/api/docs": 200,
    "/media/private/x/y.png": 403,
    "/media/images/nothing.png": 404,
    "/robots.txt": 200,
    "/llms.txt": 200,
    "/sitemap.xml": 200,
    "/sitemap-nothing.xml": 404,
    "/oembed": 404,
    "/gallery/feed": 200,
    "/th/gallery/feed": 200,
    "/gallery/category/night/feed": 200,
    "/th/gallery/category/night/feed": 200,
    "/th": 301,
    "/nothing.txt": 404,
    "/": 301,
    "/gallery": 200,
    "/gallery/images": 200,
    "/gallery/videos": 200,
    "/gallery/audio": 200,
    "/gallery/search": 200,
    "/gallery/category/night": 200,
    "/gallery/archive": 200,
    "/gallery/archive/1999/01": 404,
    "/gallery/model/nano-banana-pro": 200,
    "/gallery/{shown}": 200,
    "/gallery/{shown}/embed": 200,
    "/gallery/{shown}/transcript.vtt": 404,
    "/gallery/{shown}/report": 200,
    "/gallery/": 301,
    "/gallery/images/": 301,
    "/about/terms": 200,
    "/about/privacy": 200,
    "/about/licence": 200,
    "/takedown": 200,
    "/verify": 200,
    "/styleguide": 200,
}
OWN_PAGES = ("/accounts/password", "/accounts/second-step", "/device")  # a person's, whoever it is
FOR_ANY_STAFF = {  # the desk's front door and what belongs to oneself
    "admin/": 200,
    "admin/login/": 302,
    "admin/logout/": 405,
    "admin/password_change/": 200,
    "admin/password_change/done/": 200,
    "admin/jsi18n/": 200,
    "admin/r/<path:content_type_id>/<path:object_id>/": 404,
    "admin/(?P<url>.*)$": 404,
}


@pytest.fixture
def shown() -> str:
    """The slug of a work that everybody sees, on a shelf of its own."""
    return make_item(files=True, rendered=False, categories=(make_category("Night"),)).slug


def filled(path: str, slug: str) -> str:
    return path.format(shown=slug)


@pytest.mark.parametrize("path", PUBLIC)
def test_a_visitor_gets_what_is_public(client, shown, path):
    answer = client.get(filled(path, shown))
    assert answer.status_code == PUBLIC[path]
    if path in OWN_PAGES:
        assert answer["Location"].startswith("/accounts/login?next=")


def test_every_page_has_a_row(shown):
    told = {resolve(filled(path, shown)).route for path in PUBLIC}
    there = {route.template for route in routes() if not route.template.startswith(("admin/", "api/v1/"))}
    assert told == there


@pytest.mark.parametrize("path", ["/gallery/{slug}", "/th/gallery/{slug}", "/gallery/{slug}/embed"])
def test_what_waits_for_moderation_is_no_page_not_even_for_its_maker(client, path):
    maker = make_user()
    item = make_item(shown=False, created_by=maker)
    client.force_login(maker)
    assert client.get(path.format(slug=item.slug)).status_code == 404


FILLINGS = {"uuid": "0b0f1f5c-9f0e-4f0c-8b5e-2f6d6a1a7c55", "slug": "x", "path": "1", "str": "1", "int": "1"}
HOLES = [  # made-up names and ids, by the kind of the hole; the first that fits
    (re.compile(r"\^\(\?P<app_label>.*\)/\$"), lambda hole: "gallery/"),
    (re.compile(r"\(\?P<url>.*\)\$"), lambda hole: "nowhere"),
    (re.compile(r"<path:content_type_id>"), lambda hole: "999999"),
    (re.compile(r"<(?:(\w+):)?\w+>"), lambda hole: FILLINGS[hole[1] or "str"]),
]


def admin_pages() -> Iterator[tuple[str, str]]:
    """(template, path) of everything below /admin/."""
    for route in routes():
        if route.template.startswith("admin/"):
            path = route.template
            for hole, filling in HOLES:
                path = hole.sub(filling, path)
            yield route.template, f"/{path}"


def test_every_page_of_the_admin_can_be_asked_for():
    assert [path for _template, path in admin_pages() if set("<>()?$") & set(path)] == []


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_admin_sends_visitors_and_people_who_are_not_staff_to_its_door(client, method):
    door = reverse("admin:login")
    for who in (None, make_user()):
        if who:
            client.force_login(who)
        for template, path in admin_pages():
            if template in ("admin/login/", "admin/logout/"):
                continue
            answer = getattr(client, method)(path)
            assert (answer.status_code, answer.headers.get("Location", "").split("?")[0]) == (302, door), path


@pytest.mark.parametrize("method", ["get", "post"])
def test_staff_in_no_group_see_the_front_of_the_admin_and_nothing_behind_it(client, method):
    """What does not exist is answered with the way back to the front."""
    client.force_login(make_staff_member())
    for template, path in admin_pages():
        if template in FOR_ANY_STAFF:
            continue
        answer = getattr(client, method)(path)
        assert answer.status_code in (302, 403, 404, 405), path
        if answer.status_code == 302:
            assert answer["Location"] in (reverse("admin:index"), f"{path}change/"), path


@pytest.mark.parametrize("template", FOR_ANY_STAFF)
def test_the_front_of_the_admin_is_every_staff_member_s(client, template):
    client.force_login(make_staff_member())
    assert client.get(dict(admin_pages())[template]).status_code == FOR_ANY_STAFF[template]


MODERATORS = {
    "/admin/gallery/item/moderate/": 200,
    "/admin/gallery/report/": 200,
    "/admin/accounts/user/": 403,
    "/admin/accounts/apikey/": 403,
    "/admin/accounts/ledgerentry/": 403,
    "/admin/accounts/auditentry/": 403,
    "/admin/generation/generationtask/": 403,
}


def test_a_moderator_judges_works_and_sees_neither_people_nor_money(client):
    client.force_login(make_staff_member("Moderator"))
    assert {path: client.get(path).status_code for path in MODERATORS} == MODERATORS


@pytest.mark.parametrize(
    "object_id", ["x", "1", "0b0f1f5c-9f0e-4f0c-8b5e-2f6d6a1a7c55", "a/b", "%00", "9" * 30]
)
@pytest.mark.parametrize("model", [Item, User, ApiKey, GenerationTask, Session, ContentType])
def test_the_admins_way_to_an_objects_page_leads_nowhere_with_a_word_that_is_no_id(client, model, object_id):
    client.force_login(make_staff_member())
    kind = ContentType.objects.get_for_model(model).pk
    assert client.get(f"/admin/r/{kind}/{object_id}/").status_code == 404


@pytest.mark.parametrize("kind", ["x", "0", "9" * 30, "1/2"])
def test_nor_does_a_kind_that_is_none(client, kind):
    client.force_login(make_staff_member())
    assert client.get(f"/admin/r/{kind}/1/").status_code == 404
