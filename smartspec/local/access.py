"""Who may sign in to a local server: made once, kept in .local/demo.env for the owner's eyes only."""

import os
import secrets
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

CREDITS = "100000"
Manage = Callable[..., subprocess.CompletedProcess[str]]


def read(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    return dict(line.split("=", 1) for line in path.read_text().splitlines() if "=" in line)


def write(path: Path, values: dict[str, str]) -> None:
    """Readable by its owner only from its first byte on."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.writelines(f"{name}={value}\n" for name, value in values.items())


def prepare(path: Path, *, url: str, manage: Manage) -> dict[str, str]:
    """BASE_URL, API_KEY, ADMIN_USER, ADMIN_PASSWORD: as kept while the key opens the door, else new."""
    known = read(path)
    if not opens(url, known.get("API_KEY", "")):
        known = create(manage)
    values = {"BASE_URL": url} | {name: value for name, value in known.items() if name != "BASE_URL"}
    write(path, values)
    return values


def opens(url: str, key: str) -> bool:
    request = urllib.request.Request(f"{url}/api/v1/me", headers={"X-API-Key": key})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return answer.status == 200
    except urllib.error.HTTPError:
        return False


def create(manage: Manage) -> dict[str, str]:
    """A new member of staff; under a further name when somebody is called admin already."""
    password = secrets.token_urlsafe(12)
    options = [f"--password={password}", "--staff", "--credits", CREDITS, "--key"]
    for name in ("admin", f"admin-{secrets.token_hex(2)}"):
        done = manage("createuser", name, *options)
        if done.returncode == 0:
            key = done.stdout.strip()
            return {"API_KEY": key, "ADMIN_USER": name, "ADMIN_PASSWORD": password}
    raise RuntimeError(done.stderr.strip())
