"""Whoever makes something new from a public work names it by its slug."""

from django.conf import settings
from django.dispatch import receiver

from gallery import resolving
from gallery.errors import Gone
from generation.lineage import Origin
from generation.signals import work_named
from smartspec.lib.errors import NotFound


@receiver(work_named, dispatch_uid="gallery.remixes")
def shown_work(slug: str, **kwargs) -> Origin | None:
    """A shown work under this slug or a former one, if the gallery is open."""
    try:
        item = resolving.shown(slug) if settings.ENABLE["gallery"] else None
    except (Gone, NotFound):
        return None
    return Origin(item.generation_task_id, slug=item.slug) if item else None
