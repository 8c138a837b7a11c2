"""Reference files: what a caller may name, and what a model takes."""

import uuid
from collections.abc import Mapping

from django.dispatch import receiver
from django.utils.translation import gettext as _

from accounts.models import User
from generation.catalogue import ModelSpec
from generation.catalogue.option import Takes
from generation.models import TaskOutput
from smartspec.lib.errors import InvalidInput
from storage_app import uploads
from storage_app.models import Asset
from storage_app.signals import key_in_use


def require(*, user: User, spec: ModelSpec, references: Mapping[str, list[str]]) -> None:
    """Every reference is a https URL, or a file of this user that the model takes; others are unknown."""
    for name, values in references.items():
        takes = spec.by_name[name].takes
        for number, value in enumerate(values):
            if not value.startswith("https://"):
                complaint = complaint_about(owned_asset(user, value), takes)
                if complaint:
                    raise refusal(f"/{name}/{number}", *complaint)


def complaint_about(asset: Asset | None, takes: Takes) -> tuple[str, str] | None:
    """(code, sentence) when the model cannot take this file."""
    if asset is None:
        return "unknown_reference", _("No file of yours and no https URL.")
    if asset.media_type != takes.kind:
        return "wrong_kind", _("A file of kind %(kind)s is expected.") % {"kind": takes.kind}
    if asset.bytes > takes.max_bytes:
        return "too_large", _("The file is larger than %(mb)s MB.") % {"mb": takes.max_bytes // 2**20}
    if takes.max_seconds and (asset.duration_ms or 0) > takes.max_seconds * 1000:
        return "too_long", _("The file is longer than %(s)s seconds.") % {"s": takes.max_seconds}
    return None


def refusal(pointer: str, code: str, detail: str) -> InvalidInput:
    error = {"pointer": pointer, "code": code, "detail": detail}
    return InvalidInput(f"{pointer.lstrip('/')}: {detail}", errors=[error])


def owned_asset(user: User, value: str) -> Asset | None:
    """The caller's file behind a task id or a storage key: an output of theirs, or an upload."""
    upload = uploads.stored_under(user, value)
    if upload is not None:
        return upload.asset
    return output_of(user, value)


def output_of(user: User, value: str) -> Asset | None:
    outputs = TaskOutput.objects.select_related("asset").filter(task__user=user, task__deleted_at=None)
    try:
        output = outputs.filter(task_id=uuid.UUID(value)).first()
    except ValueError:
        output = outputs.filter(asset__file=value).first()
    return output.asset if output else None


@receiver(key_in_use, dispatch_uid="generation.key_in_use")
def is_output_of(user: User, key: str, **kwargs) -> bool:
    """A result goes with its task and cannot be deleted as if it were an upload."""
    return output_of(user, key) is not None
