"""The Jinja2 environment of the public pages: texts through gettext, nothing else to learn."""

from django.conf import settings
from django.templatetags.static import static
from django.utils.translation import gettext, ngettext
from jinja2 import Environment

from gallery.pages import addresses


def environment(**options) -> Environment:
    made = Environment(  # noqa: S701 autoescape comes with `options`
        extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True, **options
    )
    made.install_gettext_callables(gettext, ngettext, newstyle=False)
    made.globals |= {"static": static, "addresses": addresses, "SITE_NAME": settings.SITE_NAME}
    return made
