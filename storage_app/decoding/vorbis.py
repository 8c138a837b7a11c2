"""The words beside a sound in FLAC and Ogg: pairs of a name and a text."""

from storage_app.decoding.pictures import Refused

OURS = b"SmartSpec"


def read(body: bytes) -> tuple[bytes, list[bytes], int]:
    """(vendor, comments, where they end)."""
    vendor, at = text(body, 0)
    count, at = number(body, at), at + 4
    comments = []
    for _ in range(count):
        comment, at = text(body, at)
        comments.append(comment)
    return vendor, comments, at


def written(vendor: bytes, comments: list[bytes]) -> bytes:
    told = [vendor, None, *comments]
    return b"".join(
        len(comments).to_bytes(4, "little") if one is None else len(one).to_bytes(4, "little") + one
        for one in told
    )


def pairs(fields: dict[str, str]) -> list[bytes]:
    return [f"{name}={value}".encode() for name, value in fields.items()]


def text(body: bytes, at: int) -> tuple[bytes, int]:
    end = at + 4 + number(body, at)
    if end > len(body):
        raise Refused("a comment is longer than its place")
    return body[at + 4 : end], end


def number(body: bytes, at: int) -> int:
    return int.from_bytes(body[at : at + 4], "little")
