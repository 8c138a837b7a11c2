"""The works of one month, and the list of all months: the way to everything, however old."""

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from gallery import addresses, listing
from gallery.archive import Month
from gallery.pages import about, dates, wording
from gallery.pages.filters import FilterLink, Filters
from gallery.pages.links import Link
from gallery.pages.list_page import ListPage, listed
from gallery.pages.wishes import Wish

REMEMBER_SECONDS = 1  # no page may be older


def known_months() -> list[Month]:
    return cache.get_or_set("gallery-months", listing.months, REMEMBER_SECONDS)


def archive_page(year: str, month: str, *, wish: Wish) -> ListPage:
    language = addresses.current()
    here, months = Month(int(year), int(month)), known_months()
    if here not in months:
        raise Http404
    name, path = link_to(here, language)[:2]
    return ListPage(
        path=path,
        wish=wish,
        wording=wording.of_month(name),
        found=listed(wish, month=here),
        filters=Filters([], [], same_year(months, here, language), _("Month")),
        crumbs=[
            Link(_("Gallery"), addresses.front(language)),
            Link(_("Archive"), addresses.archive(language)),
            Link(name, path),
        ],
    )


def same_year(months: list[Month], here: Month, language: str) -> list[FilterLink]:
    return [
        FilterLink(*link_to(month, language)[:2], month == here)
        for month in months
        if month.year == here.year
    ]


def months_page(request: HttpRequest) -> HttpResponse:
    language = addresses.current()
    years: dict[str, list[Link]] = {}
    for month in known_months():
        years.setdefault(dates.year_name(month.year, language), []).append(link_to(month, language))
    return about.told(
        "archive",
        request,
        title=_("Archive"),
        description=_("All months in which works were published, newest first."),
        is_indexed=bool(years),
        years=years,
    )


def link_to(month: Month, language: str) -> Link:
    return Link(dates.month_name(*month, language), addresses.month(*month, language))
