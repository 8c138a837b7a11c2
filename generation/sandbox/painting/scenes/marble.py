"""Stone cut open: bands that follow each other like shores, and veins of gold."""

import numpy as np

from ..canvas import Canvas, smooth
from ..colour import from_hex, mix, ramp
from ..noise import sampled

GOLD = [from_hex(code) for code in ("#5a3a10", "#b98533", "#f3d68a", "#fff6d8")]


def paint(c: Canvas) -> None:
    g = c.dice("marble")
    field = warped(c, g)
    p = c.palette
    bands = 9 + g.integers(8)
    level = field * bands
    edge = np.abs(level - np.round(level))
    ladder = p.ladder()
    order = [ladder[index % len(ladder)] for index in (1, 3, 0, 4, 2, 5, 1, 4)]
    tone = ramp(order, field)
    fine = 0.5 + 0.5 * np.sin(level * 2 * np.pi * 4 + 6 * c.clouds("grain", cells=9, octaves=4))
    c.fill(tone * (0.90 + 0.12 * fine)[..., None])
    c.lay(mix(p.light, p.horizon, 0.4), 0.35 * smooth(0.06, 0.0, edge))
    c.shade(1 - 0.35 * smooth(0.0, 0.25, np.mod(level, 1.0)) * smooth(0.55, 0.25, np.mod(level, 1.0)) * 0.6)
    veins(c, field)
    polish = c.clouds("polish", cells=1.5, octaves=2)
    c.glow(p.light, 0.07 * smooth(0.5, 0.9, polish))


def warped(c: Canvas, g) -> np.ndarray:
    """Noise displaced by noise displaced by noise: slow currents."""
    rows, columns = np.mgrid[0 : c.height, 0 : c.width].astype(np.float32)
    reach = c.height * (0.35 + 0.25 * g.random())
    a, b = c.clouds("a", cells=1.6, octaves=4) - 0.5, c.clouds("b", cells=1.6, octaves=4) - 0.5
    base = c.clouds("base", cells=1.4, octaves=5, roughness=0.42)
    first = sampled(base, columns + a * reach, rows + b * reach)
    return sampled(first, columns + (first - 0.5) * reach * 1.4, rows + a * reach)


def veins(c: Canvas, field: np.ndarray) -> None:
    """Gold that ran along one shore and a few cracks, lit like metal."""
    line = np.abs(field - 0.52) * 26
    width = 0.30 + 0.5 * c.clouds("vein width", cells=5, octaves=3)
    gold = smooth(1.0, 0.35, line / width)
    crack = c.ridged("cracks", cells=2.5, octaves=4, roughness=0.45)
    gold = np.maximum(
        gold, smooth(0.982, 0.992, crack) * smooth(0.45, 0.7, c.clouds("some", cells=2, octaves=2))
    )
    glitter = c.clouds("gold", cells=40, octaves=3)
    c.shade(1 - 0.30 * smooth(1.8, 0.9, line / width) * (1 - gold))
    c.lay(ramp(GOLD, np.clip(0.15 + 0.85 * glitter, 0, 1)), gold)
