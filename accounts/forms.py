"""Signing in on pages, under the same limits as by API, and letting a device in."""

from collections.abc import Sequence

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device

from accounts import devices, second_step, sign_in
from accounts.errors import LockedOut, WrongCode, WrongCredentials
from accounts.models import DeviceGrant
from smartspec.lib.errors import ProductError
from smartspec.lib.throttle import Policy, TooManyRequests, address_of, enforce

TOO_SOON = (LockedOut, TooManyRequests)
CODES_PER_ADDRESS = Policy("device-code", limit=30, seconds=60)


class Waits:
    """A form that may have been sent too often; `retry_after` is in seconds."""

    retry_after: int | None = None

    def too_soon(self, error: ProductError) -> ValidationError:
        self.retry_after = error.retry_after
        return ValidationError(error.detail, code=error.code)

    def answered(self, response: HttpResponse) -> HttpResponse:
        """Programs read the status, not the sentence."""
        if self.retry_after:
            response.status_code = 429
            response.headers["Retry-After"] = str(self.retry_after)
        return response


class LimitedSignIn(Waits):
    """Replaces Django's own check of the password."""

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
        except TOO_SOON as error:
            raise self.too_soon(error) from error


class SignInForm(LimitedSignIn, AuthenticationForm):
    pass


class StaffSignInForm(LimitedSignIn, AdminAuthenticationForm):
    pass


class CodeForm(Waits, forms.Form):
    """A code of the second step: `device` knows it, once the form is valid."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("Six digits from your app, or one of your recovery codes."),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}
        ),
    )
    device: Device | None = None
    recovery_codes: Sequence[str] = ()

    def __init__(self, data=None, *, request: HttpRequest):
        super().__init__(data)
        self.request = request

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        try:
            self.learn(code)
        except WrongCode as error:
            raise ValidationError(error.detail, code=error.code) from error
        except TOO_SOON as error:
            raise self.too_soon(error) from error
        return code

    def learn(self, code: str) -> None:
        self.device = second_step.check(self.request.user, code, address=address_of(self.request))


class FirstCodeForm(CodeForm):
    """The code that shows that the phone has learnt the secret."""

    def __init__(self, data=None, *, request: HttpRequest):
        super().__init__(data, request=request)
        self.fields["code"].help_text = _("Six digits from your app.")

    def learn(self, code: str) -> None:
        user, address = self.request.user, address_of(self.request)
        self.device, self.recovery_codes = second_step.set_up(user, code, address=address)


class DeviceCodeForm(Waits, forms.Form):
    """Finds the device that shows this code: `grant`, once the form is valid."""

    user_code = forms.CharField(
        label=_("Code on the device"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    grant: DeviceGrant | None = None

    def __init__(self, data=None, *, request: HttpRequest):
        super().__init__(data)
        self.request = request

    def clean_user_code(self) -> str:
        typed = self.cleaned_data["user_code"]
        try:
            enforce(CODES_PER_ADDRESS, address_of(self.request), self.request)
            self.grant = devices.find(typed, by=self.request.user)
        except TOO_SOON as error:
            raise self.too_soon(error) from error
        if self.grant is None:
            raise ValidationError(_("No device is waiting with this code. Codes are valid for ten minutes."))
        return devices.as_shown(typed)


class DecisionForm(DeviceCodeForm):
    decision = forms.ChoiceField(choices=[("approve", "approve"), ("deny", "deny")])
