"""Pictures and sounds that a customer gives as addresses, fetched when the work begins."""

import io

import requests
from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST = 30 * 1024 * 1024  # bytes
TIMEOUT = 30  # seconds


class Unreachable(Exception):
    """The task fails with this text."""


def fetched(address: str) -> bytes:
    try:
        with requests.get(
            address, timeout=TIMEOUT, stream=True, headers={"User-Agent": "kie-sandbox/1"}
        ) as answer:
            answer.raise_for_status()
            content = answer.raw.read(LARGEST + 1, decode_content=True)
    except requests.RequestException as error:
        raise Unreachable(f"Failed to fetch the input file: {error}") from None
    if len(content) > LARGEST:
        raise Unreachable("Failed to fetch the input file: it is too large")
    return content


def picture(address: str) -> Image.Image:
    try:
        return ImageOps.exif_transpose(Image.open(io.BytesIO(fetched(address)))).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError):
        raise Unreachable("Only jpeg/jpg/png/webp image formats are supported") from None
