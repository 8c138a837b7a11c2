"""Instruments, one note each: mono, and how they play together."""

import numpy as np

from .synth import RATE, Sound, add, coloured, faded, normal, partials, room, seconds

PENTATONIC = (0, 2, 4, 7, 9)
SEVEN = tuple(12 * step / 7 for step in range(7))  # the even seven steps of Thai tuning


def gong(pitch: float = 98.0, length: float = 7.0) -> Sound:
    recipe = (
        (1, 1, 2.6),
        (1.48, 0.5, 1.8),
        (2.02, 0.6, 1.5),
        (2.74, 0.35, 1.0),
        (3.76, 0.22, 0.6),
        (5.1, 0.12, 0.3),
    )
    return partials(pitch, length, recipe, attack=0.012)


def bell(pitch: float = 880.0, length: float = 4.0) -> Sound:
    recipe = (
        (0.5, 0.35, 1.6),
        (1, 1, 1.2),
        (1.19, 0.35, 0.8),
        (2.0, 0.45, 0.6),
        (2.76, 0.4, 0.35),
        (4.1, 0.2, 0.2),
    )
    return partials(pitch, length, recipe, attack=0.002)


def ranat(pitch: float, length: float = 0.9) -> Sound:
    """A wooden bar under a hard mallet."""
    return partials(pitch, length, ((1, 1, 0.16), (3.93, 0.35, 0.05), (9.6, 0.12, 0.02)), attack=0.0015)


def khaen(pitch: float, length: float) -> Sound:
    """Free reeds in bamboo: many even partials, a slow breath."""
    t = seconds(int(length * RATE))
    breath = 1 + 0.08 * np.sin(2 * np.pi * 4.6 * t)
    tone = sum(
        np.sin(2 * np.pi * pitch * k * (1 + 0.0009 * s) * t) / k**1.1 for k in range(1, 10) for s in (-1, 1)
    )
    return faded(normal(tone * breath), 0.07, 0.12)


def flute(pitch: float, length: float, g: np.random.Generator) -> Sound:
    t = seconds(int(length * RATE))
    vibrato = 1 + 0.004 * np.sin(2 * np.pi * 5.1 * t) * np.minimum(1, t / 0.5)
    phase = 2 * np.pi * np.cumsum(pitch * vibrato) / RATE
    tone = np.sin(phase) + 0.28 * np.sin(2 * phase) + 0.10 * np.sin(3 * phase)
    air = coloured(t.size, g, low=pitch, high=pitch * 4, tilt=-0.5) * 0.10
    return faded(normal(tone + air), 0.08, 0.16)


def pluck(pitch: float, length: float = 2.2) -> Sound:
    recipe = tuple((k, 1 / k**1.4, 0.9 / k**0.7) for k in range(1, 9))
    return partials(pitch, length, recipe, attack=0.003)


def drum(pitch: float = 82.0, length: float = 0.6) -> Sound:
    t = seconds(int(length * RATE))
    sweep = pitch * (1 + 1.1 * np.exp(-t / 0.025))
    skin = np.sin(2 * np.pi * np.cumsum(sweep) / RATE) * np.exp(-t / 0.16)
    slap = np.sin(2 * np.pi * 1900 * t) * np.exp(-t / 0.006) * 0.25
    return faded((skin + slap) * np.minimum(1, t / 0.002), 0, 0.05)


def pad(pitch: float, length: float) -> Sound:
    """Strings from far away: detuned, slow to come and go."""
    t = seconds(int(length * RATE))
    voices = (0.994, 0.998, 1.0, 1.0035, 1.0065)
    tone = sum(np.sin(2 * np.pi * pitch * d * k * t + d * 9) / k**1.9 for d in voices for k in (1, 2, 3, 4))
    return faded(normal(tone), min(1.2, length / 3), min(1.6, length / 2.5))


def gongs(count: int, g: np.random.Generator) -> Sound:
    return spaced(count, g, lambda: gong(80 + 50 * g.random()), 3.2)


def bells(count: int, g: np.random.Generator) -> Sound:
    """Temple bells in the wind: few notes of one scale, never quite together."""
    notes = [620 * 2 ** (step / 12) for step in (0, 3, 5, 7, 10, 12)]
    return spaced(count, g, lambda: bell(notes[g.integers(len(notes))], 3.0), 0.75)


def spaced(count: int, g: np.random.Generator, strike, gap: float) -> Sound:
    track = np.zeros((2, count), np.float32)
    at = 0.05
    while at < count / RATE - 0.05:
        add(track, strike(), at, 0.6 + 0.4 * g.random(), 0.3 + 0.4 * g.random())
        at += gap * (0.6 + 0.8 * g.random())
    return room(track, length=2.4, wet=0.3)


def ranat_tune(count: int, g: np.random.Generator) -> Sound:
    """A running tune in octaves over small cymbals, as in a piphat ensemble."""
    track = np.zeros((2, count), np.float32)
    beat, place = 0.17, 7
    for number in range(int(count / RATE / beat)):
        place = int(np.clip(place + g.choice((-2, -1, -1, 1, 1, 2)), 2, 15))
        pitch = 220 * 2 ** ((SEVEN[place % 7] + 12 * (place // 7)) / 12)
        accent = 0.75 if number % 4 == 0 else 0.5
        add(track, ranat(pitch), number * beat, accent, 0.38)
        add(track, ranat(pitch * 2), number * beat, accent * 0.5, 0.62)
        if number % 8 in (0, 4):
            add(track, bell(2350, 0.6 if number % 8 == 4 else 0.15), number * beat, 0.16, 0.7)
        if number % 16 == 0:
            add(track, gong(98, 4), number * beat, 0.30, 0.5)
    return room(track, length=1.2, wet=0.18)


def khaen_tune(count: int, g: np.random.Generator) -> Sound:
    """A slow lai over a drone of two pipes."""
    total = count / RATE
    track = np.zeros((2, count), np.float32)
    for pitch, pan in ((220.0, 0.35), (330.0, 0.65)):
        add(track, khaen(pitch, total), 0, 0.16, pan)
    at, place = 0.1, 5
    while at < total - 0.2:
        place = int(np.clip(place + g.integers(-2, 3), 0, 9))
        pitch = 220 * 2 ** ((PENTATONIC[place % 5] + 12 * (place // 5)) / 12)
        length = float(g.choice((0.24, 0.24, 0.48, 0.72)))
        add(track, khaen(pitch, length + 0.08), at, 0.34, 0.5)
        at += length
    return room(track, length=1.5, wet=0.22)


def drums(count: int, g: np.random.Generator) -> Sound:
    track = np.zeros((2, count), np.float32)
    pattern = g.random(16) < 0.42
    pattern[[0, 4, 8, 12]] = True
    for number in range(int(count / RATE / 0.19)):
        if pattern[number % 16]:
            strong = number % 4 == 0
            add(
                track,
                drum(74 if strong else 138 + 40 * (number % 3)),
                number * 0.19,
                0.9 if strong else 0.45,
                0.5,
            )
    return room(track, length=0.8, wet=0.14)
