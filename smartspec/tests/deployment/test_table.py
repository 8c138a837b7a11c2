"""What script/deploy-check counts and how it judges."""

import os

import pytest

from smartspec.tests.deployment import memory, mishaps, promises, units
from smartspec.tests.deployment.book import Book, percentile
from smartspec.tests.deployment.services import Service
from smartspec.tests.deployment.table import Table


def test_one_check_that_does_not_hold_spoils_all(capsys):
    table = Table()
    table.check("this", True, "12 of 12")
    assert table.all_held()
    table.check("that", False)
    assert not table.all_held()
    assert capsys.readouterr().out == "  ok  this: 12 of 12\n  --  that\n"


def test_what_cannot_be_tried_here_is_told_and_spoils_nothing(capsys):
    table = Table()
    table.skip("several machines", "not allowed")
    assert table.all_held()
    assert capsys.readouterr().out == "  ..  several machines: not allowed\n"


@pytest.mark.parametrize(
    "status, retry_after, is_bad, is_later",
    [
        (200, None, False, False),
        (404, None, False, False),
        (503, "5", False, True),
        (503, None, True, False),
        (500, None, True, False),
        (502, "5", True, False),
    ],
)
def test_of_all_5xx_only_503_that_says_when_is_not_bad(status, retry_after, is_bad, is_later):
    book = Book()
    book.note("page", status, 0.1, retry_after=retry_after)
    assert (bool(book.bad), bool(book.later)) == (is_bad, is_later)


def test_no_answer_is_bad():
    book = Book()
    book.unanswered("page", ConnectionError("gone"))
    assert [(bad.kind, bad.said) for bad in book.bad] == [("page", "ConnectionError('gone')")]
    assert book.total() == {"ConnectionError": 1}


@pytest.mark.parametrize("share, value", [(0.0, 1), (0.5, 51), (0.99, 100), (1.0, 100)])
def test_percentiles(share, value):
    assert percentile([float(number) for number in range(1, 101)], share) == value


@pytest.mark.parametrize(
    "first, last, flat", [(100, 100, True), (100, 110, True), (100, 111, False), (10, 13.9, True)]
)
def test_a_tenth_more_is_flat_and_so_are_a_few_megabytes(first, last, flat):
    assert memory.is_flat(first, last) is flat


def test_thirds_are_compared_by_their_medians():
    watch = memory.Watch(dict, every=1)
    watch.samples["web"] = [100, 500, 100, 300, 300, 300, 90, 120, 110]
    assert watch.thirds() == {"web": (100, 110)}


def test_this_process_holds_memory_and_a_dead_one_none():
    assert memory.resident(os.getpid()) > 1
    assert memory.resident(2**22 + 1) == 0.0


@pytest.mark.parametrize(
    "times, most", [([], 0), ([5], 1), ([0, 99, 100], 2), ([300, 0, 50, 120, 149], 3), ([7, 7, 7, 7], 4)]
)
def test_the_fullest_window_is_found_wherever_it_begins(times, most):
    assert promises.most_within(times, 100) == most


@pytest.mark.parametrize("moment, names", [(0.9, []), (1, ["a"]), (2.5, ["a", "b"]), (4, ["b"]), (9, [])])
def test_what_was_going_on_at_a_moment(moment, names):
    windows = [mishaps.Window("a", 1, 3), mishaps.Window("b", 2, 5)]
    assert mishaps.going_on(windows, moment) == names


@pytest.fixture
def service(tmp_path):
    """A unit that writes down by which signal it was ended, and says before that it leaves."""
    trap = "trap 'echo ended; exit 0' TERM; echo begun; while :; do sleep 0.05; done"
    mark = f"{tmp_path}/run/leaving"
    environment = {"LEAVING_MARK": mark, "METRICS_DIR": f"{tmp_path}/run/metrics"}
    stop = ["/bin/sh", "-c", f"kill -0 $MAINPID && echo told > {tmp_path}/told && touch {mark}"]
    made = Service(
        units.Unit("toy", ["/bin/sh", "-c", trap], stop, environment), folder=tmp_path, env={"WORKERS": "1"}
    )
    made.start()
    made.process.says("begun")
    yield made
    made.kill()


def test_a_service_is_told_to_leave_and_then_asked_to_end(service, tmp_path):
    service.stop()
    assert (tmp_path / "told").read_text() == "told\n"
    assert "ended" in service.process.text()
    assert not service.is_running()


def test_a_service_that_is_started_again_is_not_leaving(service, tmp_path):
    service.stop()
    assert (tmp_path / "run" / "leaving").exists()
    service.start()
    service.process.says("begun")
    assert not (tmp_path / "run" / "leaving").exists()
