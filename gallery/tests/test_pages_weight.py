"""The budgets of a list of 24 in bytes, with titles of which no two are alike and two of three are Thai."""

from itertools import product

import pytest

from gallery.tests.factories import make_category, make_item
from gallery.tests.reading import Page

pytestmark = pytest.mark.django_db
MOST_BYTES, MOST_PACKED = 60_000, 7_168
WORKS = {"image": 48, "video": 24, "audio": 24}
LISTS = ["", "/images", "/videos", "/audio", "/category/rivers", "/images?page=2", "/search?q=คืน"]
PLACES = [
    ("Old landing", "ท่าน้ำบ้านเก่า"),
    ("Canal market", "ตลาดริมคลอง"),
    ("Wooden bridge", "สะพานไม้ข้ามห้วย"),
    ("Lotus field", "ทุ่งดอกบัวแดง"),
    ("Raft house", "เรือนแพกลางเขื่อน"),
    ("Hill temple", "วัดบนเนินเขา"),
    ("Wet street", "ถนนสายฝน"),
    ("Silver beach", "หาดทรายสีเงิน"),
]
TIMES = [
    ("under a full moon", "ในคืนเดือนหงาย"),
    ("at first light", "ก่อนสิ้นคืน"),
    ("after the storm", "คืนที่พายุผ่านไป"),
    ("before sunset", "ก่อนตะวันตกดิน"),
    ("in deep winter", "กลางคืนฤดูหนาว"),
    ("on the last night", "คืนวันเพ็ญ"),
]


@pytest.fixture
def quick_passwords(settings):
    """Every shown work has its own moderator, and a password costs more than a work."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def works(quick_passwords):
    rivers = make_category("Rivers", translations={"th": {"name": "แม่น้ำ", "description": "น้ำที่ไหลช้า ๆ"}})
    for at in range(6):
        make_category(f"Rivers of the north {at}", parent=rivers)
    for media_type, count in WORKS.items():
        for at in range(count):
            make_item(media_type=media_type, categories=(rivers,), **told(at))


def told(number: int) -> dict:
    """Words as long as those that people write."""
    place, time = PLACES[number % 8], TIMES[number // 8 % 6]
    if number % 3 == 2:
        return {
            "title": f"{place[0]} {time[0]}",
            "alt_text": f"{place[0]} seen from a low boat {time[0]}, {number} people on its bank",
        }
    return {
        "language": "th",
        "title": f"{place[1]}{time[1]}",
        "alt_text": f"{place[1]}มองจากเรือลำเล็ก{time[1]} มีคน {number} คนยืนอยู่บนฝั่ง",
    }


def test_every_list_is_light_in_both_languages(client, works):
    for language, path in product(("", "/th"), LISTS):
        address = f"{language}/gallery{path}"
        plain, packed = client.get(address), client.get(address, headers={"accept-encoding": "gzip"})
        hung = len(Page(plain).titles)
        found = (hung >= 23, len(plain.content) <= MOST_BYTES, len(packed.content) <= MOST_PACKED)
        assert found == (True, True, True), f"{address}: {len(plain.content)}, {len(packed.content)}, {hung}"
