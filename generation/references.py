"""Reference files: from what a caller names to a URL that the provider can fetch."""

import uuid
from collections.abc import Mapping
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from accounts.models import User
from generation import provider
from generation.models import GenerationTask, TaskOutput
from smartspec.lib.errors import InvalidInput
from smartspec.lib.http import LOOPBACK_NAMES
from storage_app import fetching
from storage_app.errors import FetchFailed
from storage_app.models import Asset

MAX_BYTES = 30 * 2**20
FETCH_SECONDS = 60.0


def require(*, user: User, references: Mapping[str, list[str]]) -> None:
    """Every reference is a https URL, or a file that this user owns; somebody else's is unknown."""
    for name, values in references.items():
        for number, value in enumerate(values):
            if not value.startswith("https://") and owned_asset(user, value) is None:
                detail = _("No file of yours and no https URL.")
                error = {"pointer": f"/{name}/{number}", "code": "unknown_reference", "detail": detail}
                raise InvalidInput(f"{name}: {detail}", errors=[error])


def owned_asset(user: User, value: str) -> Asset | None:
    """The caller's file behind a task id or a storage key."""
    outputs = TaskOutput.objects.select_related("asset").filter(task__user=user, task__deleted_at=None)
    try:
        output = outputs.filter(task_id=uuid.UUID(value)).first()
    except ValueError:
        output = outputs.filter(asset__file=value).first()
    return output.asset if output else None


def fetchable(task: GenerationTask, references: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The references as URLs at the provider, passed on through its upload API.

    Our own signed URLs would do for R2 only; an upload works from every machine and never shows the
    provider an address of ours. Raises InvalidInput, FetchFailed or a ProviderError.
    """
    return {name: [_passed_on(task, value) for value in values] for name, values in references.items()}


def _passed_on(task: GenerationTask, value: str) -> str:
    if value.startswith("https://"):
        return _fetched_and_passed_on(value)
    asset = owned_asset(task.user, value)
    if asset is None:
        raise InvalidInput(_("A reference file of this task was deleted."))
    with asset.file.open("rb") as file:
        return provider.client().upload(file, name=asset.file.name, content_type=asset.content_type)


def _fetched_and_passed_on(url: str) -> str:
    parts = urlsplit(url)
    if parts.hostname in LOOPBACK_NAMES:
        raise FetchFailed(retryable=False)
    with (
        fetching.fetch(
            url, allowed_hosts=[parts.hostname], max_bytes=MAX_BYTES, deadline=FETCH_SECONDS
        ) as path,
        path.open("rb") as file,
    ):
        return provider.client().upload(file, name=PurePosixPath(parts.path).name, content_type="")
