"""Words in a WebM file: its packets are laid into a new one that begins with them."""

import av

from storage_app.decoding.films import open_media

SPOKEN = "DIGITALSOURCETYPE"


def mark(path: str, target: str, fields: dict[str, str]) -> bool:
    """Write the marked film to `target`; False when the file speaks for itself already."""
    with open(path, "rb") as file, open_media(file, "matroska") as source:
        if SPOKEN in (name.upper() for name in source.metadata):
            return False
        with open(target, "wb") as out, av.open(out, "w", format="webm") as sink:
            sink.metadata.update(dict(source.metadata) | fields)
            kept = {
                stream.index: sink.add_stream_from_template(stream)
                for stream in source.streams
                if stream.type in ("audio", "video")
            }
            for index, stream in kept.items():
                stream.metadata.update(source.streams[index].metadata)
            for packet in source.demux([source.streams[index] for index in kept]):
                if packet.dts is not None:
                    packet.stream = kept[packet.stream.index]
                    sink.mux(packet)
    return True
