"""What answers about a model say of its end: RFC 9745 (Deprecation) and RFC 8594 (Sunset)."""

from datetime import datetime

from django.utils.http import http_date
from rest_framework.response import Response

from generation import availability, catalogue
from generation.availability import Availability


def headers(answer: Availability) -> dict[str, str]:
    """Empty for a model that stays. Dates may lie in the future."""
    found = {}
    if answer.deprecated_at:
        found["Deprecation"] = f"@{seconds(answer.deprecated_at)}"
    if answer.sunset_at:
        found["Sunset"] = http_date(seconds(answer.sunset_at))
    return found


def told(response: Response, model_id: str, known: Availability | None = None) -> Response:
    """An answer about a task, with what its model's users should know; `known` spares the question."""
    spec = catalogue.get_model(model_id)
    answer = known or (spec and availability.now(spec))
    for name, value in headers(answer).items() if answer else ():
        response[name] = value
    return response


def seconds(moment: datetime) -> int:
    return int(moment.timestamp())
