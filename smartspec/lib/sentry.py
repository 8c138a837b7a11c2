"""Reports to Sentry, for those who set SENTRY_DSN."""

import sentry_sdk
from django.conf import settings

from smartspec.lib.reports import scrubbed


def begin() -> None:
    sentry_sdk.init(
        dsn=settings.SENTRY_DSN,
        send_default_pii=False,
        include_local_variables=False,  # prompts and keys stand in them
        max_request_body_size="never",
        traces_sample_rate=0,
        before_send=scrubbed,
    )
