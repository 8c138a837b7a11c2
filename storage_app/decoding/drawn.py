"""What we draw ourselves: the card of a sound, and the picture that travels with a shared link."""

from itertools import pairwise

from PIL import Image, ImageDraw, ImageOps

from storage_app.decoding.pictures import WALL, average_colour, on_wall
from storage_app.derivatives import SOCIAL_SIZE

PAPER = (251, 251, 250)
INK = (23, 22, 19)
FINER = 2  # drawn larger and reduced, so that edges are smooth


def waveform(peaks: list[int], size: tuple[int, int]) -> Image.Image:
    """Bars of ink on the wall, mirrored about the middle, silence as a hairline."""
    width, height = (side * FINER for side in size)
    canvas = Image.new("RGB", (width, height), WALL)
    draw = ImageDraw.Draw(canvas)
    bars = reduced(peaks, 56)
    left, step = width * 0.08, width * 0.84 / len(bars)
    for number, bar in enumerate(bars):
        x = left + (number + 0.5) * step
        half = max(1.5 * FINER, height * 0.27 * bar / 100)
        reach = step * 0.19
        draw.rectangle((x - reach, height / 2 - half, x + reach, height / 2 + half), fill=INK)
    return canvas.resize(size, Image.Resampling.LANCZOS)


def reduced(peaks: list[int], count: int) -> list[int]:
    """The loudest of each run of neighbours, `count` runs."""
    edges = [round(number * len(peaks) / count) for number in range(count + 1)]
    return [max(peaks[a : max(b, a + 1)]) for a, b in pairwise(edges)]


def social_card(picture: Image.Image, *, plays: bool) -> Image.Image:
    """The whole picture on a ground of its own colour; `plays` cuts the sign of a film out of its corner."""
    wall = average_colour(picture)
    shown = ImageOps.contain(on_wall(picture, wall), SOCIAL_SIZE, Image.Resampling.LANCZOS)
    card = Image.new("RGB", SOCIAL_SIZE, wall)
    left, top = (SOCIAL_SIZE[0] - shown.width) // 2, (SOCIAL_SIZE[1] - shown.height) // 2
    card.paste(shown, (left, top))
    if plays:
        badge = play_badge()
        card.paste(badge, (left, top + shown.height - badge.height))
    return card


def play_badge(side: int = 108) -> Image.Image:
    """A notch of paper with a triangle of ink."""
    large = side * FINER
    badge = Image.new("RGB", (large, large), PAPER)
    near, far = large * 0.34, large * 0.7
    points = [(near, large * 0.28), (near, large * 0.72), (far, large * 0.5)]
    ImageDraw.Draw(badge).polygon(points, fill=INK)
    return badge.resize((side, side), Image.Resampling.LANCZOS)
