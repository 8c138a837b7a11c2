"""Words in files whose heads cannot be added to: their packets are laid into a new one behind them."""

import av

from storage_app.decoding.films import open_media

SPOKEN = "DIGITALSOURCETYPE"
MUXERS = {"matroska": "webm", "ogg": "ogg"}


def mark(path: str, reader: str, target: str, fields: dict[str, str]) -> bool:
    """Write the marked file to `target`; False when it speaks for itself already."""
    with open(path, "rb") as file, open_media(file, reader) as source:
        if SPOKEN in (name.upper() for name in source.metadata | source.streams[0].metadata):
            return False
        with open(target, "wb") as out, av.open(out, "w", format=MUXERS[reader]) as sink:
            sink.metadata.update(dict(source.metadata) | fields)
            kept = {
                stream.index: sink.add_stream_from_template(stream)
                for stream in source.streams
                if stream.type in ("audio", "video")
            }
            for index, stream in kept.items():
                stream.metadata.update(source.streams[index].metadata)
                if reader == "ogg":  # where every stream has words of its own, and the whole has none
                    stream.metadata.update(fields)
            for packet in source.demux([source.streams[index] for index in kept]):
                if packet.dts is not None:
                    packet.stream = kept[packet.stream.index]
                    sink.mux(packet)
    return True
