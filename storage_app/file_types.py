"""The types of file that we take, and how their first bytes give them away.

The name of a file and the header it came with are hearsay: only bytes decide.
"""

from dataclasses import dataclass
from pathlib import PurePosixPath

HEAD_BYTES = 4096  # enough for every signature below
UNKNOWN = "application/octet-stream"


@dataclass(frozen=True)
class FileType:
    media_type: str
    content_type: str
    ext: str
    reader: str  # the only Pillow format, or FFmpeg demuxer, that may open it


FILE_TYPES = {
    found.ext: found
    for found in (
        FileType("image", "image/png", "png", "PNG"),
        FileType("image", "image/jpeg", "jpg", "JPEG"),
        FileType("image", "image/webp", "webp", "WEBP"),
        FileType("image", "image/avif", "avif", "AVIF"),
        FileType("image", "image/gif", "gif", "GIF"),
        FileType("video", "video/mp4", "mp4", "mov"),
        FileType("video", "video/webm", "webm", "matroska"),
        FileType("video", "video/quicktime", "mov", "mov"),
        FileType("audio", "audio/mpeg", "mp3", "mp3"),
        FileType("audio", "audio/wav", "wav", "wav"),
        FileType("audio", "audio/ogg", "ogg", "ogg"),
        FileType("audio", "audio/mp4", "m4a", "mov"),
        FileType("audio", "audio/flac", "flac", "flac"),
    )
}
ALSO_CALLED = {  # what browsers and telephones say
    "image/jpg": "jpg",
    "audio/mp3": "mp3",
    "audio/x-wav": "wav",
    "audio/wave": "wav",
    "audio/x-m4a": "m4a",
    "audio/x-flac": "flac",
}
KNOWN_AS = {found.content_type: found for found in FILE_TYPES.values()} | {
    name: FILE_TYPES[ext] for name, ext in ALSO_CALLED.items()
}
SAFE_INLINE = frozenset(found.content_type for found in FILE_TYPES.values())

SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"OggS", "ogg"),
    (b"fLaC", "flac"),
    (b"ID3", "mp3"),
)
RIFF_FORMS = {b"WEBP": "webp", b"WAVE": "wav"}
BRANDS = (  # of an ISO base media file, the telling ones first
    ({b"avif", b"avis"}, "avif"),
    ({b"heic", b"heix", b"mif1", b"msf1"}, None),
    ({b"M4A ", b"M4B "}, "m4a"),
    ({b"qt  "}, "mov"),
    ({b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"dash", b"M4V "}, "mp4"),
)


def recognise(head: bytes) -> FileType | None:
    """The type of a file that begins with these bytes; None is a type that we do not take."""
    ext = _by_signature(head) or _by_container(head)
    return FILE_TYPES[ext] if ext else None


def type_named(content_type: str) -> FileType:
    """The type behind a content type that we decided ourselves."""
    return KNOWN_AS[content_type]


def content_type_of(key: str) -> str:
    """The type that a key of ours promises; anything unknown is never shown inline."""
    found = FILE_TYPES.get(PurePosixPath(key).suffix.removeprefix(".").lower())
    return found.content_type if found else UNKNOWN


def _by_signature(head: bytes) -> str | None:
    for signature, ext in SIGNATURES:
        if head.startswith(signature):
            return ext
    bare_mpeg_frame = len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2  # layer III
    return "mp3" if bare_mpeg_frame else None


def _by_container(head: bytes) -> str | None:
    if head.startswith(b"RIFF"):
        return RIFF_FORMS.get(head[8:12])
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "webm" if b"webm" in head[:64] else None
    if head[4:8] == b"ftyp":
        return _by_brand(head)
    return None


def _by_brand(head: bytes) -> str | None:
    box = head[: int.from_bytes(head[:4], "big")]
    brands = {box[8:12], *(box[at : at + 4] for at in range(16, len(box), 4))}
    for known, ext in BRANDS:
        if brands & known:
            return ext
    return None
