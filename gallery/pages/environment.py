"""The Jinja2 environment of the public pages: texts through gettext, nothing else to learn."""

import re

from django.conf import settings
from django.templatetags.static import static
from django.utils.translation import gettext, ngettext
from jinja2 import Environment
from jinja2.ext import Extension

from gallery import addresses
from gallery.pages.printing import printed

INDENT = re.compile(r"^[ \t]+(?=<)", re.MULTILINE)


class Unindented(Extension):
    """Indentation is for those who read templates; pages do without it."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return INDENT.sub("", source)


def environment(**options) -> Environment:
    made = Environment(  # noqa: S701 autoescape comes with `options`
        extensions=["jinja2.ext.i18n", Unindented], trim_blocks=True, lstrip_blocks=True, **options
    )
    made.install_gettext_callables(gettext, ngettext, newstyle=False)
    made.globals |= {
        "static": static,
        "addresses": addresses,
        "printed": printed,
        "SITE_NAME": settings.SITE_NAME,
    }
    return made
