"""A film of any size: one second of grain, encoded once and repeated."""

from pathlib import Path

import av
import numpy as np

WIDTH, HEIGHT, FPS = 1280, 720, 24
SEED, GRAIN = 2, (96, 160)  # grey values


def write_film(path: Path, *, size: int) -> None:
    """An H.264 film of `size` bytes or a frame more; every frame stands for itself."""
    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as out:
        stream = out.add_stream("libx264", rate=FPS, width=WIDTH, height=HEIGHT, pix_fmt="yuv420p")
        stream.options = {"preset": "ultrafast", "qp": "34", "g": "1", "bf": "0"}
        second = [bytes(packet) for packet in encoded(stream)]
        written, number = 0, 0
        while written < size:
            content = second[number % len(second)]
            packet = av.Packet(content)
            packet.stream, packet.time_base = stream, stream.codec_context.time_base
            packet.pts = packet.dts = number
            packet.duration, packet.is_keyframe = 1, True
            out.mux(packet)
            written += len(content)
            number += 1


def encoded(stream) -> list[av.Packet]:
    dice = np.random.default_rng(SEED)
    packets = []
    for _frame in range(FPS):
        grain = dice.integers(*GRAIN, (HEIGHT * 3 // 2, WIDTH), dtype=np.uint8)
        packets += stream.encode(av.VideoFrame.from_ndarray(grain, format="yuv420p"))
    return packets + stream.encode()
