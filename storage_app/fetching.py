"""Bringing a foreign file here: streamed to disk, within limits of bytes, time and where it may lie."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError

from smartspec.lib.http import LOOPBACK_NAMES, AddressRefused, session
from storage_app.errors import FetchFailed, TooLarge
from storage_app.scratch import scratch_folder

CHUNK_BYTES = 64 * 1024
CONNECT_SECONDS = 5.0
SILENCE_SECONDS = 30.0  # the longest pause between two chunks
REDIRECTS = 3
WORTH_ANOTHER_TRY = {408, 425, 429}
HEADERS = {"Accept-Encoding": "identity"}


@contextmanager
def fetch(url: str, *, allowed_hosts: list[str], max_bytes: int, deadline: float) -> Iterator[Path]:
    """Download `url` to a temporary file that exists as long as the block lasts.

    `allowed_hosts` are names, with a leading dot for all below one; loopback must be listed by name.
    `deadline` is how many seconds all of it may take. Raises FetchFailed, or TooLarge past `max_bytes`.
    """
    ends_at = time.monotonic() + deadline
    with tempfile.NamedTemporaryFile(dir=scratch_folder()) as file:
        try:
            with opened(url, allowed_hosts, ends_at) as response:
                refuse_surprises(response, max_bytes)
                for chunk in chunks(response, max_bytes, ends_at):
                    file.write(chunk)
        except AddressRefused as error:
            raise FetchFailed(retryable=False) from error
        except (requests.RequestException, HTTPError, OSError) as error:
            raise FetchFailed from error
        file.flush()
        yield Path(file.name)


@contextmanager
def opened(url: str, allowed_hosts: list[str], ends_at: float) -> Iterator[requests.Response]:
    """The final answer behind `url`, every hop checked as strictly as the first."""
    near = bool(LOOPBACK_NAMES.intersection(allowed_hosts))
    for _ in range(REDIRECTS + 1):
        check_place(url, allowed_hosts)
        left = remaining(ends_at)
        timeout = (min(CONNECT_SECONDS, left), min(SILENCE_SECONDS, left))
        response = session(allow_loopback=near).get(
            url, headers=HEADERS, stream=True, allow_redirects=False, timeout=timeout
        )
        with response:
            if not response.is_redirect:
                check_status(response.status_code)
                yield response
                return
            url = urljoin(url, response.headers["Location"])
    raise FetchFailed(retryable=False)


def check_place(url: str, allowed_hosts: list[str]) -> None:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
    except ValueError as error:
        raise FetchFailed(retryable=False) from error
    schemes = ("http", "https") if host in LOOPBACK_NAMES else ("https",)
    if parts.scheme not in schemes or parts.username or not listed(host, allowed_hosts):
        raise FetchFailed(retryable=False)


def listed(host: str, allowed_hosts: list[str]) -> bool:
    return any(host == name or (name.startswith(".") and host.endswith(name)) for name in allowed_hosts)


def check_status(status: int) -> None:
    if status != 200:
        raise FetchFailed(retryable=status >= 500 or status in WORTH_ANOTHER_TRY)


def refuse_surprises(response: requests.Response, max_bytes: int) -> None:
    """A compressed answer could unpack to anything; an announced size saves us the download."""
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise FetchFailed(retryable=False)
    announced = response.headers.get("Content-Length", "")
    if announced.isdigit() and int(announced) > max_bytes:
        raise TooLarge


def chunks(response: requests.Response, max_bytes: int, ends_at: float) -> Iterator[bytes]:
    """What arrives, as it arrives, so that a host that drips is noticed in time."""
    received = 0
    while chunk := response.raw.read1(CHUNK_BYTES, decode_content=False):
        received += len(chunk)
        if received > max_bytes:
            raise TooLarge
        remaining(ends_at)
        yield chunk
    if not received:
        raise FetchFailed


def remaining(ends_at: float) -> float:
    left = ends_at - time.monotonic()
    if left <= 0:
        raise FetchFailed
    return left
