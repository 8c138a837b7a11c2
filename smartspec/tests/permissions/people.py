"""Who knocks at the doors: each a client, and how they came by their rights."""

from collections.abc import Sequence

from django.contrib.auth.models import Group
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.keys import DEFAULT_SCOPES
from accounts.models import ApiKey, User
from accounts.tests.factories import make_key, make_user


def clients(owner: User, *, without: str) -> dict[str, APIClient]:
    """By name; the key `without` a scope has every other one. All but the owner are strangers."""
    other = make_user()
    rest = [scope for scope in DEFAULT_SCOPES if scope != without]
    return {
        "nobody": APIClient(),
        "owner": with_key(owner),
        "other, signed in": signed_in(other),
        "other, with a key": with_key(other),
        "key without the scope": with_key(other, scopes=rest),
        "expired key": with_key(other, expires_at=timezone.now()),
        "revoked key": with_key(other, revoked_at=timezone.now()),
        "staff without a group": signed_in(make_staff_member()),
        "moderator": signed_in(make_staff_member("Moderator")),
    }


def make_staff_member(group: str = "") -> User:
    """Staff as an organisation has it: rights come by group, not by being a superuser."""
    person = make_user()
    User.objects.filter(pk=person.pk).update(is_staff=True)
    if group:
        person.groups.add(Group.objects.get(name=group))
    return User.objects.get(pk=person.pk)


def with_key(user: User, *, scopes: Sequence[str] = DEFAULT_SCOPES, **ended) -> APIClient:
    """`ended`: columns of the key that end it."""
    key, secret = make_key(user, scopes=scopes)
    ApiKey.objects.filter(pk=key.pk).update(name=key.name, **ended)
    return APIClient(headers={"X-API-Key": secret})


def signed_in(user: User) -> APIClient:
    browser = APIClient()
    browser.force_login(user)
    return browser
