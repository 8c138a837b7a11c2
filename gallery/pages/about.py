"""The pages of a public site that are not about a work."""

from datetime import date, datetime, time

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from gallery import addresses
from gallery.pages import dates, seo
from gallery.pages.about_texts import PAGES
from gallery.pages.links import Link
from gallery.pages.responses import page


def about(request: HttpRequest, name: str) -> HttpResponse:
    text = PAGES[name]
    said = {"title": str(text.title), "description": str(text.description), "about": text}
    changed = dates.spoken(beginning(text.changed), addresses.current())
    return told("about", request, **said, changed=changed)


def beginning(day: date) -> datetime:
    """The first moment of the day in the house's own time."""
    return timezone.make_aware(datetime.combine(day, time()))


def told(
    template: str, request: HttpRequest, *, title: str, description: str, is_indexed: bool = True, **context
) -> HttpResponse:
    """A page with this title at the request's own address; there is one in each language."""
    language = addresses.current()
    head = seo.Head(
        title=title,
        description=description,
        canonical=addresses.absolute(request.path),
        language=language,
        image=seo.brand_image(),
        robots=seo.INDEXED if is_indexed else seo.NOT_INDEXED,
        alternates=seo.alternates(request.path) if is_indexed else [],
    )
    return page(
        template,
        status=context.pop("status", 200),
        head=head,
        here=request.path,
        has_gallery=settings.ENABLE["gallery"],
        crumbs=[Link(_("Gallery"), addresses.front(language)), Link(title, request.path)],
        **context,
    )
