"""One clock for the product and its provider; it moves only when it is told to."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from random import Random
from unittest import mock

from django.utils import timezone


class Clock:
    def __init__(self):
        self.moment = datetime(2027, 1, 1, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def move(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)

    def move_to(self, moment: datetime) -> None:
        self.moment = max(self.moment, moment)


@contextmanager
def ruled_by(clock: Clock, chance: Random) -> Iterator[None]:
    """Time and new ids come from here: both decide whose turn it is."""

    def new_id() -> uuid.UUID:
        return uuid.UUID(int=chance.getrandbits(128), version=4)

    with mock.patch.object(timezone, "now", clock.now), mock.patch.object(uuid, "uuid4", new_id):
        yield
