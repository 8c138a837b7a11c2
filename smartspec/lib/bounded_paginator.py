"""Pages of a long table: nobody leafs through a million rows, everybody waits for a count."""

from django.core.paginator import Paginator
from django.utils.functional import cached_property

COUNTED_TO = 1_000


class BoundedPaginator(Paginator):
    """Counts no further than COUNTED_TO, so that a list costs the same at any length."""

    @property
    def has_more(self) -> bool:
        """Whether there may be rows that were not counted."""
        return self.count == COUNTED_TO

    @cached_property
    def count(self) -> int:
        return self.object_list.order_by()[:COUNTED_TO].count()
