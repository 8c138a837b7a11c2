"""Drawing: what every rendition of a 4K picture costs beside decoding it and writing one AVIF of 1280."""

import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path

from django.conf import settings
from PIL import Image

from benchmarks.contest import Costs
from benchmarks.run import Run
from benchmarks.table import Line
from generation.sandbox.painting.brief import understand
from generation.sandbox.painting.paint import still
from storage_app import derivatives
from storage_app.decoding.pictures import open_picture
from storage_app.decoding.render import render

WIDTH, HEIGHT = 3840, 2160
PROMPTS = (
    "Layered mountain ridges at dawn, mist lying in the valleys",
    "A street of old shop houses after the rain, lanterns and wet stone",
    "A watercolour of a lotus pond, pale green and rose",
)
AVIF_WIDTH = 1280
MOST_RATIO = 2.5


def lines(run: Run) -> Iterator[Line]:
    costs = Costs()
    for number, prompt in enumerate(PROMPTS):
        path = run.ground.folder / f"uhd-{number}.png"
        painted(prompt, WIDTH, HEIGHT).save(path, compress_level=3)
        for _round in range(run.rounds):
            costs.yardstick.append(decode_and_write_one(path))
            costs.product.append(microseconds(partial(draw_all, path)))
        path.unlink()
    shown = f"{costs.told()}, over {len(PROMPTS)} pictures"
    yield Line("a 4K PNG to every rendition: times decode + one AVIF", costs.ratio, MOST_RATIO, shown)


def painted(prompt: str, width: int, height: int) -> Image.Image:
    """A picture of the local provider's."""
    return still(understand(prompt, seed=7, model="nano-banana-pro"), width, height)


def microseconds(work: Callable[[], None]) -> float:
    """Processor time of this process; the encoders are told to use one thread."""
    before = time.process_time()
    work()
    return (time.process_time() - before) * 1e6


def decode_and_write_one(path: Path) -> float:
    """Microseconds for these two things alone: making the picture smaller between them does not count."""
    decoded: list[Image.Image] = []
    spent = microseconds(lambda: decoded.append(decode(path)))
    height = round(HEIGHT * AVIF_WIDTH / WIDTH)
    small = decoded.pop().resize((AVIF_WIDTH, height), Image.Resampling.LANCZOS)
    target = path.with_suffix(".avif")
    return spent + microseconds(lambda: small.save(target, **derivatives.encoder("avif", AVIF_WIDTH)))


def decode(path: Path) -> Image.Image:
    return open_picture(str(path), reader="PNG", max_pixels=settings.MAX_IMAGE_PIXELS)


def draw_all(path: Path) -> None:
    folder = path.with_suffix("")
    folder.mkdir(exist_ok=True)
    render(
        media_type="image",
        path=str(path),
        reader="PNG",
        max_pixels=settings.MAX_IMAGE_PIXELS,
        peaks=None,
        making={},
        wanted=[asdict(one) for one in derivatives.every("image", WIDTH)],
        folder=str(folder),
    )
