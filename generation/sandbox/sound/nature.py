"""Sounds of the world outside: each takes a length in samples and dice, and returns stereo."""

import numpy as np

from .synth import RATE, Sound, add, coloured, faded, normal, partials, room, seconds, slow, stereo_noise


def rain(count: int, g: np.random.Generator) -> Sound:
    """A steady hiss, a lower patter on roofs, and single drops near the ear."""
    track = 0.42 * stereo_noise(count, g, low=900, high=11_000, tilt=-0.6) * slow(count, g, 2.5, 0.75, 1.0)
    track += 0.30 * stereo_noise(count, g, low=180, high=1500, tilt=-1)
    for _ in range(int(count / RATE * 26)):
        pitch = 900 + 2600 * g.random() ** 2
        drop = partials(pitch, 0.06, ((1, 1, 0.008), (1.7, 0.4, 0.005)), attack=0.001)
        add(track, drop, g.random() * count / RATE, 0.05 + 0.22 * g.random() ** 3, g.random())
    return track


def sea(count: int, g: np.random.Generator) -> Sound:
    """Waves that gather, break and run out over the sand, every five to eight seconds."""
    track = 0.16 * stereo_noise(count, g, low=60, high=700, tilt=-1.6)
    start = -2.0
    while start < count / RATE:
        length = 6.0 + 2.5 * g.random()
        part = int(length * RATE)
        t = np.linspace(0, 1, part, dtype=np.float32)
        swell = np.where(t < 0.42, (t / 0.42) ** 2.2, np.exp(-(t - 0.42) / 0.16))
        wave = coloured(part, g, low=90, high=1400, tilt=-1.2) * swell
        wave += 0.55 * coloured(part, g, low=1200, high=9000, tilt=-0.7) * swell**2.2
        skip = max(0, int(-start * RATE))
        add(
            track,
            faded(wave, 0.2, 0.4)[skip:],
            max(0.0, start),
            0.5 + 0.3 * g.random(),
            0.3 + 0.4 * g.random(),
        )
        start += length * (0.55 + 0.2 * g.random())
    return track


def wind(count: int, g: np.random.Generator) -> Sound:
    """Gusts over three bands; the narrow ones whistle softly."""
    track = 0.45 * stereo_noise(count, g, low=80, high=500, tilt=-1.4) * slow(count, g, 2.2, 0.25, 1.0)
    for middle in (520, 940):
        gust = slow(count, g, 1.7, 0.0, 1.0) ** 2
        track += 0.16 * stereo_noise(count, g, low=middle * 0.85, high=middle * 1.2, tilt=-0.5) * gust
    return track


def thunder(count: int, g: np.random.Generator) -> Sound:
    track = 0.55 * rain(count, g)
    at = 0.3
    while at < count / RATE - 0.5:
        length = min(5.0, count / RATE - at)
        part = int(length * RATE)
        roll = coloured(part, g, low=25, high=220, tilt=-2) * slow(part, g, 0.35, 0.2, 1.0)
        roll *= np.exp(-seconds(part) / 1.7) * np.minimum(1, seconds(part) / 0.02)
        crack = coloured(part, g, low=300, high=5000, tilt=-1) * np.exp(-seconds(part) / 0.12)
        add(track, faded(1.5 * roll + 0.7 * crack, 0, 0.3), at, 0.9, 0.35 + 0.3 * g.random())
        at += 5.5 + 3 * g.random()
    return track


def birds(count: int, g: np.random.Generator) -> Sound:
    """A few singers, each with a phrase of its own, over leaves in light wind."""
    track = 0.05 * stereo_noise(count, g, low=400, high=5000, tilt=-1) * slow(count, g, 2, 0.4, 1)
    for _ in range(4):
        base, speed, pan = 2100 + 2300 * g.random(), 0.07 + 0.09 * g.random(), g.random()
        phrase = g.random((3 + g.integers(4), 3))
        at = g.random() * 1.5
        while at < count / RATE:
            for number, (rise, bend, loud) in enumerate(phrase):
                t = seconds(int(speed * RATE * (0.8 + 0.5 * rise)))
                place = t / t[-1]
                pitch = base * (1 + 0.25 * (rise - 0.5) + 0.22 * (bend - 0.5) * np.sin(np.pi * place))
                note = (
                    np.sin(2 * np.pi * np.cumsum(pitch) / RATE) * np.clip(np.sin(np.pi * place), 0, 1) ** 0.8
                )
                add(track, note, at + number * speed * 1.35, 0.05 + 0.10 * loud, pan)
            at += 1.4 + 2.6 * g.random()
    return room(track, length=1.2, wet=0.18)


def crickets(count: int, g: np.random.Generator) -> Sound:
    track = 0.03 * stereo_noise(count, g, low=200, high=2500, tilt=-1)
    t = seconds(count)
    for _ in range(5):
        pitch, beat, pan = 3700 + 900 * g.random(), 13 + 8 * g.random(), g.random()
        pulses = np.clip(np.sin(2 * np.pi * beat * t + g.random() * 6), 0, 1) ** 2
        call = np.clip(np.sin(2 * np.pi * (0.45 + 0.5 * g.random()) * t + g.random() * 6) * 3, 0, 1)
        add(track, np.sin(2 * np.pi * pitch * t) * pulses * call, 0, 0.035 + 0.03 * g.random(), pan)
    return track


def fire(count: int, g: np.random.Generator) -> Sound:
    track = 0.22 * stereo_noise(count, g, low=60, high=600, tilt=-1.3) * slow(count, g, 0.5, 0.5, 1)
    for _ in range(int(count / RATE * 22)):
        length = int(RATE * (0.004 + 0.02 * g.random()))
        snap = coloured(max(64, length), g, low=700, high=9000, tilt=-0.4)
        snap *= np.exp(-np.linspace(0, 6, snap.size))
        add(track, snap, g.random() * count / RATE, 0.12 + 0.7 * g.random() ** 5, 0.2 + 0.6 * g.random())
    return track


def stream(count: int, g: np.random.Generator) -> Sound:
    """Running water: a soft rush and many small rising bubbles."""
    track = 0.20 * stereo_noise(count, g, low=350, high=4500, tilt=-0.9) * slow(count, g, 1.2, 0.7, 1)
    for _ in range(int(count / RATE * 55)):
        t = seconds(int(RATE * (0.02 + 0.05 * g.random())))
        pitch = (400 + 1300 * g.random()) * (1 + 5 * t)
        bubble = np.sin(2 * np.pi * np.cumsum(pitch) / RATE) * np.sin(np.pi * t / t[-1]) ** 2
        add(track, bubble, g.random() * count / RATE, 0.03 + 0.10 * g.random() ** 2, g.random())
    return track


def footsteps(count: int, g: np.random.Generator) -> Sound:
    """Unhurried steps on gravel, left and right."""
    track = np.zeros((2, count), np.float32)
    at, left = 0.15, True
    while at < count / RATE - 0.1:
        part = int(0.22 * RATE)
        t = seconds(part)
        heel = coloured(part, g, low=70, high=420, tilt=-1) * np.exp(-t / 0.030)
        scrape = (
            coloured(part, g, low=1300, high=7500, tilt=-0.4)
            * np.exp(-t / 0.055)
            * slow(part, g, 0.02, 0.1, 1)
        )
        step = normal(1.2 * heel + 0.6 * scrape) * np.minimum(1, t / 0.003)
        add(track, faded(step, 0, 0.05), at, 0.7 + 0.2 * g.random(), 0.42 if left else 0.58)
        at, left = at + 0.56 + 0.05 * g.random(), not left
    return room(track, length=0.5, wet=0.12)


def traffic(count: int, g: np.random.Generator) -> Sound:
    """A city from a high window: a low hum, cars that pass."""
    track = 0.35 * stereo_noise(count, g, low=40, high=350, tilt=-1.6)
    at = g.random()
    while at < count / RATE:
        part = int((2.5 + 2 * g.random()) * RATE)
        passing = coloured(part, g, low=120, high=1600, tilt=-1.2) * np.sin(np.linspace(0, np.pi, part)) ** 3
        add(track, passing, at, 0.12 + 0.14 * g.random(), g.random())
        at += 1.2 + 2.4 * g.random()
    return track
