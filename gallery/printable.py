"""Text as XML may contain it."""

import re

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # not even escaped


def printable(text: str) -> str:
    return FORBIDDEN.sub("", text)
