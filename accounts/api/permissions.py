"""What a caller may do. Deny is the default: a view without a scope lets nobody in."""

from rest_framework.exceptions import MethodNotAllowed
from rest_framework.permissions import BasePermission

from accounts import second_step
from accounts.errors import InsufficientScope, KeysNotAccepted, SecondStepMissing
from accounts.keys import STAFF_SCOPE, may_moderate

ANY = "any"  # whoever is known, whatever the key's scopes
SIGNED_IN = "signed-in"  # a browser session, or username and password in the body; never a key
READS = ("GET", "HEAD", "OPTIONS")


class HasScope(BasePermission):
    """The view's `required_scope` (a word, or a dict by method) must be among the key's scopes.

    A session has every scope of its person; moderation asks for staff in a group that may, too.
    """

    def has_permission(self, request, view) -> bool:
        scope = self._scope(request, view)
        if scope is None or not request.user.is_authenticated:
            return False
        if request.auth is not None:
            self._check_key(request.auth, scope)
        if scope == STAFF_SCOPE:
            self._check_staff(request)
        return True

    @staticmethod
    def _check_staff(request) -> None:
        """A key was made behind the second step; a session must have taken it."""
        if not may_moderate(request.user):
            raise InsufficientScope(scope=STAFF_SCOPE)
        if request.auth is None and not second_step.is_passed(request.user):
            raise SecondStepMissing()

    @staticmethod
    def _scope(request, view) -> str | None:
        scope = getattr(view, "required_scope", None)
        if not isinstance(scope, dict):
            return scope
        method = "GET" if request.method in READS else request.method
        if request.user.is_authenticated and not hasattr(view, method.lower()):
            raise MethodNotAllowed(request.method)
        return scope.get(method)

    @staticmethod
    def _check_key(key, scope: str) -> None:
        if scope == SIGNED_IN:
            raise KeysNotAccepted()
        if scope != ANY and scope not in key.scopes:
            raise InsufficientScope(scope=scope)
