"""What a model's input must look like, as data, and the refusals that the provider gives for it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from .answers import Refusal


@dataclass(frozen=True)
class Rule:
    """`low` and `high` bound a text's length, a number's value or a list's count."""

    kind: str
    required: bool = False
    low: float = 0
    high: float = float("inf")
    choices: tuple = ()
    refusals: tuple[tuple[str, int, str], ...] = ()  # (case, code, msg) where a model speaks differently

    def refuse(self, case: str, code: int, msg: str, value=None) -> Refusal:
        for own_case, own_code, own_msg in self.refusals:
            if own_case == case:
                return Refusal(own_code, own_msg.format(value=value))
        return Refusal(code, msg)


def text(low: float = 1, high: float = 5000) -> Rule:
    return Rule("text", low=low, high=high)


def choice(*choices) -> Rule:
    return Rule("choice", choices=choices)


def number(low: float, high: float) -> Rule:
    return Rule("number", low=low, high=high)


def flag() -> Rule:
    return Rule("flag")


def urls(low: int, high: int) -> Rule:
    return Rule("urls", low=low, high=high)


def url() -> Rule:
    return Rule("url")


def needed(rule: Rule, *refusals: tuple[str, int, str]) -> Rule:
    return replace(rule, required=True, refusals=refusals or rule.refusals)


def check(rules: dict[str, Rule], document: dict) -> None:
    """Raise the first Refusal; fields without a rule pass, as they do at the provider."""
    for name, rule in rules.items():
        value = document.get(name)
        if is_empty(value):
            if rule.required:
                raise rule.refuse("missing", 500, f"{name} is required")
            continue
        CHECKS[rule.kind](name, rule, value)


def is_empty(value) -> bool:
    return value is None or (isinstance(value, str | list) and len(value) == 0)


def check_text(name: str, rule: Rule, value) -> None:
    if not isinstance(value, str):
        raise rule.refuse("type", 500, f"{name} must be a string")
    if len(value) > rule.high:
        raise rule.refuse("long", 500, f"{name} exceeds maximum length")
    if len(value) < rule.low:
        raise rule.refuse("short", 500, f"{name} must be at least {rule.low:g} characters")


def check_choice(name: str, rule: Rule, value) -> None:
    if isinstance(value, bool) or type(value) is not type(rule.choices[0]) or value not in rule.choices:
        raise rule.refuse("outside", 500, f"This {name} is not within the range of allowed options", value)


def check_number(name: str, rule: Rule, value) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise rule.refuse("type", 500, f"{name} must be a number")
    if not rule.low <= value <= rule.high:
        raise rule.refuse("outside", 500, f"{name} must be between {rule.low:g} and {rule.high:g}")


def check_flag(name: str, rule: Rule, value) -> None:
    if not isinstance(value, bool):
        raise rule.refuse("type", 500, f"{name} must be a boolean")


def check_url(name: str, rule: Rule, value) -> None:
    if not isinstance(value, str) or not value.startswith(("http://", "https://")):
        raise rule.refuse("type", 500, f"{name} must be a valid URL")


def check_urls(name: str, rule: Rule, value) -> None:
    if not isinstance(value, list):
        raise rule.refuse("type", 500, f"{name} must be an array")
    if not rule.low <= len(value) <= rule.high:
        raise rule.refuse("count", 500, f"{name} must contain {rule.low:g} to {rule.high:g} items")
    for entry in value:
        check_url(name, rule, entry)


def check_shots(name: str, rule: Rule, value) -> None:
    if not isinstance(value, list) or not 1 <= len(value) <= rule.high:
        raise rule.refuse("count", 500, f"{name} must contain 1 to {rule.high:g} items")
    for shot in value:
        if not isinstance(shot, dict):
            raise rule.refuse("type", 500, f"{name} must contain objects")
        check({"Scene": needed(text()), "duration": needed(number(0.1, 15))}, shot)


CHECKS: dict[str, Callable[[str, Rule, object], None]] = {
    "text": check_text,
    "choice": check_choice,
    "number": check_number,
    "flag": check_flag,
    "url": check_url,
    "urls": check_urls,
    "shots": check_shots,
}
