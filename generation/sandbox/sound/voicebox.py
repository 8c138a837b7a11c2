"""A process that says one text with eSpeak NG and ends: within one process its output would vary.

Reads {"text", "voice", "rate", "pitch"} as JSON from stdin; writes the sample rate in ASCII, a newline
and 16-bit mono samples to stdout. Exit code 3 means that eSpeak NG cannot be used here.
"""

import ctypes
import json
import sys

try:
    import espeakng_loader
except ImportError:  # optional: GPL, so not among the requirements
    espeakng_loader = None

SYNCHRONOUS = 2  # AUDIO_OUTPUT_SYNCHRONOUS
UTF8 = 1
RATE, PITCH = 1, 3  # parameter numbers of espeak_SetParameter
CANNOT = 3


def speak(text: str, voice: str, rate: int, pitch: int) -> tuple[int, bytes]:
    if espeakng_loader is None:
        return 0, b""
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    samples = bytearray()

    @ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)
    def collect(wave, count, _events):
        if wave and count > 0:
            samples.extend(ctypes.string_at(wave, count * 2))
        return 0

    hertz = library.espeak_Initialize(SYNCHRONOUS, 0, espeakng_loader.get_data_path().encode(), 0)
    library.espeak_SetSynthCallback(collect)
    if hertz <= 0 or library.espeak_SetVoiceByName(voice.encode()) != 0:
        return 0, b""
    library.espeak_SetParameter(RATE, rate, 0)
    library.espeak_SetParameter(PITCH, pitch, 0)
    encoded = text.encode()
    library.espeak_Synth(encoded, len(encoded) + 1, 0, 1, 0, UTF8, None, None)
    library.espeak_Synchronize()
    return hertz, bytes(samples)


def main() -> int:
    order = json.load(sys.stdin)
    try:
        hertz, samples = speak(order["text"], order["voice"], order["rate"], order["pitch"])
    except OSError:
        return CANNOT
    if not samples:
        return CANNOT
    sys.stdout.buffer.write(f"{hertz}\n".encode() + samples)
    return 0


if __name__ == "__main__":
    sys.exit(main())
