"""What leaves the house when something broke."""

import os
import subprocess
import sys

from smartspec.lib.processes import ROOT
from smartspec.lib.reports import scrubbed

EVENT = {
    "request": {
        "method": "POST",
        "url": "https://gallery.example.com/media/private/t0ken/a.png",
        "query_string": "token=abc",
        "cookies": {"sessionid": "abc"},
        "headers": {"X-API-Key": "ss_live_abc"},
        "data": {"prompt": "a portrait of me"},
    },
    "exception": {"values": [{"type": "ValueError", "value": "bad key ss_live_abc"}]},
}


def test_neither_header_nor_cookie_nor_body_leaves():
    assert set(scrubbed(dict(EVENT))["request"]) == {"method", "url"}


def test_tokens_in_addresses_and_messages_are_blotted_out():
    event = scrubbed(dict(EVENT))
    assert event["request"]["url"] == "https://gallery.example.com/media/private/[secret]/a.png"
    assert event["exception"]["values"][0]["value"] == "bad key ss_live_[secret]"


def test_our_own_request_id_goes_along():
    assert "request_id" in scrubbed(dict(EVENT))["tags"]


def test_with_an_address_to_report_to_the_product_starts_and_reports():
    """In a process of its own, for the library looks around for others that it can watch."""
    program = "import django; django.setup(); import sentry_sdk; print(sentry_sdk.get_client().dsn)"
    surroundings = os.environ | {
        "DJANGO_SETTINGS_MODULE": "smartspec.settings",
        "SENTRY_DSN": "http://key@127.0.0.1:9/1",
    }
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=surroundings,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == surroundings["SENTRY_DSN"]
