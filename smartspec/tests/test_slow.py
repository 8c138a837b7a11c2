"""The list of what script/test --fast leaves out, and how it is found."""

import re

import pytest

from smartspec.lib.processes import ROOT
from smartspec.tests import slowest
from smartspec.tests.variants import SLOW

LINES = [line for line in SLOW.read_text().splitlines() if line and not line.startswith("#")]


def test_what_is_left_out_exists():
    lost = []
    for line in LINES:
        path, *names = line.split("::")
        text = (ROOT / path).read_text()
        lost += [line for name in names if not re.search(rf"(def|class) {name}\b", text)]
    assert lost == []


def test_it_is_in_order_and_nothing_stands_twice():
    assert sorted(set(LINES)) == LINES


def test_a_test_counts_with_all_of_its_parameters():
    assert slowest.by_function({"a::x[1]": 1.0, "a::x[2]": 2.0, "a::y": 1.5}) == {"a::x": 3.0, "a::y": 1.5}


@pytest.mark.parametrize(
    "keep, gone",
    [
        (10, set()),
        (6, {"a::x"}),
        (3, {"a::x", "b::z"}),
        (0, {"a::x", "a::y", "b::z"}),
    ],
)
def test_the_slowest_go_until_the_rest_is_short(keep, gone):
    assert slowest.slowest({"a::x": 4.0, "a::y": 2.0, "b::z": 3.0}, keep=keep) == gone


def test_a_file_of_which_nothing_is_left_goes_whole():
    known = {"a::x": 4.0, "a::y": 2.0, "b::z": 3.0}
    assert slowest.lines({"a::x", "b::z"}, known) == ["a::x", "b"]
