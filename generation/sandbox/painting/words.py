"""What the words of a prompt mean to a painter, in English and Thai."""

import re
from dataclasses import dataclass

# Thai is written without spaces, so its words are looked for anywhere; English ones at a word's beginning.
SCENES = {
    "mountains": (
        "mountain ridge peak alps himalaya valley hill cliff doi|ภูเขา ดอย เขาสูง ยอดเขา หุบเขา เนินเขา สันเขา"
    ),
    "sea": (
        "sea ocean beach wave harbour harbor boat coast bay island lake tide sail|"
        "ทะเล มหาสมุทร ชายหาด คลื่น เรือ อ่าว เกาะ ทะเลสาบ หาด"
    ),
    "city": (
        "city skyline tower skyscraper downtown rooftop bangkok tokyo metropolis building|"
        "เมือง ตึก กรุงเทพ มหานคร อาคาร"
    ),
    "street": "street alley umbrella lane market neon shophouse tuk-tuk|ถนน ตรอก ซอย ร่ม ตลาด เยาวราช",
    "planet": (
        "space planet galaxy nebula cosmos cosmic saturn orbit universe astronaut|"
        "อวกาศ ดาวเคราะห์ กาแล็กซี เนบิวลา จักรวาล เอกภพ"
    ),
    "aurora": "aurora northern-lights arctic polar iceland glacier|แสงเหนือ ออโรรา ขั้วโลก",
    "temple": (
        "temple chedi pagoda stupa wat shrine palace ayutthaya buddhist sukhothai|"
        "วัด เจดีย์ ปราสาท พระราชวัง อยุธยา สุโขทัย โบสถ์ วิหาร พระปรางค์"
    ),
    "lotus": "lotus pond lily water-lily lilies|ดอกบัว บัวหลวง สระบัว บึงบัว บัว",
    "terraces": "terrace paddy rice field farm|นาขั้นบันได ทุ่งนา นาข้าว ข้าว ไร่",
    "silk": "silk fabric cloth satin folds drape textile velvet|ผ้าไหม ผืนผ้า แพร ผ้า",
    "kranok": (
        "kranok ornament filigree mandala lacquer lai-thai arabesque gilded pattern symmetr|"
        "กระหนก กนก ลายไทย ลายรดน้ำ ลวดลาย ลงรัก"
    ),
    "ceramic": (
        "ceramic plate crackle glaze porcelain celadon pottery vase benjarong dish|"
        "จาน เซรามิก เครื่องเคลือบ เบญจรงค์ ศิลาดล แจกัน ถ้วยชาม เครื่องปั้น"
    ),
    "forest": "forest wood jungle tree pine bamboo grove|ป่า ต้นไม้ ไผ่ ป่าสน ป่าสัก พงไพร",
    "dunes": "desert dune sahara sand caravan oasis|ทะเลทราย เนินทราย ทราย",
    "lanterns": "lantern yi-peng loy krathong sky-lantern|โคมลอย โคม ยี่เป็ง ลอยกระทง",
    "still_life": (
        "still-life fruit bowl mango pomegranate pear table orange-fruit durian mangosteen teapot "
        "tea|"
        "ผลไม้ ชาม มะม่วง มังคุด ส้มโอ หุ่นนิ่ง กาน้ำชา"
    ),
    "portrait": (
        "portrait profile woman girl man face dancer monk lady silhouette-of|"
        "ภาพเหมือน ผู้หญิง หญิงสาว ใบหน้า นางรำ ชายหนุ่ม"
    ),
    "botanical": (
        "botanical leaf leaves fern orchid flower sunflower tulip jasmine bouquet blossom plant "
        "monstera herb garden frangipani|"
        "ใบไม้ เฟิร์น กล้วยไม้ ดอกไม้ พฤกษา ลีลาวดี สวน"
    ),
    "waterfall": "waterfall cascade gorge|น้ำตก",
    "marble": (
        "marble agate geode mineral stone-slice ink-swirl suminagashi abstract fluid|หินอ่อน นามธรรม แร่ หยก"
    ),
}

TIMES = {
    "dawn": "dawn sunrise morning daybreak first-light|รุ่งอรุณ รุ่งเช้า เช้า พระอาทิตย์ขึ้น อรุณ",
    "day": "noon midday daylight daytime sunny afternoon summer|กลางวัน เที่ยง บ่าย แดดจ้า ฤดูร้อน",
    "sunset": (
        "sunset last-light golden-hour sundown evening|พระอาทิตย์ตก ตะวันตก อาทิตย์อัสดง ยามเย็น แสงสุดท้าย เย็น"
    ),
    "dusk": "dusk twilight blue-hour gloaming|โพล้เพล้ พลบค่ำ สนธยา ย่ำค่ำ",
    "night": ("night midnight moon moonlit starry stars|กลางคืน ค่ำคืน คืน พระจันทร์ ดวงดาว แสงจันทร์ ราตรี เที่ยงคืน"),
}

WEATHER = {
    "mist": "mist fog haze misty foggy|หมอก ม่านหมอก",
    "rain": "rain rainy monsoon drizzle|ฝน มรสุม",
    "snow": "snow snowy winter frost|หิมะ ฤดูหนาว",
    "storm": "storm stormy thunder tempest|พายุ ฟ้าผ่า ฟ้าคะนอง",
    "stars": "star stars starry milky-way|ดวงดาว ดาวเต็มฟ้า ทางช้างเผือก หมู่ดาว",
    "clouds": "cloud cloudy clouds|เมฆ",
    "wind": "wind windy breeze|ลม",
}

COLOURS = {
    "indigo": "indigo navy cobalt ultramarine blue sapphire|สีคราม คราม น้ำเงิน สีฟ้า",
    "gold": "gold golden gilded amber ochre gamboge yellow saffron|ทอง สีทอง เหลือง อำพัน",
    "green": "green emerald jade olive moss|เขียว มรกต หยก",
    "red": "red crimson scarlet vermilion ruby maroon|แดง ชาด เลือดหมู",
    "pink": "pink rose blush magenta|ชมพู กุหลาบ",
    "violet": "violet purple lavender lilac|ม่วง",
    "teal": "teal turquoise cyan aqua celadon|เขียวน้ำทะเล ฟ้าคราม ศิลาดล",
    "orange": "orange copper rust terracotta ember|ส้ม อิฐ ทองแดง",
    "grey": "grey gray monochrome black charcoal black-and-white|เทา ขาวดำ สีดำ",
    "white": "white ivory pale cream|สีขาว งาช้าง",
    "brown": "brown sepia umber teak|น้ำตาล",
}

STYLES = {
    "woodblock": "woodblock ukiyo-e woodcut japanese-print|ภาพพิมพ์ไม้ แม่พิมพ์ไม้",
    "linocut": "linocut lino block-print|ลิโนคัต ภาพพิมพ์แกะ",
    "halftone": "halftone dots screenprint screen-print risograph|จุดสี ฮาล์ฟโทน",
    "mosaic": "mosaic tiles tessera glass-mosaic stained-glass|โมเสก กระจกสี กระเบื้อง",
    "ink": "ink ink-wash sumi brush calligraph sumi-e|หมึก พู่กัน หมึกจีน",
    "watercolour": "watercolor watercolour aquarelle wash|สีน้ำ",
    "papercut": "papercut paper-cut cut-paper paper layered-paper|ตัดกระดาษ กระดาษ",
    "pixel": "pixel 8-bit 16-bit pixelart|พิกเซล",
    "weave": "weave woven ikat tapestry embroidery mudmee loom|การทอ ทอผ้า มัดหมี่ ปักผ้า",
    "oil": "oil impasto impressionist painterly brushstroke|สีน้ำมัน อิมเพรสชันนิสม์",
}

THINGS = {
    "boat": "boat sail junk longtail ship|เรือ",
    "birds": "bird birds egret crane swallow gull|นก",
    "moon": "moon moonlit moonlight|พระจันทร์ ดวงจันทร์ แสงจันทร์",
    "sun": "sun sunlight|พระอาทิตย์ ตะวัน ดวงอาทิตย์",
    "galaxy": "galaxy galaxies spiral milky-way|กาแล็กซี ทางช้างเผือก",
    "ring": "ring rings ringed saturn|วงแหวน",
    "pine": "pine pines fir|สน",
    "palms": "palm palms coconut|ต้นมะพร้าว มะพร้าว ตาล",
    "people": "people figure walker person crowd traveller|ผู้คน คน",
}


@dataclass(frozen=True)
class Reading:
    scene: str | None
    times: tuple[str, ...]
    weather: tuple[str, ...]
    colours: tuple[str, ...]
    style: str | None
    things: frozenset[str]


def read(prompt: str) -> Reading:
    """The scene is the one with most words; of equals, the one that is named first."""
    text = " ".join(prompt.lower().replace("-", " ").split())
    scenes = found(SCENES, text)
    scene = max(scenes, key=lambda name: (len(scenes[name]), -min(scenes[name]))) if scenes else None
    styles = in_order(found(STYLES, text))
    return Reading(
        scene=scene,
        times=in_order(found(TIMES, text)),
        weather=in_order(found(WEATHER, text)),
        colours=in_order(found(COLOURS, text)),
        style=styles[0] if styles else None,
        things=frozenset(found(THINGS, text)),
    )


def found(table: dict[str, str], text: str) -> dict[str, list[int]]:
    """`{concept: positions of its words in the text}` for the concepts that occur."""
    positions = {concept: places(words, text) for concept, words in table.items()}
    return {concept: where for concept, where in positions.items() if where}


def places(words: str, text: str) -> list[int]:
    latin, _bar, thai = words.partition("|")
    spots = [text.find(word) for word in thai.split()]
    for word in latin.split():
        match = re.search(rf"\b{re.escape(word.replace('-', ' '))}(?:s|es|ing|ed)?\b", text)
        spots.append(match.start() if match else -1)
    return sorted({spot for spot in spots if spot >= 0})


def in_order(positions: dict[str, list[int]]) -> tuple[str, ...]:
    return tuple(sorted(positions, key=lambda concept: positions[concept][0]))
