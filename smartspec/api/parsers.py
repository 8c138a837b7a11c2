"""JSON as the standard has it."""

import json

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from smartspec.lib.serializers import has_nul


class StrictJSONParser(JSONParser):
    """JSON as the standard has it; an empty body counts as an empty object."""

    def parse(self, stream, media_type=None, parser_context=None):
        raw = stream.read()
        if not raw.strip():
            return {}
        try:
            body = json.loads(raw.decode("utf-8"), parse_constant=self._refuse)
            json.dumps(body, ensure_ascii=False).encode("utf-8")  # a lone surrogate cannot be stored anywhere
        except (ValueError, RecursionError) as error:
            raise ParseError(_("The body is not valid JSON.")) from error
        if has_nul(body):
            raise ParseError(_("The body contains a NUL character."))
        if not isinstance(body, dict):
            raise ParseError(_("The body must be a JSON object."))
        return body

    @staticmethod
    def _refuse(word: str):
        raise ValueError(word)
