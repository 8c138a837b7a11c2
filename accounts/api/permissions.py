"""What a caller may do. Deny is the default: a view without a scope lets nobody in."""

from rest_framework.permissions import BasePermission

from accounts.errors import InsufficientScope

STAFF_SCOPE = "gallery:moderate"


class HasScope(BasePermission):
    """The view's `required_scope` (a word, or a dict by method) must be among the key's scopes.

    "any" asks for a key and no scope. A session has every scope of its user; staff scopes ask for staff.
    """

    def has_permission(self, request, view) -> bool:
        scope = getattr(view, "required_scope", None)
        if isinstance(scope, dict):
            scope = scope.get(request.method)
        if scope is None or not request.user.is_authenticated:
            return False
        if request.auth is not None and scope != "any" and scope not in request.auth.scopes:
            raise InsufficientScope(scope=scope)
        if scope == STAFF_SCOPE and not request.user.is_staff:
            raise InsufficientScope(scope=scope)
        return True
