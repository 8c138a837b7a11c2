import uuid

import pytest
from django.conf import settings
from django.core.files.storage import storages

from storage_app import keys, placing, probing
from storage_app.tests import media
from storage_app.tests.r2_guard import Guard


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
