import threading
import uuid
from contextlib import contextmanager
from datetime import timedelta

import pytest
from botocore.config import Config
from django.conf import settings
from django.core.files.storage import storages
from django.db.models import F
from django.utils import timezone

from accounts.tests.factories import make_key, make_user
from storage_app import jobs, keys, placing, probing
from storage_app.models import Deletion
from storage_app.tests import media
from storage_app.tests.r2_guard import Guard
from storage_app.tests.sending import Sender

IMPATIENT = Config(retries={"max_attempts": 1}, connect_timeout=1)


@pytest.fixture(autouse=True)
def r2_guards() -> dict[str, Guard]:
    """On S3 every request of this thread's clients is held against what R2 takes."""
    if not settings.USES_R2:
        return {}
    guards = {}
    for alias in ("private", "public"):
        client = storages[alias].connection.meta.client
        if not hasattr(client, "r2_guard"):
            client.r2_guard = Guard(client)
        guards[alias] = client.r2_guard
    return guards


@pytest.fixture
def store(tmp_path):
    """store(data, media_type) -> Asset: bytes that went the whole way."""

    def stored(data: bytes, media_type: str, *, visibility: str = "private", asset_id=None):
        path = media.written(tmp_path, data, uuid.uuid4().hex)
        facts = probing.describe(path, media_type=media_type)
        key = keys.generated(media_type, uuid.uuid4(), uuid.uuid4(), facts.ext)
        placing.put(path, key=key, content_type=facts.content_type, visibility=visibility)
        return placing.record(asset_id=asset_id or uuid.uuid4(), key=key, facts=facts, visibility=visibility)

    return stored


@pytest.fixture
def content():
    """content(row) -> the bytes behind a row's file."""

    def read(row) -> bytes:
        with row.file.open("rb") as file:
            return file.read()

    return read


@pytest.fixture
def drained():
    """Carry out every deletion that is due."""

    def drain() -> None:
        while jobs.delete_next():
            pass

    return drain


@pytest.fixture
def hour_later():
    """As if an hour had passed for every promised deletion."""

    def pass_by() -> None:
        Deletion.objects.update(due_at=F("due_at") - timedelta(hours=1, seconds=1))

    return pass_by


@pytest.fixture
def claimed_deletion():
    """A worker somewhere is just removing this object."""

    def claim(visibility: str, key: str) -> Deletion:
        Deletion.objects.create(visibility=visibility, key=key, due_at=timezone.now())
        return Deletion.objects.claim(lease=timedelta(minutes=5))

    return claim


@pytest.fixture
def broken_storage(monkeypatch):
    """Storage that does not answer: a file where its folder should be, or a port where nobody listens."""

    @contextmanager
    def broken(visibility: str):
        storage = storages[visibility]
        with monkeypatch.context() as patch:
            if settings.USES_R2:
                patch.setattr(storage, "endpoint_url", "http://127.0.0.1:1")
                patch.setattr(storage, "client_config", storage.client_config.merge(IMPATIENT))
                patch.setattr(storage, "_connections", threading.local())
            else:
                nowhere = settings.MEDIA_ROOT / "nowhere"
                nowhere.touch()
                patch.setattr(storage, "location", str(nowhere))
            yield

    return broken


@pytest.fixture
def sender(db):
    user = make_user()
    return Sender(user, make_key(user)[1])


@pytest.fixture
def stranger(db):
    user = make_user()
    return Sender(user, make_key(user)[1])
