"""Reading the provider's two kinds of task record; whatever looks odd counts as still running."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from generation.provider.answers import as_object, decoded, storable, whole_number
from generation.provider.failures import failure
from generation.provider.reading import Reading

JOB_STATES = {"success": "succeeded", "fail": "failed"}
VEO_STATES = {1: "succeeded", 2: "failed", 3: "failed"}


def job_reading(data: Mapping[str, Any]) -> Reading:
    param = as_object(data.get("param"))
    order = as_object(param.get("input"))
    state = JOB_STATES.get(str(data.get("state")), "running")
    failed = state == "failed"
    prompt = str(order.get("prompt") or order.get("text") or "")
    return Reading(
        state=state,
        stage="waiting" if data.get("state") in ("waiting", "queuing", "queueing") else "generating",
        urls=_urls(as_object(data.get("resultJson"))) if state == "succeeded" else (),
        failure=failure("jobs", data.get("failCode"), data.get("failMsg"), prompt=prompt) if failed else None,
        progress=_progress(data.get("progress")),
        credits=_number(data.get("creditsConsumed", data.get("consumeCredits"))),
        seconds=_seconds(data),
        callback_url=_text(param.get("callBackUrl")),
        model=_text(data.get("model")) or _text(param.get("model")),
    )


def veo_reading(data: Mapping[str, Any]) -> Reading:
    param = as_object(data.get("paramJson"))
    state = VEO_STATES.get(whole_number(data.get("successFlag")), "running")
    failed = state == "failed"
    prompt = str(param.get("prompt") or "")
    return Reading(
        state=state,
        stage="generating",
        urls=_urls(as_object(data.get("response"))) if state == "succeeded" else (),
        failure=failure("veo", data.get("errorCode"), data.get("errorMessage"), prompt=prompt)
        if failed
        else None,
        progress=_progress(data.get("progress")),
        credits=_number(data.get("creditsConsumed", data.get("consumeCredits"))),
        seconds=_seconds(data),
        callback_url=_text(param.get("callBackUrl")),
        model=_text(param.get("model")),
    )


def _urls(result: Mapping[str, Any]) -> tuple[str, ...]:
    """`resultUrls` as a list, as one URL, or as JSON text of a list."""
    found = result.get("resultUrls")
    if isinstance(found, str):
        inner = decoded(found)
        found = inner if isinstance(inner, list) else [found]
    if not isinstance(found, list):
        return ()
    return tuple(url for url in found if isinstance(url, str) and url.startswith(("http://", "https://")))


def _text(value: Any) -> str | None:
    return storable(value) if isinstance(value, str) and value else None


def _number(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _progress(value: Any) -> float | None:
    number = _number(value)
    return None if number is None else float(min(max(number / 100, Decimal(0)), Decimal(1)))


def _seconds(data: Mapping[str, Any]) -> float | None:
    """Between the two times where both are known; else `costTime`, which is in seconds."""
    begun, ended = _moment(data.get("createTime")), _moment(data.get("completeTime"))
    if begun is not None and ended is not None:
        return max(0.0, round(ended - begun, 3))
    cost = _number(data.get("costTime"))
    return None if cost is None else float(cost)


def _moment(value: Any) -> float | None:
    """Seconds since 1970 from milliseconds (number or text) or from a date with time."""
    number = _number(value)
    if number is not None:
        return float(number / 1000)
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
