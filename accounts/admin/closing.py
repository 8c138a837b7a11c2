"""Staff close somebody's account: for one person at a time, with their own password as proof."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import sign_in
from accounts.admin import reasons
from accounts.errors import LockedOut, WrongCredentials
from accounts.models import User
from smartspec.lib.throttle import TooManyRequests


class CloseForm(forms.Form):
    username = forms.CharField(
        label=_("Their username, once more"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = reasons.field("close")
    password = forms.CharField(
        label=_("Your own password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, data=None, *, request: HttpRequest, person: User):
        super().__init__(data)
        self.request, self.person = request, person

    def clean_username(self) -> str:
        if self.cleaned_data["username"] != self.person.username:
            raise ValidationError(_("This is not the username of the account."))
        return self.cleaned_data["username"]

    def clean_password(self) -> str:
        mine = {"username": self.request.user.username, "password": self.cleaned_data["password"]}
        try:
            sign_in.check(self.request, **mine)
        except WrongCredentials as error:
            raise ValidationError(_("This is not your password.")) from error
        except (LockedOut, TooManyRequests) as error:
            raise ValidationError(error.detail) from error
        return mine["password"]
