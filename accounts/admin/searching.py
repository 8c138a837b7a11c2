"""Big tables are searched by what has an index: exact names, ids, the beginning of a key."""

from uuid import UUID

from django.db.models import Q

from accounts.models import ApiKey, User

SHORTEST_PREFIX = 8  # of a key; all of them begin alike
MOST_KEYS = 100
MOST_PEOPLE = 500


def people(term: str) -> list[UUID]:
    return list(User.objects.filter(username=term).values_list("pk", flat=True))


def beginning(term: str) -> Q:
    """People whose username or mail address begins so, in any case, or whose id this is."""
    if given := as_id(term):
        return Q(pk=given)
    named, written = (
        User.objects.filter(**{f"{column}__istartswith": term}).order_by().values("pk")[:MOST_PEOPLE]
        for column in ("username", "email")
    )
    return Q(pk__in=[row["pk"] for row in (*named, *written)])


def keys(term: str) -> list[UUID]:
    if len(term) < SHORTEST_PREFIX:
        return []
    return list(ApiKey.objects.filter(prefix__startswith=term).values_list("pk", flat=True)[:MOST_KEYS])


def as_id(term: str) -> UUID | None:
    """SQLite keeps ids without dashes, so their text is never compared."""
    try:
        return UUID(term)
    except ValueError:
        return None


def either(**wanted) -> Q:
    """Rows with any of these."""
    return Q(*wanted.items(), _connector=Q.OR)
