"""A planet, often ringed, before a nebula: dust lit from inside, stars of many sizes."""

import numpy as np

from ..canvas import Canvas, smooth
from ..colour import mix, ramp, saturated
from ..noise import normal, octave, sampled
from ..sky import stars


def paint(c: Canvas) -> None:
    g = c.dice("planet")
    nebula(c, g)
    stars(c, 1.6, amount=3.0)
    big_stars(c, g)
    c.plane(0.7)
    if "galaxy" in c.brief.things and "ring" not in c.brief.things:
        galaxy(c, g)
        return
    radius = c.unit * (0.17 + 0.13 * g.random())
    x, y = c.ratio * (0.34 + 0.32 * g.random()), 0.40 + 0.2 * g.random()
    light = np.array([-0.62 if g.random() < 0.5 else 0.62, -0.42, 0.62])
    light = light / np.linalg.norm(light)
    ringed = "ring" in c.brief.things or g.random() < 0.6
    tilt, open_ = -0.45 + 0.9 * g.random(), 0.16 + 0.16 * g.random()
    if ringed:
        ring(c, x, y, radius, tilt, open_, light, behind=True)
    globe(c, x, y, radius, light, tilt)
    if ringed:
        ring(c, x, y, radius, tilt, open_, light, behind=False)
    moon_x, moon_y = x + radius * 1.9 * (-1 if x > c.ratio / 2 else 1), y - radius * 1.15
    globe(c, moon_x, moon_y, radius * 0.13, light, tilt, moon=True)


def nebula(c: Canvas, g) -> None:
    """Clouds folded through each other; thin lanes of dust stay dark."""
    p = c.palette
    first, second = c.clouds("fold one", cells=2.2, octaves=4), c.clouds("fold two", cells=2.6, octaves=4)
    reach = 0.30 * c.height
    rows, columns = np.mgrid[0 : c.height, 0 : c.width].astype(np.float32)
    dust = sampled(c.clouds("dust", cells=3, octaves=7, roughness=0.56), columns + (first - 0.5) * reach,
                   rows + (second - 0.5) * reach)  # fmt: skip
    body = smooth(0.30, 0.95, dust * 0.75 + first * 0.40 - 0.10)
    band = np.exp(-((((c.x - c.ratio / 2) * 0.5 + (c.y - 0.5) + 0.5 * (first - 0.5)) / 0.34) ** 2))
    level = np.clip(body * (0.35 + 0.85 * band), 0, 1)
    deep = p.near * 0.5
    hot = mix(p.horizon, p.light, 0.35)
    stops = [
        deep,
        mix(deep, p.zenith, 0.75),
        saturated(p.sky, 1.2),
        saturated(mix(p.sky, p.horizon, 0.6), 1.15),
        hot,
    ]
    c.fill(ramp(stops, level * 0.86))
    other = smooth(0.45, 0.9, second) * band * (1 - level)
    c.glow(mix(p.accent, p.sky, 0.45), 0.30 * other)
    lanes = smooth(0.62, 0.86, c.ridged("lanes", cells=3, octaves=6, roughness=0.55)) * body
    c.shade(1 - 0.55 * lanes)


def big_stars(c: Canvas, g) -> None:
    """A few with a halo and the cross of a telescope."""
    for _ in range(6 + g.integers(5)):
        x, y, size = c.ratio * g.random(), g.random(), 0.002 + 0.004 * g.random() ** 3
        spot = c.patch(x, y, size * 16)
        if spot is None:
            continue
        away = np.hypot(spot.x, spot.y)
        cross = np.exp(-np.abs(spot.x) / size / 3.4 - np.abs(spot.y) / size * 3)
        cross = cross + np.exp(-np.abs(spot.y) / size / 3.4 - np.abs(spot.x) / size * 3)
        c.glow(
            mix(c.palette.light, c.palette.horizon, 0.2), np.exp(-((away / size) ** 2)) + 0.5 * cross, spot
        )


def galaxy(c: Canvas, g) -> None:
    """Two arms wound around a bright heart, seen at a slant, dust on their inner edges."""
    p = c.palette
    x, y, reach = (
        c.ratio * (0.40 + 0.2 * g.random()),
        0.44 + 0.12 * g.random(),
        c.unit * (0.66 + 0.14 * g.random()),
    )
    slant, turn = 0.38 + 0.25 * g.random(), (g.random() - 0.5) * 1.6
    along = ((c.x - x) * np.cos(turn) + (c.y - y) * np.sin(turn)) / reach
    across = (-(c.x - x) * np.sin(turn) + (c.y - y) * np.cos(turn)) / reach / slant
    away = np.hypot(along, across) + 1e-4
    torn = c.clouds("arms", cells=9, octaves=6, roughness=0.6)
    fine = c.clouds("star clouds", cells=44, octaves=4, roughness=0.6)
    wound = 2 * np.arctan2(across, along) - 5.2 * np.log(away) + 3.0 * (torn - 0.5)
    arm = (0.5 + 0.5 * np.cos(wound)) ** 1.6
    fall = np.exp(-away / 0.46) * smooth(1.25, 0.70, away)
    body = fall * (0.10 + 1.30 * arm * (0.45 + 0.9 * fine))
    outer = mix(saturated(p.sky, 1.3), p.horizon, 0.35)
    colour = ramp([outer, mix(p.horizon, p.light, 0.35), p.light], np.clip(np.exp(-away / 0.16) * 1.1, 0, 1))
    c.glow(colour, 1.35 * body)
    lanes = (0.5 + 0.5 * np.cos(wound - 1.1)) ** 5 * smooth(0.45, 0.7, torn) * smooth(0.05, 0.18, away)
    c.shade(1 - 0.55 * lanes * smooth(1.0, 0.6, away))
    c.glow(mix(p.light, p.horizon, 0.25), np.exp(-((away / 0.07) ** 2)) + 0.35 * np.exp(-away / 0.10))
    knots = smooth(0.80, 0.95, c.clouds("knots", cells=60, octaves=3)) * arm * fall
    c.shimmer("twinkle", mix(p.accent, p.light, 0.4), 1.2 * knots)


def globe(c: Canvas, x, y, radius, light, tilt, *, moon: bool = False) -> None:
    p = c.palette
    spot = c.patch(x, y, radius * 1.6)
    if spot is None:
        return
    u, v = spot.x / radius, spot.y / radius
    away = np.hypot(u, v)
    z = np.sqrt(np.clip(1 - away**2, 0, 1))
    sun = u * light[0] + v * light[1] + z * light[2]
    day = smooth(-0.10, 0.75, sun)
    surface = moon_ground(spot, c) if moon else bands(c, u, v, z, tilt)
    colour = surface * (0.02 + 1.05 * day)[..., None]
    rim = (1 - z) ** 3 * smooth(-0.2, 0.5, sun)
    if not moon:
        colour = colour + mix(p.horizon, p.light, 0.5) * (0.55 * rim)[..., None]
        air = np.exp(-np.clip(away - 1, 0, None) / 0.055) * smooth(
            -0.25, 0.7, u * light[0] + v * light[1] + 0.25
        )
        c.glow(mix(p.sky, p.horizon, 0.5), 0.55 * air * (away >= 0.99), spot)
    c.lay(colour, c.cover((1 - away) * radius, 1.6), spot)


def bands(c: Canvas, u, v, z, tilt) -> np.ndarray:
    """Belts of weather around a tilted axis, torn by turbulence."""
    p = c.palette
    g = c.dice("bands")
    height, width = z.shape
    along = u * np.cos(tilt) + v * np.sin(tilt)
    latitude = -u * np.sin(tilt) + v * np.cos(tilt)
    curl = octave(width, height, 7, g, stretch=3) + 0.5 * octave(width, height, 19, g, stretch=4)
    fine = octave(width, height, 46, g, stretch=6)
    turned = latitude + 0.05 * (curl - 0.75) + 0.02 * (fine - 0.5) + 0.03 * along**2
    offset = g.random() * 9
    belt = np.sin(turned * 9 + offset) + 0.6 * np.sin(turned * 21 + offset * 2) + 0.35 * np.sin(turned * 43)
    stops = [
        mix(p.near, p.far, 0.45),
        p.far,
        mix(p.sky, p.accent, 0.35),
        p.horizon,
        mix(p.horizon, p.light, 0.7),
    ]
    return ramp(stops, normal(belt + 0.4 * curl))


def moon_ground(spot, c: Canvas) -> np.ndarray:
    height, width = spot.y.shape[0], spot.x.shape[1]
    rough = (
        octave(width, height, 6, c.dice("craters")) * 0.5
        + octave(width, height, 14, c.dice("craters 2")) * 0.5
    )
    return mix(c.palette.far, c.palette.light, 0.5) * (0.7 + 0.4 * rough)[..., None]


def ring(c: Canvas, x, y, radius, tilt, open_, light, *, behind: bool) -> None:
    """Grooved ice; the half behind the globe is painted first, the globe's shadow falls across it."""
    p = c.palette
    spot = c.patch(x, y, radius * 2.5)
    if spot is None:
        return
    along = (spot.x * np.cos(tilt) + spot.y * np.sin(tilt)) / radius
    across = (-spot.x * np.sin(tilt) + spot.y * np.cos(tilt)) / radius / open_
    away = np.hypot(along, across)
    g = c.dice("grooves")
    grooves = np.interp(np.linspace(0, 1, 400), np.linspace(0, 1, 60), g.random(60))
    position = np.clip((away - 1.28) / (2.25 - 1.28), 0, 1)
    density = np.interp(position, np.linspace(0, 1, 400), grooves)
    mask = smooth(0.0, 0.03, position) * smooth(1.0, 0.96, position) * (0.30 + 0.70 * density)
    mask = mask * (1 - 0.9 * np.exp(-(((position - 0.62) / 0.02) ** 2)))
    mask = mask * ((across < 0) if behind else (across >= 0))
    shadow = smooth(1.05, 0.85, np.hypot(along + light[0] * 0.7, across * open_ + light[1] * 0.7)) * behind
    colour = ramp([p.far, mix(p.horizon, p.light, 0.3), p.light], density)
    c.lay(colour * (1 - 0.85 * shadow)[..., None], mask * 0.9, spot)
