"""One shape for every error of the API."""

import pytest
from django.http import Http404
from django.test import RequestFactory
from rest_framework import exceptions, serializers
from rest_framework.views import APIView

from smartspec.api.parsers import StrictJSONParser
from smartspec.api.problems import input_errors, problem_response
from smartspec.lib.errors import InvalidInput, ProductError


def answer(error):
    request = RequestFactory().get("/api/v1/x")
    request.id = "abc"
    return problem_response(error, {"request": request, "view": APIView()})


@pytest.mark.parametrize(
    "error, status, code",
    [
        (InvalidInput(), 400, "invalid_input"),
        (exceptions.ValidationError({"name": ["No."]}), 400, "invalid_input"),
        (exceptions.ParseError(), 400, "invalid_input"),
        (exceptions.NotAuthenticated(), 401, "not_authenticated"),
        (exceptions.PermissionDenied(), 403, "forbidden"),
        (Http404(), 404, "not_found"),
        (exceptions.MethodNotAllowed("PUT"), 405, "method_not_allowed"),
        (exceptions.NotAcceptable(), 406, "not_acceptable"),
        (exceptions.UnsupportedMediaType("x/y"), 415, "unsupported_media_type"),
        (exceptions.Throttled(wait=12), 429, "rate_limited"),
        (ProductError(), 500, "internal"),
    ],
)
def test_every_error_has_its_status_and_stable_code(error, status, code):
    response = answer(error)
    assert (response.status_code, response.data["status"], response.data["code"]) == (status, status, code)
    assert response.data["request_id"] == "abc"
    assert isinstance(response.data["detail"], str)


def test_a_wait_is_told_in_seconds():
    assert answer(exceptions.Throttled(wait=12))["Retry-After"] == "12"


def test_an_unknown_error_is_left_to_the_server():
    assert answer(ValueError("x")) is None


def test_nested_complaints_become_pointers():
    detail = {"shots": [{"scene": ["Too long."]}, {}], "non_field_errors": ["Odd."], "name": ["No."]}
    assert input_errors(serializers.ValidationError(detail).detail) == [
        {"pointer": "/shots/0/scene", "code": "invalid", "detail": "Too long."},
        {"pointer": "", "code": "invalid", "detail": "Odd."},
        {"pointer": "/name", "code": "invalid", "detail": "No."},
    ]


@pytest.mark.parametrize(
    "raw",
    [b"{", b"[1]", b'"x"', b"NaN", b'{"a": Infinity}', b'{"a": "\\ud800"}', b'{"a": "\\u0000"}', b"\xff"],
)
def test_json_that_cannot_be_stored_is_refused(raw):
    with pytest.raises(exceptions.ParseError):
        StrictJSONParser().parse(RequestFactory().post("/", raw, content_type="application/json"))


@pytest.mark.parametrize("raw, body", [(b"", {}), (b"  ", {}), ('{"a": "ก้"}'.encode(), {"a": "ก้"})])
def test_an_empty_body_is_an_empty_object(raw, body):
    request = RequestFactory().post("/", raw, content_type="application/json")
    assert StrictJSONParser().parse(request) == body
