import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from accounts.tests.factories import make_key, make_user


@pytest.fixture(autouse=True)
def quick_passwords_and_fresh_counters(settings):
    """A good hash is slow by design; what was counted for one test must not stop the next."""
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
    cache.clear()


@pytest.fixture
def user(db):
    return make_user("somchai")


@pytest.fixture
def staff(db):
    return make_user("anong", is_staff=True)


@pytest.fixture
def api_key(user):
    """(row, secret) of a key with the usual scopes."""
    return make_key(user)


@pytest.fixture
def client_with_key(api_key):
    client = APIClient()
    client.credentials(HTTP_X_API_KEY=api_key[1])
    return client


@pytest.fixture
def api():
    """A caller who is nobody yet."""
    return APIClient()
