"""Where settings come from: the environment, a .env file, and what a machine made for itself."""

import secrets
from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()
env.prefix = ""
environ.Env.read_env(BASE_DIR / ".env")

LOCAL_DIR = Path(env.str("LOCAL_DIR", str(BASE_DIR / ".local")))


def kept_secret(path: Path) -> str:
    """The secret key of a machine that was given none: made once, readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()
