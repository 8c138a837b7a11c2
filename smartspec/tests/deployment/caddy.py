"""Caddy with deploy/Caddyfile: the installed one, else that of Debian's package, which is only unpacked."""

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from smartspec.lib.processes import ROOT, Process

KEPT = ROOT / ".local" / "caddy"
GLOBAL = """{{
	admin off
	local_certs
	skip_install_trust
	auto_https disable_redirects
	default_bind 127.0.0.1
}}
import {site}
"""


class NoCaddy(RuntimeError):
    pass


def path() -> str:
    if found := os.environ.get("CADDY") or shutil.which("caddy"):
        return found
    program = KEPT / "usr" / "bin" / "caddy"
    if not program.exists():
        unpack()
    return str(program)


def unpack() -> None:
    """No root, no service that listens afterwards: only the program, under .local."""
    KEPT.mkdir(parents=True, exist_ok=True)
    for command in (["apt-get", "download", "caddy"], ["sh", "-c", "dpkg -x caddy_*.deb ."]):
        done = subprocess.run(command, cwd=KEPT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise NoCaddy(f"Install Caddy, or name it: CADDY=/path script/deploy-check\n{done.stderr}")


def start(folder: Path, *, port: int, web: Iterable[str], streams: str, static: Path) -> tuple[Process, Path]:
    """Answers at https://localhost:`port`; returns the process and the certificate to trust."""
    folder.mkdir(parents=True)
    (folder / "Caddyfile").write_text(GLOBAL.format(site=ROOT / "deploy" / "Caddyfile"))
    env = {
        "SITE_ADDRESS": f"https://localhost:{port}",
        "WEB": " ".join(web),
        "STREAMS": streams,
        "STATIC_ROOT": str(static),
        "XDG_DATA_HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
        "HOME": str(folder),
    }
    command = [path(), "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]
    certificate = folder / "caddy" / "pki" / "authorities" / "local" / "root.crt"
    process = Process(command, log=folder / "caddy.log", env=env).answers(port)
    return process.wait_until(certificate.exists), certificate
