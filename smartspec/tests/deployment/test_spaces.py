"""What several machines in the small are made of."""

import socket

from smartspec.tests.deployment.spaces import MACHINES, Network, Relay, why_not


def test_each_machine_has_an_address_and_a_space_of_its_own():
    network = Network()
    assert MACHINES == ["web0", "web1", "work0", "work1", "work2"]
    assert len({network.here, *network.addresses.values()}) == 6
    assert len({network.space(name) for name in MACHINES}) == 5


def test_where_there_can_be_no_namespaces_the_reason_is_told(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert why_not().startswith("ip (iproute2) cannot be run")
    program = tmp_path / "ip"
    program.write_text("#!/bin/sh\necho Operation not permitted >&2; exit 1\n")
    program.chmod(0o755)
    assert why_not() == "ip netns is not allowed here: Operation not permitted"


def test_a_relay_passes_on_what_both_sides_say():
    with socket.create_server(("127.0.0.1", 0)) as store:
        relay = Relay(socket.create_server(("127.0.0.1", 0)), store.getsockname()[1])
        with socket.create_connection(("127.0.0.1", relay.port), timeout=10) as guest:
            guest.sendall(b"question")
            host, _address = store.accept()
            with host:
                assert host.recv(100) == b"question"
                host.sendall(b"answer")
                assert guest.recv(100) == b"answer"
        relay.close()
