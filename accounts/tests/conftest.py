import pytest
from rest_framework.test import APIClient

from accounts.tests.factories import make_key, make_user


@pytest.fixture
def user(db):
    return make_user("somchai")


@pytest.fixture
def api_key(user):
    """(row, secret) of a key with the usual scopes."""
    return make_key(user)


@pytest.fixture
def client_with_key(api_key):
    client = APIClient()
    client.credentials(HTTP_X_API_KEY=api_key[1])
    return client
