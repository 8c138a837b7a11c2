import pytest

from smartspec.lib import thai


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("นํ้าตก", "น้ำตก"),
        ("น้ํา", "น้ำ"),
        ("กํา", "กำ"),
        ("เเมว", "แมว"),
        ("café", "café"),
        ("น้ำ", "น้ำ"),
    ],
)
def test_typing_slips_are_repaired(typed, meant):
    assert thai.normalise(typed) == meant


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("ที่", ["ที่"]),
        ("น้ำ", ["น้ำ"]),
        ("เด็ก", ["เด็", "ก"]),
        ("โต๊ะ", ["โต๊ะ"]),
        ("กา", ["กา"]),
        ("ab", ["a", "b"]),
        ("👩‍🎨x", ["👩‍🎨", "x"]),
    ],
)
def test_a_cluster_keeps_vowels_and_tones_with_their_letter(text, pieces):
    assert thai.clusters(text) == pieces


@pytest.mark.parametrize(
    ("limit", "kept"), [(1, ""), (2, "กิ"), (3, "กิน"), (4, "กิน"), (6, "กินที่"), (9, "กินที่นี่"), (50, "กินที่นี่")]
)
def test_a_cut_never_parts_a_cluster(limit, kept):
    assert thai.cut("กินที่นี่", limit) == kept


def test_an_ellipsis_counts_and_marks_only_a_cut():
    assert thai.cut("กินที่นี่", 6, ellipsis="…") == "กิน…"
    assert thai.cut("short", 6, ellipsis="…") == "short"


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("แมวส้มกินข้าวเหนียวมะม่วง", "แมวส้มกินข้าวเหนียวมะม่วง"),
        ("ภาพ AI ผู้หญิงในชุดไทย", "ภาพ-ai-ผู้หญิงในชุดไทย"),
        ("น้ำตกที่เชียงใหม่ 4K!", "น้ำตกที่เชียงใหม่-4k"),
        ("เด็กๆ เล่นน้ำสงกรานต์", "เด็กๆ-เล่นน้ำสงกรานต์"),
        ("กรุงเทพฯ", "กรุงเทพฯ"),
        ("Don’t stop -- café", "dont-stop-café"),
        ("ไทย\u200bแลนด์", "ไทยแลนด์"),
        ("❤️ ิabc", "abc"),
        ("!!!", ""),
    ],
)
def test_hyphenated_words_keep_thai_marks(title, words):
    assert thai.hyphenated(title) == words
