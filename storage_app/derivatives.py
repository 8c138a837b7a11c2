"""What is made from an original: recipes as data, plain enough for the decoding child to read."""

from dataclasses import dataclass
from uuid import UUID

from storage_app import keys

WIDE = 1600  # from here on AVIF is written faster: a third of the time for two per cent of the bytes
ENCODERS = {  # how Pillow writes each format
    "avif": {"format": "AVIF", "quality": 60, "speed": 8, "max_threads": 1},
    "webp": {"format": "WEBP", "quality": 80, "method": 4},
    "jpg": {"format": "JPEG", "quality": 84, "progressive": True, "optimize": True},
}
LADDERS = {  # widths in pixels, never wider than the original
    "image": {"avif": (320, 640, 960, 1280, 1920), "webp": (320, 640, 960, 1280)},
    "video": {"avif": (320, 640, 960, 1280), "webp": (320, 640, 960, 1280)},
    "audio": {},
}
FIRST_WIDTH = 640
POSTER_WIDTH = 1920
SOCIAL_SIZE = (1200, 630)
CARD_SIZE = (640, 480)
PREVIEW_WIDTH, PREVIEW_RATE, PREVIEW_SECONDS = 480, 12, 3  # a film without sound, for a hand that hovers
PEAKS = 200  # bars of a waveform, each 0..100


def encoder(form: str, width: int) -> dict:
    return ENCODERS[form] | ({"speed": 9} if form == "avif" and width >= WIDE else {})


@dataclass(frozen=True)
class Derivative:
    role: str  # a Rendition.Role
    format: str
    width: int

    def key(self, asset_id: UUID) -> str:
        if self.role == "poster":
            return keys.poster(asset_id)
        if self.role == "social":
            return keys.social(asset_id)
        if self.role == "preview":
            return keys.preview(asset_id)
        return keys.thumbnail(str(self.width), asset_id, self.format)


def first(media_type: str, width: int | None) -> list[Derivative]:
    """What a task needs before it may call itself complete. `width` is the original's, in pixels."""
    if media_type == "audio":
        return [Derivative("card", "webp", CARD_SIZE[0])]
    thumbnail = Derivative("thumbnail", "webp", min(FIRST_WIDTH, width))
    if media_type == "video":
        return [Derivative("poster", "jpg", min(POSTER_WIDTH, width)), thumbnail]
    return [thumbnail]


def every(media_type: str, width: int | None) -> list[Derivative]:
    """All that a published work is shown with."""
    thumbnails = [
        Derivative("thumbnail", form, step)
        for form, widths in LADDERS[media_type].items()
        for step in ladder(widths, width)
    ]
    wanted = [*first(media_type, width), *thumbnails, Derivative("social", "jpg", SOCIAL_SIZE[0])]
    if media_type == "video":
        wanted.append(Derivative("preview", "mp4", min(PREVIEW_WIDTH, even(width))))
    return list(dict.fromkeys(wanted))


def ladder(widths: tuple[int, ...], original: int) -> list[int]:
    """The steps below the original, and the original itself where it is no wider than the last."""
    return [step for step in widths if step < original] + [original] * (original <= widths[-1])


def even(number: int) -> int:
    """What H.264 can have as a side: colour is stored for two pixels at a time."""
    return max(2, number // 2 * 2)
