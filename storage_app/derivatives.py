"""What is made from an original: recipes as data, plain enough for the decoding child to read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from storage_app import keys

WIDE = 1600  # from here on AVIF is written faster: a third of the time for two per cent of the bytes
FIRST_WIDTH = 640
POSTER_WIDTH = 1920
SOCIAL_SIZE = (1200, 630)
CARD_SIZE = (640, 480)
PREVIEW_WIDTH, PREVIEW_RATE, PREVIEW_SECONDS = 480, 12, 3  # a film without sound, for a hand that hovers
PEAKS = 200  # bars of a waveform, each 0..100
HAVE_SIZE = ("thumbnail", "card")  # roles whose address names the recipe; the others never change
JPEG = {"format": "JPEG", "quality": 84, "progressive": True, "optimize": True}


@dataclass(frozen=True)
class Recipe:
    """How thumbnails are made. Nothing of one may change that is in use: a better one gets a new number."""

    encoders: Mapping[str, dict]  # how Pillow writes each format
    widths: Mapping[str, Mapping[str, tuple[int, ...]]]  # by kind and format, in pixels; never enlarged


STILLS = {"avif": (320, 640, 960, 1280), "webp": (320, 640, 960, 1280)}
RECIPES = {
    1: Recipe(
        encoders={
            "avif": {"format": "AVIF", "quality": 60, "speed": 8, "max_threads": 1},
            "webp": {"format": "WEBP", "quality": 80, "method": 4},
        },
        widths={
            "image": STILLS | {"avif": (320, 640, 960, 1280, 1920)},
            "video": STILLS,
            "audio": {},
        },
    ),
}


def newest() -> int:
    return max(RECIPES)


def encoder(form: str, width: int, recipe: int = 1) -> dict:
    """Options of Pillow's `save`; empty for what Pillow does not write."""
    options = {"jpg": JPEG, "mp4": {}} | RECIPES[recipe].encoders
    return options[form] | ({"speed": 9} if form == "avif" and width >= WIDE else {})


@dataclass(frozen=True)
class Derivative:
    role: str  # a Rendition.Role
    format: str
    width: int
    recipe: int = 1
    options: Mapping = field(default_factory=dict, compare=False)  # of its encoder

    @property
    def has_size(self) -> bool:
        return self.role in HAVE_SIZE

    def key(self, asset_id: UUID) -> str:
        if self.role == "poster":
            return keys.poster(asset_id)
        if self.role == "social":
            return keys.social(asset_id)
        if self.role == "preview":
            return keys.preview(asset_id)
        return keys.thumbnail(keys.size(self.width, self.recipe), asset_id, self.format)


def one(role: str, form: str, width: int, recipe: int) -> Derivative:
    return Derivative(role, form, width, recipe, encoder(form, width, recipe))


def first(media_type: str, width: int | None, *, recipe: int = 1) -> list[Derivative]:
    """What a task needs before it may call itself complete. `width` is the original's, in pixels."""
    if media_type == "audio":
        return [one("card", "webp", CARD_SIZE[0], recipe)]
    thumbnail = one("thumbnail", "webp", min(FIRST_WIDTH, width), recipe)
    if media_type == "video":
        return [one("poster", "jpg", min(POSTER_WIDTH, width), recipe), thumbnail]
    return [thumbnail]


def every(media_type: str, width: int | None, *, recipe: int = 1) -> list[Derivative]:
    """All that a published work is shown with."""
    thumbnails = [
        one("thumbnail", form, step, recipe)
        for form, widths in RECIPES[recipe].widths[media_type].items()
        for step in ladder(widths, width)
    ]
    social = one("social", "jpg", SOCIAL_SIZE[0], recipe)
    wanted = [*first(media_type, width, recipe=recipe), *thumbnails, social]
    if media_type == "video":
        wanted.append(one("preview", "mp4", min(PREVIEW_WIDTH, even(width)), recipe))
    return list(dict.fromkeys(wanted))


def ladder(widths: tuple[int, ...], original: int) -> list[int]:
    """The steps below the original, and the original itself where it is no wider than the last."""
    return [step for step in widths if step < original] + [original] * (original <= widths[-1])


def even(number: int) -> int:
    """What H.264 can have as a side: colour is stored for two pixels at a time."""
    return max(2, number // 2 * 2)
