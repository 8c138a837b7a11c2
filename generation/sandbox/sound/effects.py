"""Which sounds the words of a prompt ask for, in English and Thai, and their mix."""

import numpy as np

from ..painting.noise import generator
from ..painting.words import found, in_order
from . import instruments, music, nature
from .synth import RATE, Sound, faded, mastered

SOURCES = {
    "rain": (nature.rain, "rain rainy drizzle downpour|ฝน"),
    "thunder": (nature.thunder, "thunder storm lightning|ฟ้าร้อง ฟ้าผ่า พายุ ฟ้าคะนอง"),
    "sea": (nature.sea, "sea ocean wave beach surf shore|ทะเล คลื่น ชายหาด"),
    "wind": (nature.wind, "wind windy breeze gust desert|ลม"),
    "birds": (nature.birds, "bird birds birdsong forest dawn chorus morning|นก ป่า รุ่งเช้า"),
    "crickets": (nature.crickets, "cricket insect night cicada frog|จิ้งหรีด แมลง กลางคืน จักจั่น"),
    "fire": (nature.fire, "fire campfire bonfire crackling flame|ไฟ กองไฟ"),
    "stream": (nature.stream, "stream river brook water waterfall fountain|น้ำตก ลำธาร แม่น้ำ น้ำไหล"),
    "footsteps": (nature.footsteps, "footstep step walking walk gravel|ฝีเท้า เดิน"),
    "traffic": (nature.traffic, "city traffic street car market|เมือง รถ ถนน ตลาด"),
    "gongs": (instruments.gongs, "gong|ฆ้อง"),
    "bells": (instruments.bells, "bell chime temple|ระฆัง กระดิ่ง วัด"),
    "ranat": (instruments.ranat_tune, "ranat xylophone piphat marimba|ระนาด ปี่พาทย์"),
    "khaen": (instruments.khaen_tune, "khaen khene isan mouth-organ|แคน อีสาน"),
    "drums": (instruments.drums, "drum drums percussion beat klong|กลอง จังหวะ"),
    "music": (music.ambient, "music ambient lullaby melody song tune piano calm|ดนตรี เพลง กล่อม ทำนอง"),
}
WORDS = {name: words for name, (_make, words) in SOURCES.items()}
BACKGROUND = 0.5  # loudness of the second and third sound in a mix
DEFAULT = ("music",)


def effect(prompt: str, *, length: float, seed: int = 0, loop: bool = False) -> Sound:
    """Stereo of exactly `length` seconds; with `loop` its end runs on into its beginning."""
    names = in_order(found(WORDS, prompt.lower().replace("-", " ")))[:3] or DEFAULT
    return mixed(names, generator(prompt, seed, "effect"), length, loop=loop)


def mixed(names, g: np.random.Generator, length: float, *, loop: bool = False) -> Sound:
    wanted = int(length * RATE)
    over = min(RATE, wanted // 3) if loop else 0
    count = max(wanted + over, RATE // 2)
    track = np.zeros((2, count), np.float32)
    for number, name in enumerate(names):
        track += SOURCES[name][0](count, g) * (BACKGROUND if number else 1.0)
    track = looped(track, wanted, over) if loop else faded(track[:, :wanted], 0.02, min(0.6, length / 4))
    return mastered(track)


def looped(track: Sound, wanted: int, over: int) -> Sound:
    """What runs over the end is blended into the beginning."""
    part = np.linspace(0, 1, over, dtype=np.float32)
    result = track[:, :wanted].copy()
    result[:, :over] = track[:, :over] * np.sqrt(part) + track[:, wanted : wanted + over] * np.sqrt(1 - part)
    return result


def soundtrack(heard: set[str], g: np.random.Generator, length: float, *, dark: bool) -> Sound:
    """Music with what one hears in the scene beneath it."""
    count = int(length * RATE)
    track = music.ambient(count, g, dark=dark)
    for name in sorted(heard & set(SOURCES)):
        track = track + 0.32 * SOURCES[name][0](count, g)
    return mastered(faded(track, 0.3, min(1.2, length / 4)))
