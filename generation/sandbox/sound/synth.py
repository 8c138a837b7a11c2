"""The few operations that all sounds are made of. Mono is (n,), stereo (2, n), float32 at RATE."""

import numpy as np

RATE = 44_100
Sound = np.ndarray


def seconds(count: int) -> np.ndarray:
    return np.arange(count, dtype=np.float32) / RATE


def coloured(count: int, g: np.random.Generator, *, low=20.0, high=18_000.0, tilt=-1.0) -> Sound:
    """Noise between two frequencies in Hz; `tilt` -1 is pink, -2 brown, 0 white. Peak about 1."""
    freqs = np.fft.rfftfreq(count, 1 / RATE)
    gain = np.zeros_like(freqs)
    inside = freqs > 0
    gain[inside] = freqs[inside] ** (tilt / 2)
    gain /= 1 + (low / np.maximum(freqs, 1e-3)) ** 6
    gain /= 1 + (freqs / high) ** 6
    phases = g.random(freqs.size) * 2 * np.pi
    return normal(np.fft.irfft(gain * np.exp(1j * phases), count)).astype(np.float32)


def stereo_noise(count: int, g: np.random.Generator, **band) -> Sound:
    return np.stack([coloured(count, g, **band), coloured(count, g, **band)])


def slow(
    count: int, g: np.random.Generator, period: float, low: float = 0.0, high: float = 1.0
) -> np.ndarray:
    """A control curve that wanders between two values, a new one about every `period` seconds."""
    knots = max(3, int(count / RATE / period) + 3)
    at = np.linspace(0, knots - 1.001, count)
    values = g.random(knots)
    left = at.astype(int)
    part = at - left
    part = part * part * (3 - 2 * part)
    return (low + (high - low) * (values[left] * (1 - part) + values[left + 1] * part)).astype(np.float32)


def partials(frequency: float, length: float, recipe, *, attack: float = 0.005) -> Sound:
    """A struck tone. `recipe` lists (multiple of the frequency, loudness, seconds to fade to a third)."""
    t = seconds(int(length * RATE))
    total = np.zeros_like(t)
    for multiple, loudness, fade in recipe:
        if frequency * multiple < RATE / 2.2:
            total += loudness * np.exp(-t / fade) * np.sin(2 * np.pi * frequency * multiple * t)
    return faded(total * np.minimum(1, t / attack), 0.0, min(0.05, length / 4))


def add(track: Sound, sound: Sound, at: float, loudness: float = 1.0, pan: float = 0.5) -> None:
    """Mix a mono sound into a stereo track at a moment in seconds; what runs over is cut."""
    start = int(at * RATE)
    part = sound[: max(0, track.shape[1] - start)]
    end = start + part.size
    track[0, start:end] += part * loudness * np.cos(pan * np.pi / 2) * 1.3
    track[1, start:end] += part * loudness * np.sin(pan * np.pi / 2) * 1.3


def room(track: Sound, *, length: float = 1.6, wet: float = 0.3) -> Sound:
    """A hall: convolution with decaying noise, a different one for each ear."""
    g = np.random.Generator(np.random.PCG64(7))
    count = int(length * RATE)
    tail = g.standard_normal((2, count)) * np.exp(-seconds(count) / (length / 5))
    tail[:, : int(0.012 * RATE)] = 0
    size = 1 << (track.shape[1] + count - 1).bit_length()
    spectrum = np.fft.rfft(track, size) * np.fft.rfft(tail, size)
    echo = np.fft.irfft(spectrum, size)[:, : track.shape[1]]
    scale = np.abs(track).max() / max(np.abs(echo).max(), 1e-9)
    return (track * (1 - wet) + echo * scale * wet).astype(np.float32)


def faded(sound: Sound, start: float, end: float) -> Sound:
    """Without clicks at either end; lengths in seconds."""
    count = sound.shape[-1]
    envelope = np.ones(count, np.float32)
    first, last = min(count, int(start * RATE)), min(count, int(end * RATE))
    if first:
        envelope[:first] *= np.sin(np.linspace(0, np.pi / 2, first)) ** 2
    if last:
        envelope[count - last :] *= np.cos(np.linspace(0, np.pi / 2, last)) ** 2
    return sound * envelope


def normal(sound: Sound) -> Sound:
    return sound / max(float(np.abs(sound).max()), 1e-9)


def mastered(track: Sound, *, peak: float = 10 ** (-3 / 20)) -> Sound:
    """Peak at -3 dB, with single spikes rounded off first so that the rest is not quiet."""
    level = float(np.percentile(np.abs(track), 99.7)) or 1.0
    return (normal(np.tanh(track / (level * 1.6))) * peak).astype(np.float32)
