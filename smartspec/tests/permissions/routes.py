"""Every address that the URL table knows, with the methods it answers."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class Route:
    template: str  # api/v1/me/keys/<uuid:key_id>
    name: str  # of the view, for what has no class
    methods: tuple[str, ...]  # of a class; empty for a function


def routes() -> list[Route]:
    return list(below(get_resolver().url_patterns, ""))


def below(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[Route]:
    for pattern in patterns:
        template = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from below(pattern.url_patterns, template)
        else:
            yield Route(template, pattern.callback.__name__, methods_of(pattern.callback))


def methods_of(view) -> tuple[str, ...]:
    cls = getattr(view, "view_class", None) or getattr(view, "cls", None)
    return tuple(method for method in METHODS if cls and hasattr(cls, method.lower()))


def answered(route: Route, path: str) -> tuple[str, ...]:
    """The methods of a view without a class are found out by trying."""
    if route.methods:
        return route.methods
    client = Client()
    return tuple(method for method in METHODS if client.generic(method, path).status_code != 405)
