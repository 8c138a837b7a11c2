"""Doors that no key opens: a stolen one must not make others, nor end the account."""

from rest_framework.serializers import Serializer

from accounts.api.account_view import AccountView
from accounts.api.authentication import ApiKeyAuthentication, PasswordInBody, ProblemSessionAuthentication
from accounts.api.permissions import SIGNED_IN
from smartspec.lib.throttle import RateLimited

# Keys are recognised, so that their bearer learns why they do not work here. Who names a person and
# the password means that person, whoever the browser is signed in as.
PERSONS_ONLY = (ApiKeyAuthentication, PasswordInBody, ProblemSessionAuthentication)
WAYS_IN = [{"session": []}, {}]  # OpenAPI has no word for credentials in the body
HOW = "With a browser session, or with `username` and `password` in the body; never with an API key."


class SignedInView(RateLimited, AccountView):
    authentication_classes = PERSONS_ONLY
    required_scope = SIGNED_IN


def read(serializer_class: type[Serializer], request) -> Serializer:
    """The validated body."""
    serializer = serializer_class(data=request.data)
    serializer.is_valid(raise_exception=True)
    return serializer
