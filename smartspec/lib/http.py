"""HTTP to foreign hosts: the address check is made on the very address that is connected to.

A name that resolves to this machine or a private network is refused at connect time, on every hop, so
neither a redirect nor a name server that changes its mind leads inside.
"""

import ipaddress
import socket
import sys
import threading
from http.cookiejar import DefaultCookiePolicy

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError
from urllib3.util import connection as sockets

LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost"})
PUBLIC_PORTS = frozenset({80, 443})
NEVER = [  # routable by the letter, and still ways into a private network
    ipaddress.ip_network(network)
    for network in (
        "100.64.0.0/10",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "fec0::/10",
        "2001::/32",
        "2002::/16",
    )
]
_local = threading.local()


class AddressRefused(ValueError):
    """The host leads to an address that we do not connect to. No OSError, which urllib3 would wrap."""


def is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    found = getattr(found, "ipv4_mapped", None) or found
    inside = any(found in network for network in NEVER if network.version == found.version)
    return found.is_global and not found.is_multicast and not found.is_reserved and not inside


def checked_addresses(host: str, port: int, *, allow_loopback: bool) -> list[str]:
    """Where to connect to; raises AddressRefused unless every answer for the name is harmless."""
    answers = [info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if allow_loopback and all(ipaddress.ip_address(answer).is_loopback for answer in answers):
        return answers
    if port not in PUBLIC_PORTS or not all(is_public(answer) for answer in answers):
        raise AddressRefused(f"{host}:{port} is not a public address")
    return answers


def connect(connection: HTTPConnection, *, allow_loopback: bool) -> socket.socket:
    host = connection._dns_host
    try:
        addresses = checked_addresses(host, connection.port, allow_loopback=allow_loopback)
        opened = first_that_answers(addresses, connection)
    except AddressRefused:
        raise
    except socket.gaierror as error:
        raise NameResolutionError(host, connection, error) from error
    except TimeoutError as error:
        raise ConnectTimeoutError(connection, f"no connection to {host} in time") from error
    except OSError as error:
        raise NewConnectionError(connection, f"no connection to {host}: {error}") from error
    sys.audit("http.client.connect", connection, host, connection.port)
    return opened


def first_that_answers(addresses: list[str], connection: HTTPConnection) -> socket.socket:
    """By number, so that no further look-up can say something else; a name may have an old and a new one."""
    for number, address in enumerate(addresses, start=1):
        try:
            return sockets.create_connection(
                (address, connection.port), connection.timeout, socket_options=connection.socket_options
            )
        except OSError:
            if number == len(addresses):
                raise
    raise OSError("the name has no address")


class GuardedHTTPConnection(HTTPConnection):
    def _new_conn(self):
        return connect(self, allow_loopback=False)


class GuardedHTTPSConnection(HTTPSConnection):
    def _new_conn(self):
        return connect(self, allow_loopback=False)


class NearHTTPConnection(HTTPConnection):
    def _new_conn(self):
        return connect(self, allow_loopback=True)


class NearHTTPSConnection(HTTPSConnection):
    def _new_conn(self):
        return connect(self, allow_loopback=True)


def pools(plain: type, secure: type) -> dict:
    return {
        "http": type("GuardedPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
        "https": type("GuardedTLSPool", (HTTPSConnectionPool,), {"ConnectionCls": secure}),
    }


FAR_POOLS = pools(GuardedHTTPConnection, GuardedHTTPSConnection)
NEAR_POOLS = pools(NearHTTPConnection, NearHTTPSConnection)


class GuardedAdapter(HTTPAdapter):
    def __init__(self, *, allow_loopback: bool):
        self._pools = NEAR_POOLS if allow_loopback else FAR_POOLS
        super().__init__(pool_connections=16, pool_maxsize=16, max_retries=0)

    def init_poolmanager(self, *args, **kwargs):
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._pools


def session(*, allow_loopback: bool = False) -> requests.Session:
    """This thread's pooled session: our own name, no cookies, nothing of the machine's proxies."""
    name = f"session_{allow_loopback}"
    if not hasattr(_local, name):
        made = requests.Session()
        made.trust_env = False
        made.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        made.headers = {"User-Agent": f"SmartSpec/1.0 (+{settings.SITE_URL})", "Accept": "*/*"}
        adapter = GuardedAdapter(allow_loopback=allow_loopback)
        made.mount("http://", adapter)
        made.mount("https://", adapter)
        setattr(_local, name, made)
    return getattr(_local, name)
