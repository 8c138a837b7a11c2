"""Several machines in the small: network namespaces on a bridge, and the stores in reach of all of them."""

import ctypes
import os
import re
import socket
import subprocess
import threading
from pathlib import Path

from smartspec.tests.deployment import units
from smartspec.tests.deployment.house import WEB, WORKERS, House
from smartspec.tests.deployment.services import Service
from smartspec.tests.faults.proxy import pump

MACHINES = [f"web{number}" for number in range(WEB)] + [f"work{number}" for number in range(WORKERS)]

CLONE_NEWNET = 0x4000_0000


class Network:
    """A bridge with an address of ours, and a namespace for each machine; all of it goes with `close`."""

    def __init__(self):
        self.tag = f"ss{os.getpid() % 10_000}"
        self.subnet = f"10.{os.getpid() % 200 + 20}.77"
        self.here = f"{self.subnet}.1"
        self.addresses = {name: f"{self.subnet}.{place}" for place, name in enumerate(MACHINES, start=2)}

    def open(self) -> None:
        bridge = f"{self.tag}br"
        ip("link", "add", bridge, "type", "bridge")
        ip("addr", "add", f"{self.here}/24", "dev", bridge)
        ip("link", "set", bridge, "up")
        for place, (name, address) in enumerate(self.addresses.items()):
            space, cable = self.space(name), f"{self.tag}v{place}"
            ip("netns", "add", space)
            ip("link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", space)
            ip("link", "set", cable, "master", bridge, "up")
            ip("-n", space, "addr", "add", f"{address}/24", "dev", "eth0")
            ip("-n", space, "link", "set", "eth0", "up")
            ip("-n", space, "link", "set", "lo", "up")

    def space(self, name: str) -> str:
        return f"{self.tag}-{name}"

    def close(self) -> None:
        for name in MACHINES:
            ip("netns", "del", self.space(name), must=False)
        ip("link", "del", f"{self.tag}br", must=False)


def ip(*words: str, must: bool = True) -> None:
    subprocess.run(["ip", *words], check=must, capture_output=True)


def why_not() -> str:
    """Why there can be no namespaces here; empty when there can."""
    name = f"ssprobe{os.getpid()}"
    try:
        done = subprocess.run(["ip", "netns", "add", name], capture_output=True, text=True, check=False)
    except OSError as error:
        return f"ip (iproute2) cannot be run: {error}"
    ip("netns", "del", name, must=False)
    return f"ip netns is not allowed here: {done.stderr.strip()}" if done.returncode else ""


def door_in(space: str, address: tuple[str, int]) -> socket.socket:
    """A listening socket in a namespace: a thread of its own goes there, opens it and ends."""
    doors = []

    def enter() -> None:
        handle = os.open(f"/run/netns/{space}", os.O_RDONLY)
        ctypes.CDLL(None).setns(handle, CLONE_NEWNET)
        os.close(handle)
        doors.append(socket.create_server(address, backlog=128))

    thread = threading.Thread(target=enter)
    thread.start()
    thread.join()
    return doors[0]


class Relay:
    """A server of this machine's loopback, at a door that other machines reach."""

    def __init__(self, door: socket.socket, target: int):
        self.target, self.door = target, door
        self.port = self.door.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self.door.close()

    def _accept(self) -> None:
        while True:
            try:
                guest, _address = self.door.accept()
            except OSError:  # the door was closed
                return
            threading.Thread(target=self._serve, args=(guest,), daemon=True).start()

    def _serve(self, guest: socket.socket) -> None:
        with guest, socket.create_connection((units.LOOPBACK, self.target)) as server:
            questions = threading.Thread(target=pump, args=(guest, server), daemon=True)
            questions.start()
            pump(server, guest)
            questions.join()


class Machines(House):
    """Two machines for web, three for workers; all else is on a sixth, which is this one."""

    def __init__(self, folder: Path, network: Network, **words):
        super().__init__(folder, **words)
        self.network = network
        self.relays: list[Relay] = []

    def settings(self, database: str, cache: str, bucket: dict[str, str]) -> dict[str, str]:
        bucket |= {"CLOUDFLARE_R2_ENDPOINT": self.relayed(bucket["CLOUDFLARE_R2_ENDPOINT"])}
        return super().settings(self.relayed(database), self.relayed(cache), bucket)

    def relayed(self, url: str) -> str:
        port = int(re.search(r":(\d+)", url.partition("@")[2] or url.partition("//")[2])[1])
        self.relays.append(Relay(socket.create_server((self.network.here, 0), backlog=128), port))
        return url.replace(f"{units.LOOPBACK}:{port}", f"{self.network.here}:{self.relays[-1].port}")

    def start_services(self) -> None:
        """The provider is at each machine's own loopback: results from private addresses are not fetched."""
        for machine in MACHINES:
            door = door_in(self.network.space(machine), (units.LOOPBACK, self.sandbox_port))
            self.relays.append(Relay(door, self.sandbox_port))
        for number in range(WEB):
            self.place(f"web@{8000 + 2 * number}", f"web{number}", port=8000)
        self.add("streams", self.streams_port)
        for number in range(WORKERS):
            self.place("worker", f"work{number}", called=f"worker-{number + 1}")

    def place(self, name: str, machine: str, *, port: int | None = None, called: str = "") -> None:
        address = self.network.addresses[machine]
        unit = units.settled(units.read(name), folder=self.folder / machine, host=address, port=port)
        unit.name = called or name
        prefix = ["ip", "netns", "exec", self.network.space(machine)]
        env = self.env | {"LOCAL_DIR": str(self.folder / machine / "lib")}
        service = Service(unit, folder=self.folder, env=env, prefix=prefix)
        service.start()
        self.services[unit.name] = service

    def web_addresses(self) -> list[str]:
        return [f"{self.network.addresses[f'web{number}']}:8000" for number in range(WEB)]

    def close_stores(self) -> None:
        super().close_stores()
        for relay in self.relays:
            relay.close()
