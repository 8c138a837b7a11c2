"""What the numbers take from the rest of the room."""

from collections.abc import Sequence

from django.dispatch import receiver

from gallery.models import Tally
from gallery.numbers import seen_works
from gallery.signals import tallies_counted


@receiver(tallies_counted, dispatch_uid="gallery.numbers.seen_works")
def keep_what_was_seen(tallies: Sequence[Tally], **kwargs) -> None:
    seen_works.add(tallies)
