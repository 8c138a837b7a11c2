"""Listening to a sound once: how long it is, and the outline of its waveform."""

from itertools import chain, pairwise

import av
import numpy

from storage_app.decoding.films import COMPLETE_FROM, open_media
from storage_app.decoding.pictures import Refused
from storage_app.decoding.riff import is_unknown
from storage_app.derivatives import PEAKS

RATE = 8000  # samples a second are enough to draw


def listen(path: str, *, reader: str) -> tuple[int, list[int]]:
    """(duration in milliseconds, 200 peaks of 0..100 where the loudest is 100)."""
    if reader == "wav":
        refuse_unfinished_wav(path)
    with open(path, "rb") as file, open_media(file, reader) as container:
        if not container.streams.audio:
            raise Refused("there is no sound in this file")
        if any(
            not stream.disposition & av.stream.Disposition.attached_pic for stream in container.streams.video
        ):
            raise Refused("this is a film, not a sound")
        announced = (container.duration or 0) / av.time_base
        outline = Outline()
        resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
        for frame in chain(container.decode(container.streams.audio[0]), [None]):  # None: the last samples
            for part in resampler.resample(frame):
                outline.add(part.to_ndarray().ravel())
    seconds = outline.samples / RATE
    if not outline.samples or seconds < announced * COMPLETE_FROM:
        raise Refused(f"the sound ends after {seconds:.1f} of {announced:.1f} seconds")
    return round(seconds * 1000), outline.peaks()


def refuse_unfinished_wav(path: str) -> None:
    """FFmpeg takes a WAV for as long as the file is; the header knows how long it should be, if it knows."""
    with open(path, "rb") as file:
        announced = int.from_bytes(file.read(8)[4:], "little")
        found = file.seek(0, 2) - 8
    if found < announced and not is_unknown(announced):
        raise Refused(f"{found} of {announced} bytes of sound are there")


class Outline:
    """Peaks of a sound whose length is not known beforehand, in bounded memory.

    Blocks of 20 ms are kept; when there are too many, neighbours are joined.
    """

    MOST_BLOCKS = 8192

    def __init__(self):
        self.samples = 0
        self._block = RATE // 50
        self._maxima: list[float] = []
        self._rest = numpy.zeros(0, numpy.float32)

    def add(self, sound: numpy.ndarray) -> None:
        self.samples += sound.size
        loud = numpy.concatenate([self._rest, numpy.abs(sound)])
        whole = loud.size // self._block * self._block
        self._maxima += loud[:whole].reshape(-1, self._block).max(axis=1).tolist() if whole else []
        self._rest = loud[whole:]
        while len(self._maxima) > self.MOST_BLOCKS:
            self._join()

    def peaks(self) -> list[int]:
        maxima = numpy.array(self._maxima + ([float(self._rest.max())] if self._rest.size else []))
        edges = numpy.linspace(0, maxima.size, PEAKS + 1)
        bars = [maxima[int(a) : max(int(a) + 1, int(b))].max() for a, b in pairwise(edges)]
        loudest = max(bars) or 1.0
        return [round(100 * float(bar / loudest)) for bar in bars]

    def _join(self) -> None:
        pairs = numpy.array(self._maxima)
        if pairs.size % 2:
            pairs = numpy.append(pairs, 0.0)
        self._maxima = pairs.reshape(-1, 2).max(axis=1).tolist()
        self._block *= 2
