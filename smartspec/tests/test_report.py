"""The sums at the end of script/test."""

import json

from smartspec.tests import report


def tally(passed=(), failed=(), left_out=None) -> dict:
    return {"passed": list(passed), "failed": list(failed), "skipped": [], "left_out": left_out or {}}


def test_equal_suites_have_no_differences():
    both = tally(["accounts/a", "gallery/b"])
    assert report.differences({"sqlite": both, "postgres": both}) == []


def test_a_test_that_ran_on_one_database_only_is_told():
    found = report.differences({"sqlite": tally(["accounts/a"]), "postgres": tally()})
    assert found == ["accounts/a ran on one of sqlite and postgres only, without a reason"]


def test_many_differences_are_told_in_a_few_lines():
    many = tally([f"accounts/{number:02}" for number in range(12)])
    found = report.differences({"sqlite": many, "postgres": tally()})
    assert len(found) == 11
    assert found[-1] == "… and 2 more on one of sqlite and postgres only, without a reason"


def test_a_test_left_out_with_a_reason_is_no_difference():
    tallies = {
        "sqlite": tally(left_out={"accounts/race": "postgres_only: rows are locked"}),
        "postgres": tally(["accounts/race"]),
    }
    assert report.differences(tallies) == []
    assert "left out in sqlite: accounts/race (postgres_only: rows are locked)" in report.lines(tallies)


def test_tests_left_out_for_one_reason_share_a_line():
    left_out = {"storage_app/r2.py::a": "s3_only: its rules", "storage_app/r2.py::b": "s3_only: its rules"}
    assert report.left_out("sqlite", tally(left_out=left_out)) == [
        "left out in sqlite: 2 tests of storage_app/r2.py (s3_only: its rules)"
    ]


def test_the_whole_project_need_not_run_on_postgresql():
    tallies = {"sqlite": tally(["smartspec/a"]), "postgres": tally()}
    assert report.differences(tallies) == []


def test_places_are_counted_together(tmp_path, capsys):
    tallies = {"sqlite": tally("ab"), "worker-sqlite": tally("c"), "browser": tally("d")}
    for name, its in tallies.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(its))
    assert report.main(str(tmp_path)) == 0
    said = capsys.readouterr().out
    assert "     3 on SQLite" in said
    assert "     1 in the browser" in said
    assert said.endswith("4 passed, 0 failed\n")


def test_a_failure_ends_with_one(tmp_path, capsys):
    (tmp_path / "sqlite.json").write_text(json.dumps(tally("a", "b")))
    assert report.main(str(tmp_path)) == 1
    assert capsys.readouterr().out.endswith("FAILED in sqlite: b\n\n1 passed, 1 failed\n")


def test_a_part_that_broke_without_a_test_counts_as_a_failure(tmp_path, capsys):
    (tmp_path / "sqlite.json").write_text(json.dumps(tally("a")))
    assert report.main(str(tmp_path), "style and layout") == 1
    assert capsys.readouterr().out.endswith("BROKEN: style and layout\n\n1 passed, 1 failed\n")


def test_a_part_whose_failed_tests_are_told_is_not_counted_twice(tmp_path, capsys):
    (tmp_path / "sqlite.json").write_text(json.dumps(tally("a", "b")))
    assert report.main(str(tmp_path), "sqlite") == 1
    assert capsys.readouterr().out.endswith("1 passed, 1 failed\n")
