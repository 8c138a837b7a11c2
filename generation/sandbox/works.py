"""How each kind of order is carried out: read it, paint or play it, write the file."""

from collections.abc import Callable
from fractions import Fraction

from PIL import Image, ImageOps

from . import sources
from .film import encode
from .film.film import scene_film
from .film.motion import picture_film
from .painting.brief import understand
from .painting.paint import retouched, still
from .painting.sizes import as_fraction, film_size, still_size
from .sound import effects
from .sound.speech import speech

SAVE = {
    "png": {"format": "PNG", "compress_level": 3},
    "jpg": {"format": "JPEG", "quality": 91, "subsampling": 0},
}


def make_still(order: dict) -> dict:
    given = [sources.picture(address) for address in order["sources"]]
    brief = understand(order["prompt"], seed=order["seed"], model=order["model"])
    size = still_size(ratio_of(order, given), order["resolution"], sketch=order["sketch"])
    picture = retouched(brief, given[0], *size) if given else still(brief, *size)
    picture.save(order["path"], **SAVE[order["extension"]])
    return {}


def ratio_of(order: dict, given: list[Image.Image]) -> Fraction:
    if order["ratio"] != "auto":
        return as_fraction(order["ratio"])
    return Fraction(given[0].width, given[0].height) if given else Fraction(16, 9)


def make_film(order: dict) -> dict:
    given = [sources.picture(address) for address in order["sources"]]
    brief = understand(order["prompt"], seed=order["seed"], model=order["model"])
    width, height = film_size(ratio_of(order, given), order["short"], sketch=order["sketch"])
    length = order["seconds"]
    if given:
        pictures = [ImageOps.fit(picture, (width, height), Image.LANCZOS) for picture in given[:2]]
        picture_film(brief, order["path"], pictures, seconds=length, sound=heard(order, brief, set(), length))
    else:
        scene_film(brief, order["path"], width=width, height=height, seconds=length,
                   track=lambda sounds: heard(order, brief, sounds, length))  # fmt: skip
    return {}


def heard(order: dict, brief, sounds: set[str], length: float):
    if not order["sound"]:
        return None
    wanted = sounds | ({"rain"} & brief.weather)
    return effects.soundtrack(wanted, brief.dice("soundtrack"), length, dark=brief.palette.dark)


def make_talk(order: dict) -> dict:
    """The picture moves a little while the given sound plays."""
    given = sources.picture(order["sources"][0])
    sound = encode.read_sound(sources.fetched(order["audio"]))
    length = min(15.0, sound.shape[1] / encode.RATE)
    brief = understand(order["prompt"], seed=order["seed"], model=order["model"])
    size = film_size(Fraction(given.width, given.height), order["short"], sketch=order["sketch"])
    pictures = [ImageOps.fit(given, size, Image.LANCZOS)]
    picture_film(brief, order["path"], pictures, seconds=length, sound=sound[:, : int(length * encode.RATE)])
    return {"seconds": length}


def make_speech(order: dict) -> dict:
    said = speech(order["prompt"], voice=order["voice"], speed=order["speed"], language=order["language"])
    encode.write_sound(order["path"], said, extension=order["extension"])
    return {}


def make_effect(order: dict) -> dict:
    sound = effects.effect(order["prompt"], length=order["seconds"], seed=order["seed"], loop=order["loop"])
    encode.write_sound(order["path"], sound, extension=order["extension"], rate=order["rate"])
    return {}


WORKS: dict[str, Callable[[dict], dict]] = {
    "still": make_still,
    "film": make_film,
    "talk": make_talk,
    "speech": make_speech,
    "effect": make_effect,
}
