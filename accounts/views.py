"""Pages for signing in and out, for changing one's password, and for letting a device in."""

from django.contrib import messages
from django.contrib.auth import views
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_deny

from accounts import audit, devices, keys, ledger
from accounts.audit import Action
from accounts.forms import DecisionForm, DeviceCodeForm, SignInForm
from accounts.scopes import ALLOWS
from smartspec.lib.throttle import address_of

SAID = {
    "approve": gettext_lazy("The device is connected. You may go back to it."),
    "deny": gettext_lazy("The device was denied."),
}


class SignIn(views.LoginView):
    template_name = "accounts/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_invalid(self, form: SignInForm) -> HttpResponse:
        return form.answered(super().form_invalid(form))


class ChangePassword(views.PasswordChangeView):
    template_name = "accounts/password.html"
    success_url = reverse_lazy("password")

    def form_valid(self, form) -> HttpResponse:
        audit.note(Action.PASSWORD_CHANGED, user=self.request.user, address=address_of(self.request))
        messages.success(self.request, _("Your password was changed. Other browsers were signed out."))
        return super().form_valid(form)

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(credits=ledger.balance_of(self.request.user), **kwargs)


@method_decorator([never_cache, xframe_options_deny], name="dispatch")
class Device(LoginRequiredMixin, View):
    """Nothing is let in by opening a link: it takes a look at the code and a press of a button."""

    def get(self, request: HttpRequest) -> HttpResponse:
        given = request.GET if request.GET.get("user_code") else None
        form = DeviceCodeForm(given, request=request)
        form.is_valid()  # finds the device; what is wrong stands in the form
        return self._page(form)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = DecisionForm(request.POST, request=request)
        if not form.is_valid():
            return self._page(form)
        decision = form.cleaned_data["decision"]
        if devices.decide(form.grant, by=request.user, approve=decision == "approve"):
            messages.success(request, SAID[decision])
        return HttpResponseRedirect(request.path)

    def _page(self, form: DeviceCodeForm) -> HttpResponse:
        allows = [ALLOWS[scope] for scope in keys.DEFAULT_SCOPES]
        return form.answered(render(self.request, "accounts/device.html", {"form": form, "allows": allows}))
