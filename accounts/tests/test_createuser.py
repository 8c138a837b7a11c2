from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts import keys, ledger
from accounts.models import ApiKey, User
from accounts.tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db


def create(*arguments: str) -> str:
    """What the command printed on standard output."""
    out = StringIO()
    call_command("createuser", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_a_person_with_a_password_can_sign_in(client):
    assert create("niran", "--password", PASSWORD) == ""
    assert client.login(username="niran", password=PASSWORD)


def test_a_person_without_a_password_cannot_sign_in_but_keys_work():
    secret = create("robot", "--key").strip()
    assert not User.objects.get().has_usable_password()
    assert keys.find(secret).user.username == "robot"


def test_the_key_is_all_that_is_printed():
    printed = create("robot", "--key")
    assert printed.startswith("ss_live_")
    assert printed.count("\n") == 1


def test_the_starting_credits_are_the_usual_or_the_given(settings):
    settings.STARTING_CREDITS = "500"
    create("usual")
    create("given", "--credits", "209.5")
    create("poor", "--credits", "0")
    balances = {user.username: str(ledger.balance_of(user).available) for user in User.objects.all()}
    assert balances == {"usual": "500.00", "given": "209.50", "poor": "0.00"}


def test_staff_may_use_the_admin_and_their_key_may_moderate(client):
    secret = create("anong", "--staff", "--password", PASSWORD, "--key").strip()
    client.login(username="anong", password=PASSWORD)
    assert client.get("/admin/").status_code == 200
    assert "gallery:moderate" in keys.find(secret).scopes


@pytest.mark.parametrize(
    "arguments, reason",
    [
        (["somchai"], "already exists"),
        (["SOM CHAI"], "valid username"),
        (["x", "--password", "short"], "too short"),
        (["x", "--credits", "many"], "takes an amount"),
        (["x", "--credits", "-1"], "takes an amount"),
        (["x", "--credits", "0.001"], "takes an amount"),
        (["x", "--credits", "NaN"], "takes an amount"),
        (["x", "--email", "nowhere"], "valid email"),
    ],
)
def test_what_does_not_fit_is_said_and_makes_nobody(arguments, reason):
    make_user("somchai")
    with pytest.raises(CommandError, match=reason):
        create(*arguments, "--key")
    assert User.objects.count() == 1
    assert not ApiKey.objects.exists()


def test_a_key_made_here_lives_as_long_as_any(settings):
    settings.API_KEY_LIFETIME = timedelta(days=5)
    create("robot", "--key")
    key = ApiKey.objects.get()
    assert (key.expires_at - key.created_at).days in (4, 5)
