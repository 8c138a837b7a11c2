"""The public pages, thin."""

from django.conf import settings
from django.http import Http404, HttpResponseRedirect
from django.views.decorators.http import require_safe

from gallery import listing
from gallery.pages import addresses, errors, lists, paging, styleguide, works
from gallery.pages.responses import moved, page, public_page


@require_safe
def root(request):
    if not settings.ENABLE["gallery"]:
        return HttpResponseRedirect("/api/docs")
    return moved(addresses.front(addresses.current()))


def numbered(build):
    """A list page in pages: `?page=1` is the bare address, past the end is 404."""

    @public_page
    def view(request, **kwargs):
        asked = request.GET.get("page")
        number = paging.asked(asked)
        if asked is not None and number == 1:
            return moved(without_page(request))
        made = build(request, number=number, **kwargs)
        return page("list", page=made, head=made.head)

    return view


def without_page(request) -> str:
    rest = request.GET.copy()
    del rest["page"]
    return f"{request.path}?{rest.urlencode()}" if rest else request.path


@numbered
def front(request, *, number):
    return lists.front_page(number=number)


@numbered
def kind(request, *, number, media_type):
    return lists.kind_page(media_type, number=number)


@numbered
def category(request, *, number, slug):
    media_type = request.GET.get("media_type")
    if media_type is not None and media_type not in addresses.KINDS:
        raise Http404
    return lists.category_page(slug, number=number, media_type=media_type)


@public_page
def item(request, slug):
    found = listing.item_by_slug(slug)
    if found is None:
        return elsewhere(request, slug)
    made = works.work(found)
    return page("item", work=made, head=made.head)


def elsewhere(request, slug: str):
    """Where an address leads that is no shown work: to its new address, to a tombstone, or nowhere."""
    if target := listing.old_slug_target(slug):
        return moved(addresses.item(target, addresses.current()))
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
