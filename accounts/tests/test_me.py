import uuid
from decimal import Decimal

import pytest

from accounts import ledger
from accounts.tests.factories import make_key

pytestmark = pytest.mark.django_db
ME = "/api/v1/me"


def test_me_says_who_and_what_may_be_spent(client_with_key, user):
    ledger.hold(user=user, amount=Decimal("209.5"), reference=uuid.uuid4())
    assert client_with_key.get(ME).json() == {
        "id": str(user.id),
        "username": "somchai",
        "credits": {"balance": 500, "held": 209.5, "available": 290.5},
        "scopes": ["generate", "tasks:read", "storage:write", "gallery:write", "account:read"],
    }


def test_me_says_what_this_key_may_do(api, user):
    _row, secret = make_key(user, scopes=["account:read"])
    assert api.get(ME, HTTP_X_API_KEY=secret).json()["scopes"] == ["account:read"]


def test_a_signed_in_moderator_may_moderate(api, staff):
    api.force_login(staff)
    assert "gallery:moderate" in api.get(ME).json()["scopes"]


def test_an_unknown_parameter_is_400(client_with_key):
    answer = client_with_key.get(f"{ME}?verbose=1")
    assert answer.status_code == 400
    assert answer.json()["errors"] == [
        {"pointer": "/verbose", "code": "unknown", "detail": "This field is unknown here."}
    ]


@pytest.mark.parametrize("method", ["post", "put", "patch"])
def test_other_methods_are_405(client_with_key, method):
    answer = getattr(client_with_key, method)(ME)
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
