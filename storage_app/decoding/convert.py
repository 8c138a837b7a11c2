"""Another container for the same sound."""

from itertools import chain

import av

from storage_app.decoding.films import open_media
from storage_app.decoding.pictures import Refused


def as_wav(*, media_type: str, path: str, reader: str, max_pixels: int, target: str) -> None:
    """Write the sound at `path` to `target` as PCM of 16 bits."""
    with open(path, "rb") as file, open_media(file, reader) as source:
        if not source.streams.audio:
            raise Refused("there is no sound in this file")
        sound = source.streams.audio[0]
        layout = sound.layout.name
        with open(target, "wb") as out, av.open(out, "w", format="wav") as sink:
            stream = sink.add_stream("pcm_s16le", rate=sound.rate, layout=layout)
            resampler = av.AudioResampler(format="s16", layout=layout, rate=sound.rate)
            for frame in chain(source.decode(sound), [None]):
                for part in resampler.resample(frame):
                    sink.mux(stream.encode(part))
            sink.mux(stream.encode(None))
