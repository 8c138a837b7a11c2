"""Weight: how many bytes the small pictures of the demo gallery take, on a list and on a phone."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from statistics import median

from django.conf import settings
from PIL import Image

from benchmarks.run import Run
from benchmarks.table import Line
from gallery.demo.catalogue import Work, works
from generation import catalogue
from generation.sandbox.market import MODELS
from generation.sandbox.works import make_still
from storage_app import derivatives
from storage_app.decoding.render import render

WIDTH = 320
MOST_KILOBYTES = {"avif": 12, "webp": 14}


def lines(run: Run) -> Iterator[Line]:
    folder = run.ground.folder / "demo"
    folder.mkdir()
    pictures = [work for work in works() if work.kind == "image"]
    sizes = [small_sizes(paint(work, folder), folder) for work in pictures]
    for form, limit in MOST_KILOBYTES.items():
        found = sorted(size[form] for size in sizes)
        shown = f"{median(found):.1f} kB, from {found[0]:.1f} to {found[-1]:.1f} ({len(found)} pictures)"
        yield Line(f"{form} of {WIDTH} px over the demo set: median", median(found), limit, shown, " kB")


def paint(work: Work, folder: Path) -> Path:
    """The original as the local provider delivers it for the demo's own order."""
    spec = catalogue.get_model(work.model)
    request = catalogue.upstream_request(spec, work.prompt, work.options, {})
    order = MODELS[request.model].order(request.input)
    path = folder / f"{work.name}.{order['extension']}"
    make_still(order | {"model": request.model, "path": str(path), "sketch": False})
    return path


def small_sizes(path: Path, folder: Path) -> dict[str, float]:
    """Kilobytes by format."""
    with Image.open(path) as opened:
        reader = opened.format
    made = render(
        media_type="image",
        path=str(path),
        reader=reader,
        max_pixels=settings.MAX_IMAGE_PIXELS,
        peaks=None,
        making={"model": "Nano Banana Pro", "made_at": "2026-01-01T00:00:00+00:00"},
        wanted=[asdict(one) for one in derivatives.every("image", 2 * WIDTH) if one.width == WIDTH],
        folder=str(folder),
    )
    return {one["format"]: (folder / one["name"]).stat().st_size / 1000 for one in made}
