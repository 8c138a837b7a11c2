"""What every request passes through."""

import pytest

pytestmark = pytest.mark.django_db


def test_a_request_gets_an_id(client):
    first, second = client.get("/healthz"), client.get("/healthz")
    assert len(first["X-Request-Id"]) == 32
    assert first["X-Request-Id"] != second["X-Request-Id"]


def test_a_harmless_id_of_the_caller_is_kept(client):
    answer = client.get("/healthz", headers={"X-Request-Id": "desktop-7f3a.1"})
    assert answer["X-Request-Id"] == "desktop-7f3a.1"


@pytest.mark.parametrize("given", ["short", "x" * 65, "a b c d e f g h", "<script>alert(1)</script>"])
def test_any_other_id_is_replaced(client, given):
    assert client.get("/healthz", headers={"X-Request-Id": given})["X-Request-Id"] != given


@pytest.mark.parametrize(
    "path", ["/api/v1/generation/models", "/api/v1/generation/models/", "/generation/models"]
)
def test_the_api_answers_with_and_without_slash_and_prefix(client, path):
    assert client.get(path).status_code == 401


def test_the_api_says_in_which_language_it_answered(client):
    answer = client.get("/api/v1/generation/models", headers={"Accept-Language": "th-TH,th;q=0.9"})
    assert answer["Content-Language"] == "th"
    assert "Accept-Language" in answer["Vary"]


def test_health_says_ok_and_nothing_else(client):
    assert client.get("/healthz").json() == {"status": "ok"}


def test_readiness_names_its_parts_without_details(client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")
    assert set(answer.json()["checks"].values()) == {"ok"}


def test_the_policy_allows_no_inline_script(client):
    policy = client.get("/healthz")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy


def test_browsers_that_ask_for_an_icon_find_our_mark(client):
    assert client.get("/favicon.ico")["Location"].endswith(".svg")
