"""What a test run stands on, chosen before Django reads its settings.

TEST_DATABASE is sqlite (default) or postgres, TEST_STORAGE is local (default), s3, or bucket: a real
one, lent by TEST_BUCKET_… variables. The servers start with the run and end with it; further test
processes of the same run find them in the environment. Nothing of the developer's own settings is used.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from smartspec.tests.servers import bucket, postgres, s3

DATABASES, STORAGES = ("sqlite", "postgres"), ("local", "s3", "bucket")
NEUTRAL = {
    "DEBUG": "true",
    "SECRET_KEY": "",
    "SITE_URL": "http://127.0.0.1:8000",
    "DATABASE_URL": "",
    "REDIS_URL": "",
    "QUEUE_BROKER": "orm",
    "KIE_AI_API_KEY": "",
    "KIE_AI_BASE_URL": "https://api.kie.ai/api/v1/jobs",
    "KIE_AI_WEBHOOK_HMAC_KEY": "",
    "CALLBACK_URL": "http://127.0.0.1:8000",
    "CLOUDFLARE_R2_ENDPOINT": "",
    "CLOUDFLARE_R2_ACCESS_KEY_ID": "",
    "CLOUDFLARE_R2_SECRET_ACCESS_KEY": "",
    "CLOUDFLARE_R2_PRIVATE_BUCKET_NAME": "",
    "CLOUDFLARE_R2_PUBLIC_URL": "",
    "ENABLE_IMAGE_GENERATION": "true",
    "ENABLE_VIDEO_GENERATION": "true",
    "ENABLE_AUDIO_GENERATION": "true",
    "ENABLE_PUBLIC_GALLERY": "true",
    "LOG_LEVEL": "INFO",
    "SENTRY_DSN": "",
    "OTEL_EXPORTER_OTLP_ENDPOINT": "",
}
TEMPLATES = "TEST_TEMPLATES"  # a folder; see template.py
SHARED = "SMARTSPEC_TEST_SERVERS"  # set by the first process of a run: the servers are up


def database() -> str:
    return chosen("TEST_DATABASE", DATABASES)


def storage() -> str:
    return chosen("TEST_STORAGE", STORAGES)


def chosen(variable: str, words: tuple[str, ...]) -> str:
    word = os.environ.get(variable, words[0])
    if word not in words:
        raise ValueError(f"{variable} is {' or '.join(words)}, not {word}")
    return word


def prepare() -> Path:
    """Set the environment of this test process; returns its own folder."""
    home = own_folder()
    if SHARED not in os.environ:
        os.environ.update(NEUTRAL)
        start_servers(home)
        os.environ[SHARED] = str(os.getpid())
        os.environ.setdefault(TEMPLATES, str(home / "templates"))
    os.environ["LOCAL_DIR"] = str(home)
    os.environ["MEDIA_ROOT"] = str(home / "media")
    os.environ["STATIC_ROOT"] = str(home / "static")
    (home / "static").mkdir()
    if database() == "sqlite":
        os.environ["DATABASE_URL"] = f"sqlite:///{home / 'unused.sqlite3'}"
    return home


def own_folder() -> Path:
    home = Path(tempfile.mkdtemp(prefix="smartspec-test-"))
    home.chmod(0o755)  # PostgreSQL may have to run as somebody else
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    return home


def start_servers(home: Path) -> None:
    if database() == "postgres":
        server, url = postgres.start(home)
        os.environ["DATABASE_URL"] = url
        atexit.register(server.stop, 2)
    if storage() == "s3":
        server = s3.start(home / "s3")
        os.environ.update(server.environment)
        atexit.register(server.process.stop)
    if storage() == "bucket":
        os.environ.update(bucket.prepare())
