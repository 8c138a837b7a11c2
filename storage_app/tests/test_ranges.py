"""Which part of a file a Range header asks for."""

import pytest

from storage_app.ranges import Span, Unsatisfiable, asked_span


@pytest.mark.parametrize(
    "header, span",
    [
        ("bytes=0-9", Span(0, 10)),
        ("bytes=10-", Span(10, 90)),
        ("bytes=-10", Span(90, 10)),
        ("bytes=-500", Span(0, 100)),
        ("bytes=90-500", Span(90, 10)),
        ("bytes=99-99", Span(99, 1)),
        (" bytes=0-0 ", Span(0, 1)),
    ],
)
def test_one_span_is_understood(header, span):
    assert asked_span(header, 100) == span


@pytest.mark.parametrize(
    "header", ["", "bytes=-", "bytes=0-1,5-9", "lines=0-9", "bytes=a-b", "bytes=9-5", "bytes=1", "0-9"]
)
def test_anything_else_means_the_whole_file(header):
    assert asked_span(header, 100) is None


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_a_span_past_the_end_cannot_be_had(header):
    with pytest.raises(Unsatisfiable):
        asked_span(header, 100)


def test_a_span_says_where_it_lies():
    assert Span(10, 5).content_range(100) == "bytes 10-14/100"
