"""What one model has made here, what it costs, and how it has done so far."""

from django.http import Http404
from django.utils.translation import gettext as _

from gallery import addresses
from gallery.pages import filters, wording
from gallery.pages.facts import Fact
from gallery.pages.filters import FilterLink, Filters
from gallery.pages.links import Link
from gallery.pages.list_page import ListPage, listed
from gallery.pages.terms import terms_of
from gallery.pages.track_record import Record, track_record
from gallery.pages.wishes import Wish
from generation.catalogue import ALL_MODELS, ModelSpec, get_models_by_type

BY_SLUG = {addresses.model_slug(spec.id): spec for spec in ALL_MODELS.values()}
ENOUGH = 5  # finished works before anything is said about times and success


def model_page(slug: str, *, wish: Wish) -> ListPage:
    spec = BY_SLUG.get(slug)
    if spec is None:
        raise Http404
    language = addresses.current()
    path = addresses.model(spec.id, language)
    found = listed(wish, model=spec.id)
    terms = terms_of(spec, language)
    kind = Link(filters.kind_titles()[spec.media_type], addresses.kind(spec.media_type, language))
    return ListPage(
        path=path,
        wish=wish,
        wording=wording.of_model(spec, language),
        found=found,
        filters=Filters([], filters.sorts(path, wish), siblings(spec, language), _("Model")),
        crumbs=[Link(_("Gallery"), addresses.front(language)), kind, Link(spec.name, path)],
        facts=facts(spec, terms.price, track_record(spec.id)) if wish == Wish() else [],
        is_indexed=bool(found.items),
        notice=terms.notice,
    )


def siblings(spec: ModelSpec, language: str) -> list[FilterLink]:
    """All models of the same kind."""
    return [
        FilterLink(each.name, addresses.model(each.id, language), each is spec)
        for each in get_models_by_type(spec.media_type).values()
        if each.is_active or each is spec
    ]


def facts(spec: ModelSpec, price: str, record: Record) -> list[Fact]:
    rows = [
        Fact(_("Price"), price),
        Fact(_("Longest prompt"), _("%(count)s characters") % {"count": f"{spec.max_prompt_length:,}"}),
        Fact(_("Shapes"), ", ".join(spec.aspect_ratios or ())),
    ]
    if record.samples >= ENOUGH:
        rows += [Fact(_("Usual time"), times(record)), Fact(_("Success"), success(record))]
    return [row for row in rows if row.text]


def times(record: Record) -> str:
    usual, slow = (f"{seconds:.0f}" for seconds in (record.usual_seconds, record.slow_seconds))
    return _("%(usual)s s; 95 of 100 within %(slow)s s") % {"usual": usual, "slow": slow}


def success(record: Record) -> str:
    share = f"{record.success_percent:.0f}"
    return _("%(share)s of 100, measured on the last %(count)s") % {"share": share, "count": record.samples}
