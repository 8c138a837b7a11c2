"""Addresses that look public and lead inside, by whatever old or new way."""

import pytest

from smartspec.lib.http import is_public


@pytest.mark.parametrize(
    "address",
    [
        "fec0::1",  # site-local, before unique local ones
        "64:ff9b:1::7f00:1",  # a translator of one's own
        "192.88.99.1",  # a 6to4 relay
        "::127.0.0.1",  # IPv4 in IPv6, the first way
        "::ffff:0:127.0.0.1",
        "::ffff:169.254.169.254",
        "2001:db8::1",
        "5f00::1",
        "0.1.2.3",
        "240.0.0.1",
        "ff02::1",
    ],
)
def test_they_are_not_public(address):
    assert not is_public(address)
