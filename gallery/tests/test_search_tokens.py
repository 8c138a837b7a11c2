import pytest

from smartspec.lib import tokens
from smartspec.lib.tokens import Query


@pytest.mark.parametrize(
    "text, words, runs",
    [
        ("Lantern Boat", ("lantern", "boat"), ()),
        ("lantern, lantern!", ("lantern",), ()),
        ("4K don't Café", ("4k", "dont", "cafe"), ()),
        ("neon-dragon_2", ("neon", "dragon", "2"), ()),
        ("กรุงเทพฯ ยามเย็น", (), ("กรุงเทพ", "ยามเยน")),
        ("แม่น้ำ", (), ("แมนำ",)),
        ("นํ้า", (), ("นำ",)),  # typed in pieces
        ("เด็กๆ", (), ("เดก",)),
        ("½ cup, col·lecció", ("12", "cup", "col", "leccio"), ()),
        ("coŀlecció \ufdfa", ("colleccio", "صلىاللهعليهوسلم"), ()),  # one letter, several words
        ("AIภาพ๒๕๖๙", ("ai", "2569"), ("ภาพ",)),
        ("ก", (), ("ก",)),
        ("夜景", (), ("夜景",)),
        ("…!? 🙂", (), ()),
        ("", (), ()),
    ],
)
def test_a_query_is_taken_apart_into_words_and_runs(text, words, runs):
    assert tokens.query(text) == Query(words, runs)


@pytest.mark.parametrize(
    "one, many",
    [
        ("boat", "boats"),
        ("box", "boxes"),
        ("glass", "glasses"),
        ("city", "cities"),
        ("movie", "Movies"),
        ("brush", "brushes"),
    ],
)
def test_one_and_many_are_the_same_word(one, many):
    assert tokens.query(one) == tokens.query(many)


@pytest.mark.parametrize("word", ["gas", "bus", "this", "moss", "was", "ส"])
def test_what_only_looks_like_a_plural_stays(word):
    query = tokens.query(word)
    assert word in query.words + query.runs


def test_a_run_is_indexed_by_its_pairs_and_its_last_letter():
    text = tokens.text(["โคมลอย"])
    assert set(text.tokens) == {"โค", "คม", "มล", "ลอ", "อย", "ย"}
    assert text.runs == "โคมลอย"


def test_parts_never_run_into_each_other():
    assert "ขก" not in tokens.text(["กข", "กข"]).tokens


def test_a_query_has_an_end():
    assert len(tokens.query(" ".join(f"word{n}" for n in range(99))).words) == tokens.MOST_PIECES


def test_the_words_of_a_text_are_kept_as_they_are_written():
    assert tokens.spellings(["Paper Boats", "โคม 4k ÉTÉ"]) == {"paper", "boats", "ete"}


@pytest.mark.parametrize(
    "text, query, found",
    [
        ("A Lantern, lanterns", "lantern", ["Lantern", "lanterns"]),
        ("ล่องแม่น้ำเจ้าพระยา", "แมนำ", ["แม่น้ำ"]),
        ("กกก", "กก", ["กก"]),
        ("โคมลอยลอย", "โคมลอย ลอยลอย", ["โคมลอยลอย"]),
        ("nothing here", "lantern", []),
    ],
)
def test_what_was_found_can_be_shown(text, query, found):
    assert [text[start:end] for start, end in tokens.spans(text, tokens.query(query))] == found
