"""Palettes chosen by eye. Each is a light: sky from zenith to horizon, land from far to near, sun, accent."""

from dataclasses import dataclass

from .colour import Colour, from_hex, luminance, mix


@dataclass(frozen=True)
class Palette:
    zenith: Colour
    sky: Colour
    horizon: Colour
    far: Colour
    near: Colour
    light: Colour  # sun, moon, lamps
    accent: Colour  # the one colour that answers the others
    dark: bool  # lamps are lit, stars may show

    def ladder(self) -> list[Colour]:
        """The palette from dark to light, for pictures without sky and land."""
        colours = [self.near, self.zenith, self.far, self.sky, self.horizon, self.light]
        return sorted(colours, key=lambda colour: float(luminance(colour)))

    def land(self, nearness: float) -> Colour:
        return mix(self.far, self.near, nearness)


def palette(codes: str, dark: bool = False) -> Palette:
    return Palette(*map(from_hex, codes.split()), dark)


#                zenith  sky     horizon far     near    light   accent
LIGHTS: dict[str, tuple[Palette, ...]] = {
    "dawn": (
        palette("#5a6ca6 #d7a0b4 #fbdcb8 #a98bab #272341 #fff4da #e8795a"),
        palette("#5f97a4 #b4d3c8 #fcebca #83aca8 #15302f #fffbe8 #e79a58"),
        palette("#7b78b8 #e6b3a4 #fdeccb #b895a0 #33263c #fff6e0 #c9543f"),
    ),
    "day": (
        palette("#2a68ad #77b0da #e6f1ee #86aecb #11323a #fffdf2 #f0b244"),
        palette("#3a82b4 #9ccfd6 #f6f0d4 #86b79d #1c3b25 #fffef4 #e2674a"),
        palette("#4f94a8 #b5d9cf #f7ecd0 #9cbba2 #24402f #fffdf0 #d97b3f"),
    ),
    "sunset": (
        palette("#38294f #c0523d #fcbc5f #b1694d #1b0f18 #fff2c8 #f6cf86"),
        palette("#271538 #a5273f #f89d6c #96425b #180a1b #ffe9c6 #fbc05f"),
        palette("#163e4e #7b8985 #f7a95c #6d7e80 #0b181f #fff2d2 #e4572e"),
        palette("#43305e #d8776a #ffd9a0 #b57c84 #241629 #fff5dc #8fc1c4"),
    ),
    "dusk": (
        palette("#1c1a44 #68498b #e89ca6 #6c5a93 #0e0c23 #ffefdf #f7b267", dark=True),
        palette("#101e49 #3c5a9e #cbb9d2 #4d68a2 #091028 #fff3e2 #f2a65a", dark=True),
        palette("#152a3c #44707f #e9bd9b #527480 #0a151d #fff0d8 #e8794f", dark=True),
    ),
    "night": (
        palette("#050b1f #10285c #325f9b #1d3f76 #02050d #f6f2e2 #f5c36b", dark=True),
        palette("#03121a #0a3a48 #2d7f82 #165560 #01080b #f3f5e6 #f3b562", dark=True),
        palette("#0a0622 #2a1652 #71408c #47276e #05030f #fbeef0 #ff9e7a", dark=True),
    ),
    "mist": (
        palette("#8db1a4 #bad3c6 #ebf1e4 #a3c1b3 #142d27 #fbfdf3 #d98a4a"),
        palette("#8a949f #bac1c6 #ece9e3 #a8aeb5 #22262b #fdfbf6 #b4553a"),
        palette("#8fa3b8 #c3cfd9 #f1ece4 #aab9c7 #1d2a3a #fffaf0 #d58b63"),
    ),
    "storm": (
        palette("#262e39 #525e6a #a7adab #58636d #10141a #f4f0e4 #e0a752"),
        palette("#1e2f37 #47666b #9fb3a8 #4e6b6e #0a1416 #f2f4e6 #e79a4c"),
    ),
}

COLOURS: dict[str, tuple[Palette, ...]] = {
    "indigo": (
        palette("#0b1440 #27408f #b4c7e6 #3c58a3 #060a22 #f7f4ea #e7b45a"),
        palette("#1a2a66 #5673b8 #e6e3de #6c86bf #0d1436 #fffaf0 #d9633f"),
    ),
    "gold": (
        palette("#2a1b09 #8f5d1d #f5d583 #a97a35 #150c04 #fff6d8 #b5372b"),
        palette("#6b4a1c #cf9a3f #fbeec3 #c79b52 #2b1a08 #fffbe8 #2f6f73"),
    ),
    "green": (
        palette("#0f3a2c #3f7f5c #e3ebc6 #5d9271 #061a13 #fdfbe4 #e39a45"),
        palette("#2b6a55 #86b892 #f6f1d4 #86ad8b #10291d #fffdf0 #cf5b3c"),
    ),
    "red": (
        palette("#3a0d18 #9e2432 #f6a681 #8f3442 #1b050b #fff0d8 #f0bf62"),
        palette("#7a1f2a #c9493f #fbd9b0 #b1504a #2b0a10 #fff6e2 #2d5d68"),
    ),
    "pink": (
        palette("#7d4f7f #dd8ea6 #fde3d8 #c38ba3 #3a1c35 #fff7ef #c0483f"),
        palette("#a96d8d #eeb2b9 #fff0e2 #d5a2b0 #4a2338 #fffaf4 #4f8a8b"),
    ),
    "violet": (
        palette("#21124a #6440a0 #e2b7dd #6f4fa3 #0e0724 #fff2f6 #f4b860"),
        palette("#4b3a86 #9a83c6 #f3e0ea #9c88bd #1f1640 #fffaf8 #e07a5f"),
    ),
    "teal": (
        palette("#06323c #1f7f86 #c8e8da #3d8d90 #021518 #fbfbe9 #f0a04b"),
        palette("#1d6a78 #6fbdb9 #f4f0d8 #74aeab #0a2a30 #fffdf0 #e2603f"),
    ),
    "orange": (
        palette("#7a2b17 #de6f2c #ffd793 #c4693a #2c0d08 #fff5d6 #1f6f78"),
        palette("#4b2a3c #d5653c #ffc98a #a65d4c #1c0d16 #fff2d2 #4fa0a0"),
    ),
    "grey": (
        palette("#30333a #7b8088 #eeece7 #8b9097 #131417 #ffffff #b98a4b"),
        palette("#101114 #4c4f55 #c9c8c4 #5d6066 #050506 #ffffff #c9a35c", dark=True),
    ),
    "white": (
        palette("#9fb0c2 #d5dde3 #fbf9f4 #c1ccd5 #3a4653 #ffffff #c8693f"),
        palette("#b9b3a8 #e2ddd3 #fdfaf3 #cfc8bc #4a443c #ffffff #9c3d2e"),
    ),
    "brown": (
        palette("#3a2417 #8a5a3a #ecd3ab #9a7152 #1a0e08 #fff3dd #4d7f7a"),
        palette("#5d4030 #b08562 #f5e6cb #b69472 #291a12 #fff9ec #8f2f24"),
    ),
}
