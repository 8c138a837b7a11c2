"""The figures that are kept: each row its newest, a whole run nothing else."""

import pytest

from benchmarks import results
from benchmarks.plan import GROUNDS, ROWS
from benchmarks.table import Line


def line(what: str, found: float, limit: float | None = 2, **more) -> Line:
    return Line(what, found, limit, f"{found} s", " s", measured="11-24 12:00 UTC, load 0.1", **more)


@pytest.fixture(autouse=True)
def file(tmp_path, monkeypatch):
    monkeypatch.setattr(results, "RESULTS", tmp_path / "results.md")
    return tmp_path / "results.md"


def rows(text: str, section: str) -> list[str]:
    part = text.split(f"## {section}\n")[1].split("\n## ")[0]
    return [row for row in part.splitlines() if row.startswith("| ")][2:]


def test_one_row_is_brought_up_to_date_where_it_stood(file):
    results.keep("SQLite", "here", [line("first", 1), line("second", 3)], is_whole=True)
    results.keep("SQLite", "here", [line("first", 1.5), line("third", 1)], is_whole=False)
    assert rows(file.read_text(), "SQLite") == [
        "| first | 1.5 s | ≤ 2 s | met | 11-24 12:00 UTC, load 0.1 |",
        "| second | 3 s | ≤ 2 s | **not met** | 11-24 12:00 UTC, load 0.1 |",
        "| third | 1 s | ≤ 2 s | met | 11-24 12:00 UTC, load 0.1 |",
    ]


def test_a_whole_run_leaves_nothing_older(file):
    results.keep("SQLite", "here", [line("gone", 1)], is_whole=True)
    results.keep("SQLite", "here", [line("new", 1, None)], is_whole=True)
    assert rows(file.read_text(), "SQLite") == ["| new | 1 s | none |  | 11-24 12:00 UTC, load 0.1 |"]


def test_a_row_without_a_bar_is_kept_beside_others(file):
    results.keep("SQLite", "here", [line("plain", 1, None)], is_whole=True)
    results.keep("SQLite", "here", [line("other", 1)], is_whole=False)
    assert [row.split(" | ")[0] for row in rows(file.read_text(), "SQLite")] == ["| plain", "| other"]


def test_one_ground_leaves_the_figures_of_another_alone(file):
    results.keep("SQLite", "here", [line("first", 1)], is_whole=True)
    results.keep("PostgreSQL", "there", [line("first", 9)], is_whole=True)
    text = file.read_text()
    assert text.index("## SQLite") < text.index("## PostgreSQL")
    assert "| first | 1 s |" in rows(text, "SQLite")[0]


@pytest.mark.parametrize(
    "found, at_least, verdict",
    [(2, False, "met"), (2.1, False, "**not met**"), (2, True, "met"), (1.9, True, "**not met**")],
)
def test_a_bar_is_met_or_not(found, at_least, verdict):
    assert line("any", found, at_least=at_least).verdict == verdict


def test_every_row_names_grounds_that_exist():
    assert {ground for grounds in ROWS.values() for ground in grounds} == set(GROUNDS)
