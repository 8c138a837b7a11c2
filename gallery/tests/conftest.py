import pytest
from rest_framework.test import APIClient

from accounts.keys import SCOPES
from accounts.tests.factories import make_key
from gallery.tests.factories import make_staff
from generation.tests.conftest import running_sandbox, sandbox

__all__ = ["running_sandbox", "sandbox"]


@pytest.fixture
def staff(db):
    return make_staff()


@pytest.fixture
def api(db):
    """A caller who is nobody."""
    return APIClient()


@pytest.fixture
def staff_api(staff):
    """A moderator with a key of every scope."""
    client = APIClient()
    client.credentials(HTTP_X_API_KEY=make_key(staff, scopes=SCOPES)[1])
    return client
