"""Another container for the same sound."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av


@contextmanager
def as_wav(path: Path) -> Iterator[Path]:
    """The mp3 at `path` as 16-bit PCM in a temporary wave file, which ends with the block."""
    with tempfile.NamedTemporaryFile(suffix=".wav") as target:
        with av.open(str(path), format="mp3") as source, av.open(target.name, "w", format="wav") as sink:
            sound = source.streams.audio[0]
            stream = sink.add_stream("pcm_s16le", rate=sound.rate, layout=sound.layout.name)
            for frame in source.decode(sound):
                frame.pts = None
                sink.mux(stream.encode(frame))
            sink.mux(stream.encode(None))
        yield Path(target.name)
