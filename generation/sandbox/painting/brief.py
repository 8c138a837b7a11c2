"""What is to be painted: the words of the prompt, completed by dice wherever they are silent."""

from dataclasses import dataclass, replace

import numpy as np

from . import words
from .colour import dim, mix, saturated
from .noise import generator
from .palettes import COLOURS, LIGHTS, Palette

# Which lights suit a scene when the prompt names neither time nor colour.
USUAL_LIGHT = {
    "planet": ("night", "violet", "teal", "red", "orange", "green"),
    "aurora": ("night",),
    "city": ("night", "dusk", "sunset", "indigo", "violet", "orange"),
    "street": ("night", "dusk"),
    "lanterns": ("night", "dusk"),
    "temple": ("dusk", "sunset", "gold", "indigo", "dawn", "orange"),
    "silk": ("indigo", "gold", "red", "pink", "teal", "green", "violet", "grey"),
    "kranok": ("gold", "red", "indigo", "green", "teal", "grey"),
    "ceramic": ("teal", "indigo", "orange", "green", "white", "red"),
    "still_life": ("brown", "orange", "green", "teal", "dawn", "red"),
    "portrait": ("orange", "teal", "pink", "indigo", "sunset", "gold"),
    "botanical": ("green", "teal", "white", "pink", "gold", "dawn"),
    "marble": ("teal", "indigo", "gold", "green", "pink", "grey", "red"),
    "forest": ("green", "mist", "dawn", "gold", "teal"),
    "dunes": ("orange", "gold", "sunset", "pink", "night", "brown"),
    "lotus": ("dawn", "green", "teal", "pink", "dusk"),
    "terraces": ("green", "dawn", "sunset", "gold", "mist"),
    "waterfall": ("green", "mist", "teal", "day"),
}
ANY_LIGHT = (
    "dawn",
    "day",
    "sunset",
    "dusk",
    "night",
    "mist",
    "green",
    "teal",
    "red",
    "indigo",
    "orange",
    "grey",
)
OPEN_SCENES = (
    "mountains", "sea", "city", "planet", "temple", "terraces", "silk", "kranok",
    "ceramic", "forest", "dunes", "lotus", "botanical", "marble", "portrait", "lanterns",
)  # fmt: skip
WEATHER_LIGHT = {"mist": "mist", "storm": "storm", "rain": "storm", "snow": "white"}
NIGHTFALL = {"zenith": 0.38, "sky": 0.50, "horizon": 0.72, "far": 0.48, "near": 0.42}  # of the lightness
DAYLIGHT = {"zenith": 0.5, "sky": 0.3, "horizon": 0.3, "far": 0.3, "near": 0.3}  # how much of the hour's own
GILDED = {"temple", "kranok"}  # here gold is the thing itself, not the light
LAMPLIT = {"planet", "aurora", "street", "lanterns", "city"}  # weather does not change their light
TIMES = ("dawn", "day", "sunset", "dusk", "night")


@dataclass(frozen=True)
class Brief:
    key: tuple  # what the dice are thrown with
    scene: str
    palette: Palette
    time: str
    weather: frozenset[str]
    things: frozenset[str]
    colours: tuple[str, ...]
    style: str | None

    def dice(self, name: str) -> np.random.Generator:
        """Dice of their own for each part, so that one part never disturbs another."""
        return generator(*self.key, name)


def understand(prompt: str, *, seed: int = 0, model: str = "") -> Brief:
    reading = words.read(prompt)
    if reading.scene in GILDED and (reading.times or len(reading.colours) > 1):
        reading = replace(reading, colours=tuple(name for name in reading.colours if name != "gold"))
    key = (" ".join(prompt.split()), seed, model)
    dice = generator(*key, "brief")
    scene = reading.scene or scene_from_hints(reading, dice)
    light = light_of(reading, scene, dice)
    return Brief(
        key=key,
        scene=scene,
        palette=palette_of(reading, light, dice),
        time=reading.times[0] if reading.times else (light if light in TIMES else "day"),
        weather=frozenset(reading.weather),
        things=reading.things,
        colours=reading.colours,
        style=reading.style,
    )


def scene_from_hints(reading: words.Reading, dice: np.random.Generator) -> str:
    if "moon" in reading.things or "boat" in reading.things:
        return "sea"
    if "ring" in reading.things:
        return "planet"
    if {"rain", "storm"} & set(reading.weather):
        return "street"
    if {"mist", "snow"} & set(reading.weather):
        return "mountains"
    return OPEN_SCENES[dice.integers(len(OPEN_SCENES))]


def light_of(reading: words.Reading, scene: str, dice: np.random.Generator) -> str:
    if reading.times:
        return reading.times[0]
    weather = next((WEATHER_LIGHT[name] for name in reading.weather if name in WEATHER_LIGHT), None)
    usual = USUAL_LIGHT.get(scene, ANY_LIGHT)
    if weather and scene not in LAMPLIT:
        return weather
    return usual[dice.integers(len(usual))]


def palette_of(reading: words.Reading, light: str, dice: np.random.Generator) -> Palette:
    """Named colours rule, the time of day darkens or lights them; a second colour becomes the accent."""
    name = reading.colours[0] if reading.colours else light
    choices = COLOURS.get(name) or LIGHTS[name]
    chosen = choices[dice.integers(len(choices))]
    if reading.colours and reading.times:
        chosen = toned(chosen, LIGHTS[reading.times[0]][0])
    if len(reading.colours) > 1:
        second = COLOURS[reading.colours[1]][0]
        chosen = replace(chosen, accent=saturated(mix(second.sky, second.horizon, 0.35), 1.25))
    return chosen


def toned(palette: Palette, light: Palette) -> Palette:
    """The palette's own hues in the light of another hour: mixed with it by day, dimmed by night."""
    if light.dark:
        dimmed = {name: dim(getattr(palette, name), part) for name, part in NIGHTFALL.items()}
        return replace(palette, **dimmed, light=light.light, dark=True)
    mixed = {name: mix(getattr(palette, name), getattr(light, name), part) for name, part in DAYLIGHT.items()}
    return replace(palette, **mixed, light=light.light, dark=False)
