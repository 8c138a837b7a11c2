"""Encoding with PyAV: H.264 and AAC in an MP4 that starts at once, and sound files."""

import io
from collections.abc import Iterable
from fractions import Fraction

import av
import numpy as np
from PIL import Image

RATE = 44_100  # samples per second of everything that is synthesised
FPS = 24


def write_film(path: str, frames: Iterable[Image.Image], *, width: int, height: int, sound=None) -> None:
    """Frames of any size are scaled. `sound` is (2, samples) float32 at RATE, or None for a silent film."""
    with av.open(path, "w", options={"movflags": "+faststart"}) as out:
        stream = out.add_stream("libx264", rate=FPS, width=width, height=height, pix_fmt="yuv420p")
        preset = "veryfast" if width * height < 1_000_000 else "superfast"
        # Without mbtree: with it the encoder's first film in a process differs from its next ones.
        stream.options = {
            "preset": preset,
            "crf": "21",
            "aq-mode": "3",
            "threads": "1",
            "x264-params": "no-mbtree=1",
        }
        stream.codec_context.color_range = 1
        track = (
            out.add_stream("aac", rate=RATE, layout="stereo", bit_rate=128_000) if sound is not None else None
        )
        for picture in frames:
            frame = av.VideoFrame.from_image(picture)
            out.mux(stream.encode(frame.reformat(width, height, "yuv420p", interpolation="BICUBIC")))
        out.mux(stream.encode())
        if track is not None:
            write_samples(out, track, sound)


def write_samples(out, stream, sound: np.ndarray) -> None:
    """Feed float samples through a resampler to whatever the encoder wants."""
    step = 1024
    resampler = av.AudioResampler(format=stream.format, layout=stream.layout, rate=stream.rate)
    for start in range(0, sound.shape[1], step):
        block = np.ascontiguousarray(sound[:, start : start + step], np.float32)
        frame = av.AudioFrame.from_ndarray(block, format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = RATE, start, Fraction(1, RATE)
        for ready in resampler.resample(frame):
            out.mux(stream.encode(ready))
    for ready in resampler.resample(None):
        out.mux(stream.encode(ready))
    out.mux(stream.encode())


SOUND_CODECS = {"mp3": "libmp3lame", "wav": "pcm_s16le", "opus": "libopus"}


def write_sound(path: str, sound: np.ndarray, *, extension: str, rate: int = RATE) -> None:
    with av.open(path, "w") as out:
        stream = out.add_stream(SOUND_CODECS[extension], rate=rate, layout="stereo")
        if extension != "wav":
            stream.bit_rate = 128_000
        write_samples(out, stream, sound)


def read_sound(content: bytes) -> np.ndarray:
    """(2, samples) float32 at RATE from any sound file; raises av.FFmpegError for anything else."""
    resampler = av.AudioResampler(format="fltp", layout="stereo", rate=RATE)
    with av.open(io.BytesIO(content)) as source:
        frames = [ready for frame in source.decode(audio=0) for ready in resampler.resample(frame)]
    frames += resampler.resample(None)
    return np.concatenate([frame.to_ndarray() for frame in frames], axis=1)
