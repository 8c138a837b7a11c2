"""Reports to Sentry, for those who set SENTRY_DSN: what broke, and nothing of whom it broke for."""

import re

import sentry_sdk
from django.conf import settings

from smartspec.lib import logs
from smartspec.lib.log_json import SECRET


def begin() -> None:
    sentry_sdk.init(
        dsn=settings.SENTRY_DSN,
        send_default_pii=False,
        include_local_variables=False,  # prompts and keys stand in them
        max_request_body_size="never",
        traces_sample_rate=0,
        before_send=scrubbed,
    )


def scrubbed(event: dict, hint: dict | None = None) -> dict:
    """Without query, cookies, headers and tokens; with our request id, by which our own log knows more."""
    request = event.get("request", {})
    event["request"] = {name: request[name] for name in ("method", "url") if name in request}
    event.setdefault("tags", {})["request_id"] = logs.request_id.get()
    return blotted(event)


def blotted(value):
    if isinstance(value, dict):
        return {key: blotted(each) for key, each in value.items()}
    if isinstance(value, list):
        return [blotted(each) for each in value]
    return re.sub(SECRET, r"\1[secret]", value) if isinstance(value, str) else value
