"""What leaves the house when something broke."""

import warnings

with warnings.catch_warnings():  # its library looks for eventlet, which complains of its own age
    warnings.simplefilter("ignore")
    from smartspec.lib.sentry import scrubbed

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
