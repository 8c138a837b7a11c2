"""What the desk's doors read from requests."""

from collections.abc import Iterable
from uuid import UUID

from django.http import Http404


def uuids(words: Iterable[str]) -> list[UUID]:
    try:
        return [UUID(word) for word in words]
    except ValueError as error:
        raise Http404 from error
