"""OpenStack Swift with its S3 door in one process: a real S3 server that checks signatures.

Run as: swift_program.py PORT FOLDER ACCOUNT:USER SECRET. The storage servers listen on ports of
their own; everything is on loopback and under FOLDER.
"""

import sys

import eventlet

eventlet.monkey_patch()  # before anything else opens a socket

import configparser  # noqa: E402
import socket  # noqa: E402
from pathlib import Path  # noqa: E402

from eventlet import wsgi as eventlet_wsgi  # noqa: E402
from swift.common import storage_policy, utils, wsgi  # noqa: E402
from swift.common.ring import RingBuilder  # noqa: E402

DOORS = ["catch_errors", "gatekeeper", "listing_formats", "bulk", "s3api", "tempauth", "copy", "slo", "dlo"]
REGION = "auto"


class Silent:
    """Takes the place of Swift's access log."""

    def __getattr__(self, name):
        return lambda *args, **kwargs: None


class Memory:
    """Takes the place of memcached, as far as the proxy uses it."""

    def __init__(self):
        self.values = {}

    def get(self, key, *args, **kwargs):
        return self.values.get(key)

    def set(self, key, value, *args, **kwargs):
        self.values[key] = value

    def set_multi(self, values, *args, **kwargs):
        self.values.update(values)

    def incr(self, key, delta=1, *args, **kwargs):
        self.values[key] = int(self.values.get(key, 0)) + delta
        return self.values[key]

    def decr(self, key, delta=1, *args, **kwargs):
        return self.incr(key, -delta)

    def delete(self, key, *args, **kwargs):
        self.values.pop(key, None)


def listen(port: int) -> socket.socket:
    door = eventlet.listen(("127.0.0.1", port))
    door.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else every answer waits 40 ms
    return door


def write(path: Path, sections: dict[str, dict[str, str]]) -> str:
    parser = configparser.RawConfigParser(delimiters=("=",))
    parser.read_dict(sections)
    with path.open("w") as file:
        parser.write(file)
    return str(path)


def configure(folder: Path) -> None:
    """Tell Swift's modules, which look in /etc/swift, where this machine's settings are."""
    hashes = {"swift_hash_path_suffix": "s", "swift_hash_path_prefix": "p"}
    policy = {"name": "only", "default": "yes"}
    path = write(folder / "swift.conf", {"swift-hash": hashes, "storage-policy:0": policy})
    for name in ("swift.common.utils", "swift.common.utils.config", "swift.common.utils.base"):
        if hasattr(sys.modules.get(name), "SWIFT_CONF_FILE"):
            sys.modules[name].SWIFT_CONF_FILE = path
    utils.validate_configuration()
    storage_policy.reload_storage_policies()


def keep_ring(folder: Path, kind: str, port: int) -> None:
    """A ring of one device: everything lies on this one server."""
    ring = RingBuilder(2, 1, 1)
    place = {"ip": "127.0.0.1", "port": port, "replication_ip": "127.0.0.1", "replication_port": port}
    ring.add_dev({"id": 0, "region": 1, "zone": 1, "device": "disk", "weight": 1.0, "meta": "", **place})
    ring.rebalance()
    ring.get_ring().save(str(folder / f"{kind}.ring.gz"))


def serve(door: socket.socket, app) -> None:
    eventlet_wsgi.server(
        door,
        app,
        Silent(),
        protocol=wsgi.SwiftHttpProtocol,
        log_output=False,
        capitalize_response_headers=False,
    )


def start_storage(folder: Path, kind: str) -> None:
    door = listen(0)
    keep_ring(folder, kind, door.getsockname()[1])
    common = {"devices": str(folder), "mount_check": "false", "swift_dir": str(folder)}
    common |= {"disable_fallocate": "true", "log_level": "ERROR"}
    name = f"{kind}-server"
    sections = {
        "DEFAULT": common,
        "pipeline:main": {"pipeline": name},
        f"app:{name}": {"use": f"egg:swift#{kind}"},
    }
    app = wsgi.loadapp(write(folder / f"{kind}.conf", sections), global_conf={"log_name": kind})
    eventlet.spawn(serve, door, app)


def proxy(folder: Path, key: str, secret: str):
    account, user = key.split(":")
    sections = {
        "DEFAULT": {"swift_dir": str(folder), "log_level": "ERROR", "cors_allow_origin": "*"},
        "pipeline:main": {"pipeline": " ".join([*DOORS, "proxy-server"])},
        "app:proxy-server": {"use": "egg:swift#proxy", "account_autocreate": "true"},
        **{f"filter:{door}": {"use": f"egg:swift#{door}"} for door in DOORS},
    }
    sections["filter:s3api"] |= {"location": REGION, "allow_multipart_uploads": "true"}
    sections["filter:s3api"]["cors_preflight_allow_origin"] = "*"
    sections["filter:tempauth"][f"user_{account}_{user}"] = f"{secret} .admin"
    app = wsgi.loadapp(write(folder / "proxy.conf", sections), global_conf={"log_name": "proxy"})
    memory = Memory()

    def with_memory(environ, start_response):
        environ["swift.cache"] = memory
        return app(environ, start_response)

    return with_memory


def main(port: str, folder: str, key: str, secret: str) -> None:
    place = Path(folder)
    (place / "disk").mkdir(parents=True, exist_ok=True)
    configure(place)
    for kind in ("account", "container", "object"):
        start_storage(place, kind)
    serve(listen(int(port)), proxy(place, key, secret))


if __name__ == "__main__":
    main(*sys.argv[1:])
