"""Speech: eSpeak NG where it is installed, otherwise a sung line with one tone for each syllable."""

import json
import re
import subprocess
import sys
import zlib
from pathlib import Path

import numpy as np

from ..painting.noise import generator
from .synth import RATE, Sound, add, faded, mastered, room, seconds

PROJECT = Path(__file__).resolve().parents[3]
THAI = re.compile(r"[฀-๿]")
VARIANTS = ("+f2", "+m3", "+f4", "+m1", "+f3", "+m7", "+f1", "+m4")
ENGLISH = ("en-us", "en-gb")
SYLLABLE = re.compile(r"[aeiouy]+|[เแโใไ]?[ก-ฮ]+[ะาิีึืุูัำ็่้๊๋์]*", re.IGNORECASE)
LONGEST = 300.0  # seconds


def speech(text: str, *, voice: str, speed: float = 1.0, language: str = "") -> Sound:
    """Stereo; the same text, voice and speed sound the same every time."""
    number = zlib.crc32(voice.encode())
    spoken = said(text, number, speed, language)
    if spoken is None:
        spoken = sung(text, number, speed)
    track = np.zeros((2, spoken.size + RATE // 4), np.float32)
    add(track, faded(spoken, 0.01, 0.02), 0.08)
    return mastered(room(track, length=0.35, wet=0.06))


def said(text: str, number: int, speed: float, language: str) -> Sound | None:
    thai = language == "th" or (not language and THAI.search(text))
    base = "th" if thai else language if language not in ("", "en") else ENGLISH[number % 2]
    order = {
        "text": text,
        "voice": base + VARIANTS[number // 2 % len(VARIANTS)],
        "rate": round((150 if thai else 158) * speed),
        "pitch": 38 + number // 16 % 28,
    }
    command = [sys.executable, "-m", "generation.sandbox.sound.voicebox"]
    done = subprocess.run(
        command, input=json.dumps(order).encode(), capture_output=True, cwd=PROJECT, check=False
    )
    if done.returncode != 0:
        return None
    head, _newline, samples = done.stdout.partition(b"\n")
    wave = np.frombuffer(samples[: len(samples) // 2 * 2], np.int16).astype(np.float32) / 32768
    count = int(wave.size * RATE / int(head))
    return np.interp(np.linspace(0, wave.size - 1, count), np.arange(wave.size), wave).astype(np.float32)


def sung(text: str, number: int, speed: float) -> Sound:
    """A vowel-like tone for each syllable, falling at the end of a phrase, silent at its marks."""
    g = generator(text, number, "sung")
    base = 130 * 2 ** (number % 13 / 12)
    parts: list[np.ndarray] = []
    length = 0.0
    for phrase in re.split(r"[.,;:!?\n]+", text):
        syllables = SYLLABLE.findall(phrase) or ([phrase] if phrase.strip() else [])
        for place in range(len(syllables)):
            step = g.integers(-2, 4) - 3 * (place == len(syllables) - 1)
            note = vowel(base * 2 ** (step / 12), (0.13 + 0.10 * g.random()) / speed, g)
            parts.append(note)
            length += note.size / RATE
        parts.append(np.zeros(int(0.22 * RATE / speed), np.float32))
        if length > LONGEST:
            break
    return np.concatenate(parts) * 0.8


def vowel(pitch: float, length: float, g: np.random.Generator) -> np.ndarray:
    t = seconds(int(length * RATE))
    first, second = 350 + 450 * g.random(), 900 + 1300 * g.random()  # the two formants that make a vowel
    tone = np.zeros_like(t)
    for k in range(1, 24):
        hertz = pitch * k
        loud = (
            np.exp(-(((hertz - first) / 160) ** 2))
            + 0.5 * np.exp(-(((hertz - second) / 220) ** 2))
            + 0.05 / k
        )
        tone += loud * np.sin(2 * np.pi * hertz * (1 + 0.02 * np.sin(6 * t)) * t)
    return faded(tone / max(np.abs(tone).max(), 1e-6), 0.02, 0.04)
