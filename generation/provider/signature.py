"""The provider's signature on callbacks. It covers the task's id and a time, not the body."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from generation.provider.answers import whole_number
from generation.provider.callbacks import upstream_id_of

SKEW = 300  # seconds


def verify(headers: Mapping[str, str], body: Any, key: str, now: float) -> bool:
    """True when the signature is right and at most five minutes away from `now` (seconds since 1970)."""
    sent = {name.lower(): value for name, value in headers.items()}
    stamp = sent.get("x-webhook-timestamp", "")
    upstream_id, moment = upstream_id_of(body), whole_number(stamp)
    if upstream_id is None or moment is None or abs(now - moment) > SKEW:
        return False
    wanted = sign(upstream_id, stamp, key)
    return hmac.compare_digest(wanted.encode(), sent.get("x-webhook-signature", "").encode())


def sign(upstream_id: str, stamp: str, key: str) -> str:
    digest = hmac.new(key.encode(), f"{upstream_id}.{stamp}".encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()
