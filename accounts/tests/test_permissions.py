"""Deny is the default."""

import pytest
from django.contrib.auth.models import Group
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory, force_authenticate
from rest_framework.views import APIView

from accounts import keys
from accounts.models import User
from accounts.tests.factories import make_key

pytestmark = pytest.mark.django_db


def status_of(scope, person, key=None, *, method="get") -> int:
    class Door(APIView):
        required_scope = scope

        def get(self, request):
            return Response()

        post = get

    request = getattr(APIRequestFactory(), method)("/")
    if person:
        force_authenticate(request, user=person, token=key)
    return Door.as_view()(request).status_code


def test_a_view_that_names_no_scope_lets_nobody_in(staff):
    assert status_of(None, staff) == 403


def test_a_method_that_is_not_named_lets_nobody_in(user):
    scopes = {"GET": "tasks:read"}
    assert status_of(scopes, user) == 200
    assert status_of(scopes, user, method="post") == 403


@pytest.mark.parametrize("method", ["head", "options"])
def test_reading_in_other_words_needs_the_scope_of_reading(user, method):
    scopes = {"GET": "tasks:read", "POST": "generate"}
    reader, _secret = make_key(user, scopes=["tasks:read"])
    writer, _secret = make_key(user, scopes=["generate"])
    assert status_of(scopes, user, reader, method=method) == 200
    assert status_of(scopes, user, writer, method=method) == 403


def test_a_method_that_does_not_exist_is_405_and_tells_nobody_unknown(user):
    scopes = {"GET": "tasks:read"}
    assert status_of(scopes, user, method="patch") == 405
    assert status_of(scopes, None, method="patch") == 401


def test_any_asks_only_who_it_is(user):
    key, _secret = make_key(user, scopes=["tasks:read"])
    assert status_of("any", user, key) == 200
    assert status_of("any", None) == 401


def test_moderation_asks_for_the_scope_and_for_staff(user, staff):
    with_scope, _secret = make_key(staff, scopes=["gallery:moderate"])
    without, _secret = make_key(staff)
    assert status_of("gallery:moderate", staff, with_scope) == 200
    assert status_of("gallery:moderate", staff, without) == 403
    assert status_of("gallery:moderate", staff) == 200
    assert status_of("gallery:moderate", user) == 403


def test_a_moderator_who_left_the_staff_cannot_use_the_old_key(staff):
    key, _secret = make_key(staff, scopes=["gallery:moderate"])
    staff.is_staff = False
    assert status_of("gallery:moderate", staff, key) == 403


def test_a_member_of_staff_outside_the_group_of_moderators_cannot_moderate(staff):
    key, _secret = make_key(staff, scopes=["gallery:moderate"])
    User.objects.filter(pk=staff.pk).update(is_superuser=False)
    clerk = User.objects.get(pk=staff.pk)
    assert status_of("gallery:moderate", clerk, key) == 403
    assert keys.scopes_of(clerk) == keys.DEFAULT_SCOPES
    clerk.groups.add(Group.objects.get(name="Moderator"))
    moderator = User.objects.get(pk=staff.pk)  # rights are remembered by the object
    assert status_of("gallery:moderate", moderator, key) == 200
    assert keys.scopes_of(moderator) == keys.SCOPES


def test_what_only_a_person_may_do_no_key_may(user):
    key, _secret = make_key(user)
    assert status_of("signed-in", user, key) == 403
    assert status_of("signed-in", user) == 200
