"""Which hosts are listed, and which addresses are never connected to."""

import socket

import pytest

from smartspec.lib import http
from storage_app.fetching import listed as listed_among


@pytest.mark.parametrize(
    "host, listed",
    [
        ("tempfile.aiquickdraw.com", True),
        ("a.b.aiquickdraw.com", True),
        ("aiquickdraw.com", False),
        ("evil-aiquickdraw.com", False),
        ("aiquickdraw.com.evil.example", False),
        ("exact.example", True),
        ("sub.exact.example", False),
    ],
)
def test_a_leading_dot_means_all_below(host, listed):
    assert listed_among(host, [".aiquickdraw.com", "exact.example"]) is listed


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "198.18.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
    ],
)
def test_addresses_inside_are_not_public(address):
    assert not http.is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "104.18.2.3", "2606:4700::1111", "::ffff:1.1.1.1"])
def test_addresses_outside_are(address):
    assert http.is_public(address)


def test_odd_ports_are_not_connected_to():
    with pytest.raises(http.AddressRefused):
        http.checked_addresses("1.1.1.1", 6379, allow_loopback=True)


def test_a_name_with_one_answer_inside_is_refused(monkeypatch):
    """A name server may give a harmless address first and another one behind it."""
    answers = [(2, 1, 6, "", ("1.1.1.1", 443)), (2, 1, 6, "", ("10.0.0.1", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: answers)
    with pytest.raises(http.AddressRefused):
        http.checked_addresses("rebinding.example", 443, allow_loopback=False)
