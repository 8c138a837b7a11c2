"""What several machines in the small are made of."""

import socket

from smartspec.tests.deployment.spaces import MACHINES, Network, Relay


def test_each_machine_has_an_address_and_a_space_of_its_own():
    network = Network()
    assert MACHINES == ["web0", "web1", "work0", "work1", "work2"]
    assert len({network.here, *network.addresses.values()}) == 6
    assert len({network.space(name) for name in MACHINES}) == 5


def test_a_relay_passes_on_what_both_sides_say():
    with socket.create_server(("127.0.0.1", 0)) as store:
        relay = Relay("127.0.0.1", store.getsockname()[1])
        with socket.create_connection(("127.0.0.1", relay.port), timeout=10) as guest:
            guest.sendall(b"question")
            host, _address = store.accept()
            with host:
                assert host.recv(100) == b"question"
                host.sendall(b"answer")
                assert guest.recv(100) == b"answer"
        relay.close()
