"""The ASGI door: event streams only. Pages and API are served by WSGI, at a fraction of the cost."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartspec.settings")
django.setup(set_prefix=False)

from generation.api.streams import application  # noqa: E402 models need the line above

__all__ = ["application"]
