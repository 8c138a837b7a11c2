"""The public pages, thin."""

from functools import partial

from django.conf import settings
from django.http import Http404, HttpResponseRedirect
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from gallery import addresses, listing
from gallery.pages import about as about_pages
from gallery.pages import (
    archive_pages,
    complaints,
    errors,
    lists,
    model_pages,
    search_pages,
    shown,
    styleguide,
    transcripts,
    verifying,
    wishes,
    works,
)
from gallery.pages.responses import moved, open_form, page, public_page, readable


@require_safe
def root(request):
    if not settings.ENABLE["gallery"]:
        return HttpResponseRedirect("/api/docs")
    return moved(addresses.front(addresses.current()))


def listed(build, *, read=wishes.asked, template="list", told=None):
    """A list in pages. What goes without saying is left out of its address; past the end is 404."""

    @public_page
    def view(request, **kwargs):
        wish = read(request.GET)
        shorter = wishes.shortened(request.GET)
        if shorter is not None:
            return moved(f"{request.path}?{shorter}" if shorter else request.path)
        made = build(wish=wish, **kwargs)
        if told:
            told(request, made)
        return page(template, page=made, head=made.head)

    return view


front = listed(lists.front_page)
kind = listed(lists.kind_page)
shelf = listed(lists.category_page, read=partial(wishes.asked, by_kind=True))
model = listed(model_pages.model_page)
search = listed(
    search_pages.search_page, read=wishes.searched, template="search", told=search_pages.count_a_miss
)


def category(request, slug):
    """One shelf; a former address leads to where its works went."""
    try:
        return shelf(request, slug=slug)
    except Http404:
        target = listing.former(slug)
        if target is None or not settings.ENABLE["gallery"]:
            raise
        query = request.META.get("QUERY_STRING", "")
        path = addresses.category(target, addresses.current())
        return moved(f"{path}{'?' if query else ''}{query}")


archive = listed(archive_pages.archive_page)
months = public_page(archive_pages.months_page)
about = readable(about_pages.about)
report = open_form(complaints.report)
transcript = public_page(transcripts.track)
takedown = open_form(complaints.takedown)
verify = open_form(verifying.verify)


@public_page
def item(request, slug):
    found = listing.item_by_slug(slug)
    if found is None:
        return elsewhere(request, slug)
    made = works.work(found)
    return page("item", work=made, head=made.head)


@xframe_options_exempt
@public_page
def embed(request, slug):
    """The work alone, for other people's pages; ContentSecurityPolicy lets them frame it."""
    found = listing.item_by_slug(slug)
    if found is None:
        return elsewhere(request, slug, addresses.embed)
    if found.rating != "general":
        raise Http404
    made = shown.embedded(found)
    return page("embed", work=made, head=made.head)


def elsewhere(request, slug: str, address=addresses.item):
    """Where an address leads that is no shown work: to its new address, to a tombstone, or nowhere."""
    if target := listing.old_slug_target(slug):
        return moved(address(target, addresses.current()))
    if listing.is_removed(slug):
        return errors.gone(request)
    raise Http404


@require_safe
def unslashed(request, rest=""):
    query = request.META.get("QUERY_STRING", "")
    return moved(f"{request.path.rstrip('/')}{'?' if query else ''}{query}")


@require_safe
def style_guide(request):
    if not settings.STYLEGUIDE:
        raise Http404
    return page("styleguide", **styleguide.context())
