"""What a server refuses to start with, and what it says production still lacks."""

import pytest

from smartspec import checks


@pytest.mark.parametrize(
    "url, private",
    [
        ("http://127.0.0.1:8787/api/v1/jobs", True),
        ("http://localhost/api/v1/jobs", True),
        ("http://10.0.0.5/jobs", True),
        ("http://[::1]:80/jobs", True),
        ("http://169.254.169.254/jobs", True),
        ("https://api.kie.ai/api/v1/jobs", False),
    ],
)
def test_a_private_provider_is_recognised(url, private):
    assert checks.is_private_address(url) is private


def test_a_sandbox_is_refused_where_it_is_not_allowed(settings):
    settings.KIE_AI_BASE_URL, settings.ALLOW_SANDBOX = "http://127.0.0.1:1/api/v1/jobs", False
    assert [error.id for error in checks.provider_is_real(None)] == ["smartspec.E001"]
    settings.ALLOW_SANDBOX = True
    assert checks.provider_is_real(None) == []


def test_a_public_bucket_needs_a_private_one_beside_it(settings):
    settings.USES_R2 = True
    settings.R2 = settings.R2 | {"public_url": "https://media.example", "private_bucket": ""}
    assert [error.id for error in checks.private_files_stay_private(None)] == ["smartspec.E002"]
    settings.R2 = settings.R2 | {"private_bucket": "smartspec-private"}
    assert checks.private_files_stay_private(None) == []


def test_production_hears_what_it_lacks(settings):
    settings.SECRET_KEY_IS_OURS, settings.KIE_AI_API_KEY, settings.USES_R2 = True, "", False
    found = {message.id for message in checks.production_is_complete(None)}
    assert {"smartspec.E003", "smartspec.W002", "smartspec.W003"} <= found


def test_a_complete_production_hears_nothing(settings):
    settings.SECRET_KEY_IS_OURS, settings.KIE_AI_API_KEY, settings.USES_R2 = False, "key", True
    settings.STAFF_TWO_STEP = True
    settings.SITE_URL = "https://gallery.example.com"
    found = {message.id for message in checks.production_is_complete(None)}
    assert found <= {"smartspec.W001"}  # which the SQLite run hears


def test_it_hears_that_a_password_alone_opens_the_admin(settings):
    settings.STAFF_TWO_STEP = False
    assert "smartspec.W005" in {message.id for message in checks.production_is_complete(None)}
