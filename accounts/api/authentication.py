"""Who calls the API: a program with a key, or a signed-in person on our own pages."""

from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed

from accounts import keys, sign_in
from smartspec.lib.throttle import address_of

CHALLENGE = 'Bearer realm="SmartSpec Pro"'


class ApiKeyAuthentication(BaseAuthentication):
    """`X-API-Key: ss_live_…` or `Authorization: Bearer ss_live_…`; `request.auth` is the ApiKey row."""

    def authenticate(self, request):
        secret = request.headers.get("X-API-Key", "").strip() or self._bearer(request)
        if not secret:
            return None
        if secret.startswith(keys.TEST_PREFIX):
            raise AuthenticationFailed(
                _("Test keys are not accepted here. Use a key that begins with ss_live_.")
            )
        key = keys.find(secret, address=address_of(request))
        if key is None:
            raise AuthenticationFailed(_("This API key is not valid: unknown, expired or revoked."))
        return key.user, key

    def authenticate_header(self, request) -> str:
        return CHALLENGE

    @staticmethod
    def _bearer(request) -> str:
        word, _space, secret = request.headers.get("Authorization", "").partition(" ")
        return secret.strip() if word.lower() == "bearer" else ""


class ProblemSessionAuthentication(SessionAuthentication):
    """The browser session, with CSRF protection; answers 401 like a key does."""

    def authenticate_header(self, request) -> str:
        return CHALLENGE


class PasswordInBody(BaseAuthentication):
    """Username and password as fields of the body, for what no key may do."""

    def authenticate(self, request):
        username, password = request.data.get("username"), request.data.get("password")
        if not (isinstance(username, str) and isinstance(password, str) and username and password):
            return None
        return sign_in.check(request, username=username, password=password), None

    def authenticate_header(self, request) -> str:
        return CHALLENGE
