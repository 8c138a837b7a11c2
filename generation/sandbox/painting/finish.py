"""The last steps of every picture: tone, vignette, enlarging, sharpening, grain."""

import numpy as np
from PIL import Image, ImageFilter

from .noise import generator

LARGEST_PAINTED = 1_300_000  # pixels; beyond that a picture is enlarged


def toned(rgb: np.ndarray, *, contrast: float = 0.12) -> np.ndarray:
    """A gentle S so that shadows close and lights breathe; highlights roll off instead of clipping."""
    rgb = np.maximum(rgb, 0)
    rgb = np.where(rgb > 0.8, 0.8 + 0.2 * np.tanh((rgb - 0.8) / 0.2), rgb)
    return rgb + contrast * rgb * (1 - rgb) * (2 * rgb - 1) * 2


def vignette(width: int, height: int, strength: float = 0.16) -> np.ndarray:
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    return (1 - strength * np.clip((x * x + y * y) / 2, 0, 1) ** 1.5)[..., None]


def grain(width: int, height: int, strength: float) -> np.ndarray:
    """Film grain in luminance only; the same for every picture of a size. Breaks up banding."""
    tile = generator("grain").standard_normal((256, 256)).astype(np.float32) * strength
    rows, columns = -(-height // 256), -(-width // 256)
    return np.tile(tile, (rows, columns))[:height, :width, None]


def to_image(rgb: np.ndarray, *, grain_strength: float = 0.011) -> Image.Image:
    height, width = rgb.shape[:2]
    rgb = rgb + grain(width, height, grain_strength)
    return Image.fromarray((np.clip(rgb, 0, 1) * 255 + 0.5).astype(np.uint8))


def enlarged(picture: Image.Image, width: int, height: int) -> Image.Image:
    """Lanczos, then a light sharpening and fresh grain, so that the large file looks crisp."""
    if picture.size == (width, height):
        return picture
    large = picture.resize((width, height), Image.LANCZOS)
    large = large.filter(ImageFilter.UnsharpMask(radius=2, percent=55, threshold=1))
    noise = grain_image(width, height)
    return Image.blend(large, noise, 0.035) if noise else large


def grain_image(width: int, height: int) -> Image.Image:
    tile = generator("grain", "large").normal(128, 38, (512, 512)).clip(0, 255).astype(np.uint8)
    sheet = Image.new("L", (width, height))
    stamp = Image.fromarray(tile)
    for top in range(0, height, 512):
        for left in range(0, width, 512):
            sheet.paste(stamp, (left, top))
    return Image.merge("RGB", (sheet, sheet, sheet))


def painted_size(width: int, height: int) -> tuple[int, int]:
    """The size at which a picture of the asked size is painted, of the same ratio within a pixel."""
    scale = min(1.0, (LARGEST_PAINTED / (width * height)) ** 0.5)
    return round(width * scale), round(height * scale)
