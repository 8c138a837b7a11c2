"""What a work needs before search engines are sent to it: every rule as a condition the database can ask.

Robots, canonical, sitemap, hreflang and feeds all come from here. `gallery.indexing` reads the same from
a work at hand and is held to these rules by a test; where it is in doubt, it asks here.
"""

from collections.abc import Callable
from typing import NamedTuple

from django.conf import settings
from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable, Expression
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, Length, Lower, Trim
from django.db.models.lookups import Exact, GreaterThanOrEqual
from django.utils.translation import gettext_lazy as _


class Rule(NamedTuple):
    """`holds` makes the condition for one language; `reason` says what is wrong where it does not hold."""

    code: str
    reason: str
    holds: Callable[[str, type], Q]


def said(name: str, language: str) -> Expression:
    """The item's `title`, `description` or `alt_text` in that language; empty where there is none."""
    translated = Coalesce(KT(f"translations__{language}__{name}"), Value(""), output_field=TextField())
    own = When(language=language, then=F(name))
    return Trim(Case(own, default=translated, output_field=TextField()))


def long_enough(name: str) -> Callable[[str, type], Q]:
    def holds(language: str, model: type) -> Q:
        return Q(GreaterThanOrEqual(Length(said(name, language)), settings.INDEXABLE_TEXTS[name]))

    return holds


def describes_itself(language: str, model: type) -> Q:
    """An empty alt text repeats nothing; that it is missing is another rule."""
    alt = said("alt_text", language)
    return Q(Exact(alt, Value(""))) | ~(
        repeats(alt, said("title", language)) | repeats(alt, said("description", language))
    )


def repeats(one: Expression, other: Expression) -> Q:
    """The same but for case. Lengths are compared first: folding long texts is most of the work."""
    return Q(Exact(Length(one), Length(other))) & Q(Exact(Lower(one), Lower(other)))


def is_first_of_its_kind(language: str, model: type) -> Q:
    """The oldest of works that hardly differ; also true for a work that is not listed."""
    entries = model._meta.get_field("search_entry").related_model.objects
    alike = entries.filter(cluster=OuterRef("search_entry__cluster"))
    before = Q(published_at__lt=OuterRef("published_at")) | Q(
        published_at=OuterRef("published_at"), item_id__lt=OuterRef("pk")
    )
    return Q(search_entry__cluster="") | ~Q(Exists(alike.filter(before)))


def always(**condition) -> Callable[[str, type], Q]:
    return lambda language, model: Q(**condition)


RULES = (
    Rule("status", _("It is not approved."), always(status="approved")),
    Rule("hidden", _("It is hidden."), always(is_public=True)),
    Rule("sensitive", _("It is rated sensitive."), always(rating="general")),
    Rule("title", _("Its title is missing or short in this language."), long_enough("title")),
    Rule("description", _("Its description is missing or short."), long_enough("description")),
    Rule("alt_text", _("It has no alt text in this language."), long_enough("alt_text")),
    Rule("alt_differs", _("Its alt text only repeats title or description."), describes_itself),
    Rule("duplicate", _("An older work is nearly the same."), is_first_of_its_kind),
)


def condition(language: str, model: type) -> Q:
    """All rules at once."""
    return Q(*(rule.holds(language, model) for rule in RULES))


def as_column(condition: Q) -> Combinable:
    """True or false, never null."""
    return ExpressionWrapper(
        Case(When(condition, then=Value(True)), default=Value(False)), output_field=BooleanField()
    )
