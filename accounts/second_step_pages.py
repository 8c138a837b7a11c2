"""The page between a staff member's password and the admin."""

from base64 import b32encode

from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.views import RedirectURLMixin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_deny
from django_otp import login

from accounts import second_step
from accounts.forms import CodeForm, FirstCodeForm


@method_decorator([never_cache, xframe_options_deny], name="dispatch")
class SecondStep(LoginRequiredMixin, RedirectURLMixin, View):
    """Asks for a code; where there is no phone yet, shows how to set one up."""

    next_page = "admin:index"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.user.is_authenticated and not request.user.is_staff:
            return redirect("password")
        if request.user.is_authenticated and request.user.is_verified():
            return HttpResponseRedirect(self.get_success_url())
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(self.form_class()(request=request))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self.form_class()(request.POST, request=request)
        if not form.is_valid():
            return form.answered(self.page(form))
        request.session.cycle_key()
        login(request, form.device)
        if form.recovery_codes:
            codes = {"codes": form.recovery_codes, "next": self.get_success_url()}
            return render(request, "accounts/recovery_codes.html", codes)
        return HttpResponseRedirect(self.get_success_url())

    def form_class(self) -> type[CodeForm]:
        return CodeForm if second_step.is_set_up(self.request.user) else FirstCodeForm

    def page(self, form: CodeForm) -> HttpResponse:
        context = {"form": form, "next": self.get_redirect_url()}
        if isinstance(form, FirstCodeForm):
            device = second_step.begin(self.request.user)
            context |= {"picture": second_step.picture(device), "secret": spelt(device.bin_key)}
        return render(self.request, "accounts/second_step.html", context)


def spelt(key: bytes) -> str:
    """In groups of four, for whoever types it."""
    word = b32encode(key).decode().rstrip("=")
    return " ".join(word[at : at + 4] for at in range(0, len(word), 4))
