"""One POST to a stranger's server: only its status counts, and nothing it does slowly holds us up.

The address is checked at the connect itself (smartspec.lib.http), and no redirect is followed.
"""

import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from requests.certs import where
from urllib3 import Timeout
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NameResolutionError,
    NewConnectionError,
    ReadTimeoutError,
    SSLError,
)
from urllib3.util import parse_url

from smartspec.lib.http import (
    AddressRefused,
    GuardedHTTPConnection,
    GuardedHTTPSConnection,
    NearHTTPConnection,
    NearHTTPSConnection,
    pools,
)

CONNECT_SECONDS = 3.0
SILENCE_SECONDS = 10.0
WHOLE_SECONDS = 12.0  # until the headers have come: a server that drips them is cut off
USUAL_PORTS = {"http": 80, "https": 443}

# The first kind that fits; AddressRefused and UnicodeError come as they are, the others from urllib3.
TROUBLES: dict[type[Exception], str] = {
    AddressRefused: "address_refused",
    NameResolutionError: "unknown_host",
    NewConnectionError: "connection",
    ConnectTimeoutError: "timeout",
    ReadTimeoutError: "timeout",
    SSLError: "tls",
    HTTPError: "connection",
    OSError: "connection",
    UnicodeError: "unknown_host",
}


@dataclass(frozen=True)
class Outcome:
    """`status` is None when no answer came; `error` is empty, a word of TROUBLES, `redirect` or `status`."""

    status: int | None
    error: str

    @property
    def is_delivered(self) -> bool:
        return not self.error


class Hurried:
    """Mixin of a connection: its socket is shut when the time is over, whatever is being read."""

    alarm: threading.Timer | None = None

    def connect(self) -> None:
        super().connect()
        self.alarm = threading.Timer(WHOLE_SECONDS, shut, [self.sock])
        self.alarm.daemon = True
        self.alarm.start()

    def close(self) -> None:
        if self.alarm:
            self.alarm.cancel()
        super().close()


class HurriedHTTP(Hurried, GuardedHTTPConnection):
    pass


class HurriedHTTPS(Hurried, GuardedHTTPSConnection):
    pass


class HurriedNearHTTP(Hurried, NearHTTPConnection):
    pass


class HurriedNearHTTPS(Hurried, NearHTTPSConnection):
    pass


FAR_POOLS = pools(HurriedHTTP, HurriedHTTPS)
NEAR_POOLS = pools(HurriedNearHTTP, HurriedNearHTTPS)


def shut(opened: socket.socket) -> None:
    with suppress(OSError):  # it has been closed meanwhile
        socket.socket.shutdown(opened, socket.SHUT_RDWR)  # TLS sockets would first tidy up under the reader


def post(url: str, *, body: str, headers: Mapping[str, str]) -> Outcome:
    """Send once; whatever goes wrong is an Outcome. The answer's body is not read at all."""
    try:
        status = _status_of(url, body.encode(), headers)
    except tuple(TROUBLES) as error:
        return Outcome(None, next(word for kind, word in TROUBLES.items() if isinstance(error, kind)))
    if 200 <= status < 300:
        return Outcome(status, "")
    return Outcome(status, "redirect" if 300 <= status < 400 else "status")


def _status_of(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    parts = parse_url(url)
    kinds = NEAR_POOLS if settings.DEBUG else FAR_POOLS
    trust = {"cert_reqs": "CERT_REQUIRED", "ca_certs": where()} if parts.scheme == "https" else {}
    timeout = Timeout(connect=CONNECT_SECONDS, read=SILENCE_SECONDS)
    port = parts.port or USUAL_PORTS[parts.scheme]  # without one, the end of an IPv6 address is taken for it
    pool = kinds[parts.scheme](parts.host, port, timeout=timeout, maxsize=1, **trust)
    ours = {"User-Agent": f"SmartSpec/1.0 (+{settings.SITE_URL})", "Content-Type": "application/json"}
    try:
        response = pool.urlopen(
            "POST",
            parts.request_uri,
            body=body,
            headers=ours | dict(headers),
            retries=False,
            redirect=False,
            preload_content=False,
        )
        response.close()
    finally:
        pool.close()
    return response.status
