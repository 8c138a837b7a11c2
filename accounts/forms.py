"""Signing in on pages, under the same limits as by API."""

from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError

from accounts import sign_in
from accounts.errors import LockedOut, WrongCredentials
from smartspec.lib.throttle import TooManyRequests


class LimitedSignIn:
    """Replaces Django's own check of the password; `retry_after` (seconds) is set when it is too early."""

    retry_after: int | None = None

    def clean(self) -> dict:
        username, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if username and password:
            self.user_cache = self._check(username, password)
            self.confirm_login_allowed(self.user_cache)
        return self.cleaned_data

    def _check(self, username: str, password: str):
        try:
            return sign_in.check(self.request, username=username, password=password)
        except WrongCredentials as error:
            raise self.get_invalid_login_error() from error
        except (LockedOut, TooManyRequests) as error:
            self.retry_after = error.retry_after
            raise ValidationError(error.detail, code=error.code) from error


class SignInForm(LimitedSignIn, AuthenticationForm):
    pass


class StaffSignInForm(LimitedSignIn, AdminAuthenticationForm):
    pass
