"""Nothing that is sent is silently ignored."""

from decimal import Decimal

import pytest
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from accounts.api.fields import CreditsField
from smartspec.lib.serializers import StrictQuery, StrictSerializer


class Inner(StrictSerializer):
    depth = serializers.IntegerField()


class Order(StrictSerializer):
    id = serializers.IntegerField(read_only=True)
    title = serializers.CharField(required=False)
    extra = serializers.JSONField(required=False)
    inner = Inner(required=False)


def codes(data) -> dict:
    order = Order(data=data)
    assert not order.is_valid()
    return {name: [str(error.code) for error in errors] for name, errors in order.errors.items()}


def test_what_is_known_passes():
    order = Order(data={"title": "ก", "extra": {"a": ["b"]}, "inner": {"depth": 1}})
    assert order.is_valid()


def test_an_unknown_field_is_an_error():
    assert codes({"title": "x", "colour": "red"}) == {"colour": ["unknown"]}


def test_a_field_that_is_only_shown_cannot_be_sent():
    assert codes({"id": 7}) == {"id": ["unknown"]}


@pytest.mark.parametrize(
    "data",
    [{"title": "a\x00b"}, {"extra": {"a": ["\x00"]}}, {"extra": {"\x00": 1}}],
    ids=["text", "deep", "key"],
)
def test_a_nul_character_is_an_error_wherever_it_stands(data):
    assert codes(data) == {next(iter(data)): ["nul"]}


@pytest.mark.parametrize("value", [5, 0.5, True, float("inf")])
def test_a_number_is_no_text(value):
    assert codes({"title": value}) == {"title": ["text"]}


def test_a_stranger_inside_is_named_by_its_way():
    order = Order(data={"inner": {"depth": 1, "width": 2}})
    assert not order.is_valid()
    assert order.errors["inner"]["width"][0].code == "unknown"


@pytest.mark.parametrize("data", [[], "text", 7, None])
def test_something_that_is_no_object_is_an_error(data):
    assert not Order(data=data).is_valid()


class Wanted(StrictSerializer):
    featured = serializers.BooleanField(required=False)


class Door(StrictQuery, APIView):
    authentication_classes = ()
    permission_classes = ()
    query_serializer = Wanted

    def get(self, request):
        return Response(self.query)

    post = get


class PublicDoor(Door):
    ignores_tracking = True


def ask(address: str, *, door=Door, method="get"):
    return door.as_view()(getattr(APIRequestFactory(), method)(address))


@pytest.mark.parametrize("word", ["true", "True", "TRUE", "tRuE", "1"])
def test_query_booleans_are_read_in_any_case(word):
    assert ask(f"/?featured={word}").data == {"featured": True}


@pytest.mark.parametrize(
    "query", ["colour=red", "utm_source=x", "featured=1&featured=1", "featured=maybe", "%00=1"]
)
def test_a_parameter_that_does_not_fit_is_400(query):
    answer = ask(f"/?{query}")
    assert answer.status_code == 400
    assert answer.data["code"] == "invalid_input"


def test_parameters_of_a_read_are_none_of_a_write():
    assert ask("/?featured=1", method="post").status_code == 400


@pytest.mark.parametrize("query", ["utm_source=x&utm_medium=y", "fbclid=1", "gclid=2"])
def test_tracking_is_ignored_where_the_public_reads(query):
    assert ask(f"/?{query}&featured=1", door=PublicDoor).data == {"featured": True}


@pytest.mark.parametrize(
    "amount, shown",
    [("18", 18), ("18.00", 18), ("209.5", 209.5), ("0.01", 0.01), ("9999999999.99", 9999999999.99)],
)
def test_credits_are_shown_as_numbers(amount, shown):
    number = CreditsField().to_representation(Decimal(amount))
    assert number == shown
    assert type(number) is type(shown)


@pytest.mark.parametrize("given, expected", [(18, "18"), (209.5, "209.5"), (0.1, "0.1"), (0, "0")])
def test_credits_are_read_exactly(given, expected):
    assert CreditsField().run_validation(given) == Decimal(expected)


@pytest.mark.parametrize("given", ["18", True, None, [], 0.001, 10**12, float("inf"), float("nan")])
def test_what_is_no_amount_of_credits_is_an_error(given):
    with pytest.raises(serializers.ValidationError):
        CreditsField().run_validation(given)
