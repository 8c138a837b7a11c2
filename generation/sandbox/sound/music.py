"""Quiet music: slow chords, a plucked line above them, a flute now and then."""

import numpy as np

from .instruments import PENTATONIC, bell, flute, pad, pluck
from .synth import RATE, Sound, add, faded, room

MINOR = (0, 3, 5, 7, 10)
ROOTS = (110.0, 116.54, 123.47, 130.81, 98.0, 103.83)
MAJOR_CHORDS = ((0, 7, 16), (9, 16, 24), (5, 12, 21), (7, 14, 19))
MINOR_CHORDS = ((0, 7, 15), (8, 15, 24), (3, 10, 19), (10, 17, 22))


def ambient(count: int, g: np.random.Generator, *, dark: bool = False) -> Sound:
    """`dark` takes the minor chords, fit for night."""
    total = count / RATE
    track = np.zeros((2, count), np.float32)
    root = ROOTS[g.integers(len(ROOTS))]
    chords, scale = (MINOR_CHORDS, MINOR) if dark else (MAJOR_CHORDS, PENTATONIC)
    bar = 3.6 + 1.2 * g.random()
    for number in range(int(total / bar) + 1):
        for voice, step in enumerate(chords[number % 4]):
            add(track, pad(root * 2 ** (step / 12), bar * 1.5), number * bar, 0.20, 0.25 + 0.25 * voice)
    melody(track, g, root * 2, scale, bar)
    return faded(room(track, length=2.6, wet=0.34), 0.6, min(2.0, total / 4))


def melody(track: Sound, g: np.random.Generator, root: float, scale, bar: float) -> None:
    total = track.shape[1] / RATE
    at, place = bar / 8, 3
    while at < total - 0.4:
        place = int(np.clip(place + g.integers(-2, 3), 0, 9))
        pitch = root * 2 ** ((scale[place % 5] + 12 * (place // 5)) / 12)
        kind = g.random()
        if kind < 0.68:
            add(track, pluck(pitch), at, 0.26, 0.35 + 0.3 * g.random())
        elif kind < 0.85:
            add(track, flute(pitch, bar / 3, g), at, 0.15, 0.6)
        else:
            add(track, bell(pitch * 2, 2.5), at, 0.07, 0.4)
        at += bar / 8 * float(g.choice((1, 1, 2, 2, 3)))
