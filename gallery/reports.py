"""What people say is wrong with a work. People decide about it; numbers never do."""

from gallery.models import Item, Report
from gallery.resolving import item_at


def receive(
    *, reason: str, text: str = "", item: Item | None = None, url: str = "", contact: str = ""
) -> Report:
    """Keep a report about `item`, or about whatever stands at `url`."""
    return Report.objects.create(
        item=item or item_at(url), url=url, reason=reason, text=text.strip(), contact=contact.strip()
    )
