"""One page for whoever is on duty: what is on, what it has, what hangs, and the buttons to push it on."""

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from generation import outline
from generation.models import Alarm
from smartspec.lib import struggling
from smartspec.lib.queue import failures

SHOWN = 20


def overview(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("generation.view_modelswitch"):
        raise PermissionDenied
    context = {
        **admin.site.each_context(request),
        "title": _("Operations"),
        "flags": outline.flags(),
        "models": outline.models(),
        "balance": outline.balance(),
        "threshold": settings.BALANCE_ALARM_CREDITS,
        "has_key": bool(settings.KIE_AI_API_KEY),
        "breakers": outline.open_breakers(),
        "queue": outline.queue(),
        "oldest_due": outline.oldest_due(),
        "alarms": outline.counted(Alarm.objects.filter(cleared_at=None)),
        "failed": failures.latest(SHOWN),
        "stuck": struggling.worst(SHOWN),
        "may_operate": may_operate(request),
    }
    return TemplateResponse(request, "admin/generation/overview.html", context)


def may_operate(request: HttpRequest) -> bool:
    return request.user.has_perm("generation.change_generationtask")


@require_POST
def push_on(request: HttpRequest) -> HttpResponse:
    """`job` is a failed wake-up; `row` is `app.model:pk` of a due row."""
    if not may_operate(request):
        raise PermissionDenied
    label, _colon, pk = request.POST.get("row", "").partition(":")
    job = request.POST.get("job", "")
    done = failures.retry(job) if job else struggling.try_now(label, pk)
    words = _("It is tried again in a moment.") if done else _("There was nothing to do.")
    messages.add_message(request, messages.SUCCESS if done else messages.INFO, words)
    return redirect("admin:generation_overview")
