"""Real media files for tests of every room, made by the same libraries that read them."""

import io
from fractions import Fraction
from pathlib import Path

import av
import numpy
from django.core.files.base import ContentFile
from PIL import Image

ORIENTATION, GPS = 0x0112, 0x8825


def picture(width: int = 640, height: int = 480, *, seed: int = 1) -> Image.Image:
    """Something with edges, areas and colour, different for each seed."""
    y, x = numpy.mgrid[0:height, 0:width].astype(numpy.float32)
    wave = numpy.sin(x / (20 + seed)) + numpy.cos(y / (31 + 2 * seed))
    red = 127 + 60 * wave
    green = 255 * y / height
    blue = (40 * seed) % 255 + 0 * x
    pixels = numpy.clip(numpy.stack([red, green, blue], -1), 0, 255).astype(numpy.uint8)
    return Image.fromarray(pixels)


def encoded(image: Image.Image, form: str, **options) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def make_png(width: int = 640, height: int = 480, *, seed: int = 1) -> bytes:
    return encoded(picture(width, height, seed=seed), "PNG")


def make_jpeg_with_gps(width: int = 640, height: int = 480, *, orientation: int = 1) -> bytes:
    """A photograph that says where and with what it was taken."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[0x010F] = "Camera of somebody"
    exif.get_ifd(GPS).update({1: "N", 2: (13.0, 45.0, 14.0), 3: "E", 4: (100.0, 29.0, 34.0)})
    return encoded(picture(width, height), "JPEG", exif=exif, comment=b"<script>alert(1)</script>")


def make_mp4(
    seconds: float = 1.0, *, width: int = 320, height: int = 180, dark_seconds: float = 0.0, form: str = "mp4"
) -> bytes:
    """A film with sound, H.264 and AAC, that may begin in the dark."""
    buffer = io.BytesIO()
    with av.open(buffer, "w", format=form) as out:
        film = _film(out, "libx264", width, height)
        sound = out.add_stream("aac", rate=48000, layout="stereo")
        _paint(out, film, seconds, dark_seconds)
        _sing(out, sound, seconds, "fltp")
    return buffer.getvalue()


def turned(mp4: bytes) -> bytes:
    """The same film as a telephone held upright writes it: a quarter turn in the header of its track."""
    at = mp4.index(b"tkhd") + 44
    matrix = (0, 0x00010000, 0, 0xFFFF0000, 0, 0, 0, 0, 0x40000000)
    return mp4[:at] + b"".join(cell.to_bytes(4, "big") for cell in matrix) + mp4[at + 36 :]


def make_webm(seconds: float = 1.0, *, width: int = 320, height: int = 180) -> bytes:
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="webm") as out:
        film = _film(out, "libvpx", width, height)
        _paint(out, film, seconds, 0.0)
    return buffer.getvalue()


def make_mp3(seconds: float = 1.0) -> bytes:
    return _sound("mp3", "libmp3lame", "s16p", seconds)


def make_wav(seconds: float = 1.0) -> bytes:
    return _sound("wav", "pcm_s16le", "s16", seconds)


def make_ogg(seconds: float = 1.0) -> bytes:
    return _sound("ogg", "libopus", "flt", seconds)


def make_vorbis(seconds: float = 1.0) -> bytes:
    return _sound("ogg", "vorbis", "fltp", seconds, strict="experimental")


def make_endless_wav(seconds: float = 1.0, *, length: int = 0xFFFFFFFF) -> bytes:
    """As a program writes it into a pipe: nobody knew how long it would be."""
    wav, unknown = make_wav(seconds), length.to_bytes(4, "little")
    sound = wav.index(b"data") + 4
    return wav[:4] + unknown + wav[8:sound] + unknown + wav[sound + 4 :]


def make_ogg_flac(seconds: float = 1.0) -> bytes:
    return _sound("ogg", "flac", "s16", seconds)


def make_animation(frames: int = 5, form: str = "GIF", *, mode: str = "RGB") -> bytes:
    """One that goes on for ever."""
    first, *others = (picture(120, 90, seed=number + 1).convert(mode) for number in range(frames))
    return encoded(first, form, save_all=True, append_images=others, duration=50, loop=0)


def make_see_through(form: str) -> bytes:
    image = picture(320, 200).convert("RGBA")
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    return encoded(image, form)


def make_m4a(seconds: float = 1.0) -> bytes:
    return _sound("ipod", "aac", "fltp", seconds)


def make_flac(seconds: float = 1.0) -> bytes:
    return _sound("flac", "flac", "s16", seconds)


def as_file(data: bytes) -> ContentFile:
    return ContentFile(data)


def written(folder: Path, data: bytes, name: str = "file") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def _film(out, codec: str, width: int, height: int):
    film = out.add_stream(codec, rate=12)
    film.width, film.height, film.pix_fmt = width, height, "yuv420p"
    return film


def _paint(out, film, seconds: float, dark_seconds: float) -> None:
    for number in range(round(seconds * 12)):
        dark = number < dark_seconds * 12
        image = picture(film.width, film.height, seed=number + 1)
        frame = av.VideoFrame.from_image(Image.new("RGB", image.size) if dark else image)
        frame.pts, frame.time_base = number, Fraction(1, 12)
        out.mux(film.encode(frame))
    out.mux(film.encode())


def _sound(form: str, codec: str, samples: str, seconds: float, **options: str) -> bytes:
    buffer = io.BytesIO()
    with av.open(buffer, "w", format=form) as out:
        stream = out.add_stream(codec, rate=48000, layout="stereo", options=options)
        _sing(out, stream, seconds, samples)
    return buffer.getvalue()


def _sing(out, stream, seconds: float, samples: str) -> None:
    """A tone that swells from silence, so that its outline rises."""
    t = numpy.arange(round(48000 * seconds)) / 48000
    tone = (0.8 * t / seconds * numpy.sin(2 * numpy.pi * 440 * t)).astype(numpy.float32)
    resampler = av.AudioResampler(format=samples, layout="stereo", rate=48000)
    for start in range(0, tone.size, 960):
        block = numpy.ascontiguousarray(numpy.stack([tone[start : start + 960]] * 2))
        frame = av.AudioFrame.from_ndarray(block, format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = 48000, start, Fraction(1, 48000)
        for part in resampler.resample(frame):
            out.mux(stream.encode(part))
    out.mux(stream.encode())
