"""The Jinja2 environment of the public pages."""

from jinja2 import Environment


def environment(**options) -> Environment:
    return Environment(extensions=["jinja2.ext.i18n"], **options)  # noqa: S701 autoescape comes with `options`
