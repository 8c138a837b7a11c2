"""Rows as the API shows them."""

from django.conf import settings

from storage_app.models import Upload
from storage_app.placing import absolute
from storage_app.quota import Usage
from storage_app.storages.stored import Ticket


def stored_file(upload: Upload) -> dict:
    asset = upload.asset
    return {
        "key": asset.file.name,
        "url": absolute(asset.file.url),
        "content_type": asset.content_type,
        "bytes": asset.bytes,
        "width": asset.width,
        "height": asset.height,
        "duration_ms": asset.duration_ms,
        "sha256": asset.sha256,
    }


def presigned(upload: Upload, ticket: Ticket) -> dict:
    return {
        "upload_id": upload.pk,
        "key": upload.key,
        "url": absolute(ticket.url),
        "method": "PUT",
        "headers": ticket.headers,
        "expires_at": upload.expires_at,
    }


def usage(found: Usage) -> dict:
    return {
        "quota_bytes": found.quota,
        "used_bytes": found.used,
        "reserved_bytes": found.reserved,
        "available_bytes": found.available,
        "files": found.files,
        "limits": settings.UPLOAD_LIMITS,
    }
