"""Callbacks to the customer: one POST, up to three more on anything but 200, signed when a key is set."""

import base64
import hashlib
import hmac
import logging
import threading
import time
from dataclasses import dataclass

import requests

log = logging.getLogger(__name__)

TIMEOUT = 15  # seconds for one attempt
PAUSES = (1.0, 2.0, 4.0)  # seconds before each further attempt


def signature(key: str, task_id: str, timestamp: str) -> str:
    """Covers the id and the time, not the body: that is how the provider does it."""
    digest = hmac.new(key.encode(), f"{task_id}.{timestamp}".encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


@dataclass(frozen=True)
class Signer:
    key: str
    skew: int = 0  # seconds

    def headers(self, task_id: str) -> dict[str, str]:
        if not self.key:
            return {}
        timestamp = str(int(time.time()) + self.skew)
        return {
            "X-Webhook-Timestamp": timestamp,
            "X-Webhook-Signature": signature(self.key, task_id, timestamp),
        }


class Messenger:
    def __init__(self, *, hmac_key: str = "", speed: float = 1.0):
        self._hmac_key = hmac_key
        self._pauses = tuple(pause / speed for pause in PAUSES)
        self._stopping = threading.Event()

    def send(
        self, url: str, body: dict, *, key: str | None = None, skew: int = 0, delay: float = 0.0
    ) -> None:
        """Returns at once; the attempts run on a thread of their own.

        `key` signs in place of ours (empty: nobody signs), `skew` is how many seconds the signature's
        clock is off, `delay` how many to wait.
        """
        signer = Signer(self._hmac_key if key is None else key, skew)
        threading.Thread(target=self._deliver, args=(url, body, signer, delay), daemon=True).start()

    def stop(self) -> None:
        self._stopping.set()

    def _deliver(self, url: str, body: dict, signer: Signer, delay: float) -> None:
        for pause in (delay, *self._pauses):
            if self._stopping.wait(pause) or self._attempt(url, body, signer):
                return
        log.warning("callback to %s given up", url)

    def _attempt(self, url: str, body: dict, signer: Signer) -> bool:
        headers = signer.headers(body["data"]["taskId"])
        try:
            with requests.post(url, json=body, headers=headers, timeout=TIMEOUT) as answer:
                return answer.status_code == 200
        except requests.RequestException as error:
            log.info("callback to %s failed: %s", url, error)
            return False
