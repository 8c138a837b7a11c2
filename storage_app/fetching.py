"""Bringing a foreign file here: streamed to disk, within limits of bytes, time and where it may lie."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError

from smartspec.lib.http import LOOPBACK_NAMES, session
from storage_app.errors import FetchFailed, TooLarge
from storage_app.scratch import scratch_folder

CHUNK_BYTES = 64 * 1024
CONNECT_SECONDS = 5.0
SILENCE_SECONDS = 30.0  # the longest pause between two chunks
ANYWHERE = ["*"]  # as `allowed_hosts`: every host of the public internet, and nothing inside
REDIRECTS = 5
RESUMES = 3
PARTIAL = 206
WORTH_ANOTHER_TRY = {408, 425, 429}
HEADERS = {"Accept-Encoding": "identity"}


@contextmanager
def fetch(url: str, *, allowed_hosts: list[str], max_bytes: int, deadline: float) -> Iterator[Path]:
    """Download `url` to a temporary file that exists as long as the block lasts.

    `allowed_hosts` are names, with a leading dot for all below one, or ANYWHERE; loopback must be listed
    by name. Every hop of a redirect has to be allowed, too.
    `deadline` is how many seconds all of it may take. A download that breaks off goes on where it
    stopped, if the host can do that. Raises FetchFailed, or TooLarge past `max_bytes`.
    """
    ends_at = time.monotonic() + deadline
    with tempfile.NamedTemporaryFile(dir=scratch_folder()) as file:
        download = Download(url, allowed_hosts, max_bytes, ends_at)
        for resumes_left in reversed(range(RESUMES + 1)):
            try:
                download.run(file)
            except ValueError as error:  # AddressRefused, and what is no address at all
                raise FetchFailed(retryable=False) from error
            except (requests.RequestException, HTTPError, OSError) as error:
                if not (resumes_left and download.can_go_on(file)):
                    raise FetchFailed from error
            else:
                break
        file.flush()
        yield Path(file.name)


class Download:
    """One file on its way; it knows by which mark the host recognises what we already have."""

    def __init__(self, url: str, allowed_hosts: list[str], max_bytes: int, ends_at: float):
        self.url, self.allowed_hosts = url, allowed_hosts
        self.max_bytes, self.ends_at = max_bytes, ends_at
        self.mark = ""

    def run(self, file) -> None:
        """From the beginning, or from where an earlier run stopped."""
        present = file.tell()
        headers = HEADERS | ({"Range": f"bytes={present}-", "If-Range": self.mark} if present else {})
        with opened(self.url, self.allowed_hosts, self.ends_at, headers) as response:
            if response.status_code != PARTIAL:  # the whole of it, perhaps of something newer
                present = 0
            elif not goes_on_at(response, present):
                raise FetchFailed
            self.mark = mark_of(response)
            file.seek(present)
            file.truncate()
            refuse_surprises(response, self.max_bytes - present)
            for chunk in chunks(response, self.max_bytes, self.ends_at, present):
                file.write(chunk)

    def can_go_on(self, file) -> bool:
        return bool(self.mark) and file.tell() > 0


def mark_of(response: requests.Response) -> str:
    """A strong ETag of a host that serves parts; empty when there is no going on."""
    etag = response.headers.get("ETag", "")
    serves_parts = response.status_code == PARTIAL or response.headers.get("Accept-Ranges") == "bytes"
    return etag if serves_parts and etag.startswith('"') else ""


def goes_on_at(response: requests.Response, present: int) -> bool:
    return response.headers.get("Content-Range", "").startswith(f"bytes {present}-")


@contextmanager
def opened(url: str, allowed_hosts: list[str], ends_at: float, headers: dict) -> Iterator[requests.Response]:
    """The final answer behind `url`, every hop checked as strictly as the first."""
    near = bool(LOOPBACK_NAMES.intersection(allowed_hosts))
    for _ in range(REDIRECTS + 1):
        check_place(url, allowed_hosts)
        left = remaining(ends_at)
        timeout = (min(CONNECT_SECONDS, left), min(SILENCE_SECONDS, left))
        response = session(allow_loopback=near).get(
            url, headers=headers, stream=True, allow_redirects=False, timeout=timeout
        )
        with response:
            if not response.is_redirect:
                check_status(response.status_code, asked_for_a_part="Range" in headers)
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
    if parts.scheme not in schemes or "@" in parts.netloc or not listed(host, allowed_hosts):
        raise FetchFailed(retryable=False)


def listed(host: str, allowed_hosts: list[str]) -> bool:
    if allowed_hosts == ANYWHERE:
        return bool(host) and host not in LOOPBACK_NAMES
    return any(host == name or (name.startswith(".") and host.endswith(name)) for name in allowed_hosts)


def check_status(status: int, *, asked_for_a_part: bool) -> None:
    if status != 200 and not (asked_for_a_part and status == PARTIAL):
        raise FetchFailed(retryable=status >= 500 or status in WORTH_ANOTHER_TRY)


def refuse_surprises(response: requests.Response, max_bytes: int) -> None:
    """A compressed answer could unpack to anything; an announced size saves us the download."""
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise FetchFailed(retryable=False)
    announced = response.headers.get("Content-Length", "")
    if announced.isdigit() and int(announced) > max_bytes:
        raise TooLarge


def chunks(response: requests.Response, max_bytes: int, ends_at: float, received: int = 0) -> Iterator[bytes]:
    """What arrives, as it arrives, so that a host that drips is noticed in time."""
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
