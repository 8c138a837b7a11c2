"""A ZIP of many records and large files, written in little memory."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone


@dataclass(frozen=True)
class Records:
    """A JSON document: one object, or a list of them that is read as it is written."""

    name: str  # in the archive: tasks.json
    rows: dict[str, Any] | Iterable[dict[str, Any]]


@dataclass(frozen=True)
class File:
    """Bytes as they are; media are compressed already."""

    name: str
    chunks: Iterable[bytes]


Part = Records | File


class PlainEncoder(DjangoJSONEncoder):
    """As the API says it: ids as text, times as RFC 3339 in UTC, credits as numbers."""

    def default(self, value):
        if isinstance(value, Decimal):
            return int(value) if value == value.to_integral_value() else float(value)
        if isinstance(value, datetime):
            return super().default(value.astimezone(UTC))
        return super().default(value)


def write(path: Path, parts: Iterable[Part]) -> None:
    """The archive of these parts at `path`, each read only when its turn has come."""
    with ZipFile(path, "w", allowZip64=True) as archive:
        for part in parts:
            is_text = isinstance(part, Records)
            chunks = lines(part.rows) if is_text else part.chunks
            with archive.open(
                entry(part.name, ZIP_DEFLATED if is_text else ZIP_STORED), "w", force_zip64=True
            ) as to:
                for chunk in chunks:
                    to.write(chunk)


def entry(name: str, compression: int) -> ZipInfo:
    info = ZipInfo(name, date_time=timezone.now().timetuple()[:6])
    info.compress_type = compression
    info.external_attr = 0o600 << 16
    return info


def lines(rows: dict | Iterable[dict]) -> Iterator[bytes]:
    """JSON for programs and for people: a list has one row on each line."""
    if isinstance(rows, dict):
        yield told(rows, indent=2)
        return
    before = b"["
    for row in rows:
        yield before + b"\n" + told(row)
        before = b","
    yield b"[]\n" if before == b"[" else b"\n]\n"


def told(value: dict, indent: int | None = None) -> bytes:
    return json.dumps(value, cls=PlainEncoder, ensure_ascii=False, indent=indent).encode()
