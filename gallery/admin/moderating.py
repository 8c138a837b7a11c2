"""The moderation desk: doors to gallery.desk, for scripts in JSON and for plain browsers in pages."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from gallery.admin.forms import WordsForm
from gallery.admin.reading import uuids
from gallery.desk import bulk, judging, queue, reasons, reporting, sittings
from gallery.desk.panel import Panel
from gallery.desk.verbs import NEED_A_REASON
from gallery.errors import ReasonMissing
from gallery.models import Item, Report, ReportOutcome
from smartspec.lib.errors import InvalidInput, NotFound, ProductError

BASE = "admin/gallery/item/"
DESK = "admin:gallery_item_moderate"
TOGETHER = {
    "approve": _("Approve together"),
    "reject": _("Reject together"),
    "remove": _("Remove for good"),
}


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def asked(request: HttpRequest) -> dict[str, str]:
    """State and order of the queue; whatever is not one of ours counts as not given."""
    state, sort = request.GET.get("state", ""), request.GET.get("sort", "")
    return {
        "state": state if state in queue.STATES else "waiting",
        "sort": sort if sort in queue.SORTS else "oldest",
    }


class Moderating:
    """For the admin of items."""

    def get_urls(self):
        doors = {
            "": (self.desk, "gallery_item_moderate"),
            "bulk/": (require_POST(self.together), "gallery_item_moderate_bulk"),
            "undo/": (require_POST(self.undo), "gallery_item_moderate_undo"),
            "holders/": (require_POST(self.holders), "gallery_item_moderate_holders"),
            "report/<int:report_id>/": (require_POST(self.report), "gallery_item_moderate_report"),
            "<uuid:item_id>/look/": (require_POST(self.look), "gallery_item_moderate_look"),
            "<uuid:item_id>/judge/": (require_POST(self.judge), "gallery_item_moderate_judge"),
            "<uuid:item_id>/words/": (require_POST(self.words), "gallery_item_moderate_words"),
            "<uuid:item_id>/reports/": (require_POST(self.reports), "gallery_item_moderate_reports"),
        }
        own = [
            path(f"moderate/{tail}", self.admin_site.admin_view(self.for_moderators(view)), name=name)
            for tail, (view, name) in doors.items()
        ]
        return [*own, *super().get_urls()]

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("gallery.moderate")

    def for_moderators(self, view):
        """Only for them, and a refusal of the product is told instead of breaking the page."""

        def guarded(request: HttpRequest, **kwargs) -> HttpResponse:
            if not self.has_moderate_permission(request):
                raise PermissionDenied
            try:
                return view(request, **kwargs)
            except ProductError as error:
                return self.refused(request, error)

        return guarded

    def refused(self, request: HttpRequest, error: ProductError) -> HttpResponse:
        if wants_json(request):
            return JsonResponse({"said": str(error.detail), "code": error.code}, status=error.status)
        if request.method == "GET" or isinstance(error, NotFound):
            raise Http404
        self.message_user(request, error.detail, messages.ERROR)
        return redirect(place_to_return(request))

    def answer(self, request: HttpRequest, item: Item, said: str = "") -> HttpResponse:
        """The state of a work after something was done to it, or the desk with its message."""
        if not wants_json(request):
            if said:
                self.message_user(request, said, messages.SUCCESS)
            return redirect(place_to_return(request))
        document = {
            "id": str(item.pk),
            "status": item.status,
            "words": item.get_status_display(),
            "featured": item.is_featured,
            "title": item.title,
            "seen": judging.seen_of(item),
            "said": str(said),
        }
        return JsonResponse(document)

    def desk(self, request: HttpRequest) -> HttpResponse:
        chosen = asked(request)
        page = queue.page(by=request.user, after=request.GET.get("after", ""), **chosen)
        wanted = uuids([request.GET["item"]])[0] if request.GET.get("item") else None
        free = next((each for each in page.tickets if not each.holder), None)
        item_id = wanted or (free.item.pk if free else None)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Moderation desk"),
            "is_nav_sidebar_enabled": False,
            "opts": self.opts,
            "page": page,
            "panel": self.panel_of(request, item_id) if item_id else None,
            "states": queue.STATES.items(),
            "sorts": queue.SORTS.items(),
            "counts": queue.counts(),
            "since": queue.waiting_since(),
            "loose": reporting.about_no_work() if chosen["state"] == "reported" else [],
            "back": f"{request.path}?{urlencode(chosen)}",
            **self.panel_context(request),
            **chosen,
        }
        return TemplateResponse(request, f"{BASE}moderate.html", context)

    def panel_of(self, request: HttpRequest, item_id: UUID) -> Panel:
        """Opening a work is sitting down before it, where nobody else does."""
        item = queue.described(Item.objects.all()).filter(pk=item_id).first()
        if item is None:
            raise NotFound
        holder = sittings.others([item_id], than=request.user).get(item_id, "")
        if not holder:
            sittings.move_on(item_id, by=request.user)
        return Panel(item, item.seen, holder, WordsForm(instance=item, auto_id="words_%s"))

    def panel_context(self, request: HttpRequest) -> dict:
        return {
            "presets": reasons.PRESETS,
            "outcomes": ReportOutcome.Outcome.choices,
            "can_remove": self.may_together(request, "remove"),
        }

    def look(self, request: HttpRequest, item_id: UUID) -> HttpResponse:
        panel = self.panel_of(request, item_id)
        back = request.POST.get("back", "")
        context = {"panel": panel, "opts": self.opts, "back": back, **self.panel_context(request)}
        return TemplateResponse(request, f"{BASE}panel.html", context)

    def judge(self, request: HttpRequest, item_id: UUID) -> HttpResponse:
        given = request.POST
        verb = given.get("do", "")
        if verb not in judging.AT_ONCE:
            raise Http404
        reason = reasons.chosen(given.get("preset"), given.get("reason", ""), verb=verb)
        item = judging.judge(item_id, by=request.user, verb=verb, seen=number(given), reason=reason)
        return self.answer(request, item, f"{item.title}: {item.get_status_display()}")

    def words(self, request: HttpRequest, item_id: UUID) -> HttpResponse:
        item = judging.opened(item_id, by=request.user, seen=number(request.POST))
        form = WordsForm(request.POST, instance=item)
        if not form.is_valid():
            raise InvalidInput(" ".join(text for errors in form.errors.values() for text in errors))
        fresh = judging.edit(item_id, by=request.user, seen=number(request.POST), fields=form.as_fields())
        return self.answer(request, fresh, _("The texts were saved."))

    def undo(self, request: HttpRequest) -> HttpResponse:
        item = judging.undo(by=request.user)
        return self.answer(request, item, f"{item.title}: {item.get_status_display()}")

    def holders(self, request: HttpRequest) -> JsonResponse:
        """Who has which of these works; what the caller has is theirs for another five minutes."""
        given = request.POST
        if given.get("current"):
            sittings.renew(uuids([given["current"]])[0], by=request.user)
        held = sittings.others(uuids(given.getlist("id")), than=request.user)
        return JsonResponse({"holders": {str(pk): name for pk, name in held.items()}})

    def reports(self, request: HttpRequest, item_id: UUID) -> HttpResponse:
        closed = reporting.close(item_id, by=request.user, **outcome_of(request))
        return self.answer(request, Item.objects.get(pk=item_id), closed_words(closed))

    def report(self, request: HttpRequest, report_id: int) -> HttpResponse:
        """A report about no work of ours."""
        found = Report.objects.filter(pk=report_id, item=None).first()
        if found is None:
            raise NotFound
        closed = int(reporting.close_one(found, by=request.user, **outcome_of(request)))
        self.message_user(request, closed_words(closed), messages.SUCCESS if closed else messages.INFO)
        return redirect(place_to_return(request))

    def together(self, request: HttpRequest) -> HttpResponse:
        """First what would happen, then, confirmed, what happened."""
        verb = request.POST.get("do", "")
        if verb not in bulk.AT_THE_DESK:
            raise Http404
        if not self.may_together(request, verb):
            raise PermissionDenied
        ids = uuids(request.POST.getlist("pick"))
        if "confirmed" in request.POST:
            seen = works_seen(request.POST.getlist("work"))
            words = request.POST.get("reason", "")
            reason = reasons.chosen(request.POST.get("preset"), words, verb=verb)
            if reason or verb not in NEED_A_REASON:
                outcome = bulk.carry_out(seen, verb=verb, by=request.user, reason=reason)
                return self._told(request, outcome)
            self.message_user(request, ReasonMissing.message, messages.ERROR)
            ids = list(seen)
        return self.asking(request, verb, ids)

    def may_together(self, request: HttpRequest, verb: str) -> bool:
        """What nobody can take back is not for those who only judge."""
        return verb != "remove" or self.has_change_permission(request)

    def asking(self, request: HttpRequest, verb: str, ids: list[UUID]) -> HttpResponse:
        """What would happen to these works; only the next click decides."""
        context = {
            **self.admin_site.each_context(request),
            "title": TOGETHER[verb],
            "is_nav_sidebar_enabled": False,
            "opts": self.opts,
            "plan": bulk.plan(ids, verb=verb, by=request.user),
            "needs_a_reason": verb in NEED_A_REASON,
            "presets": reasons.usual(verb),
            "words": request.POST.get("reason", ""),
        }
        return TemplateResponse(request, f"{BASE}bulk.html", context)

    def _told(self, request: HttpRequest, outcome: bulk.Outcome) -> HttpResponse:
        done = ngettext("%(count)d work was changed.", "%(count)d works were changed.", outcome.done)
        level = messages.SUCCESS if outcome.done else messages.INFO
        self.message_user(request, done % {"count": outcome.done}, level)
        for trouble in outcome.troubles:
            self.message_user(request, trouble, messages.WARNING)
        return redirect(DESK)


def outcome_of(request: HttpRequest) -> dict[str, str]:
    outcome = request.POST.get("outcome", "")
    if outcome not in ReportOutcome.Outcome.values:
        raise Http404
    return {"outcome": outcome, "note": request.POST.get("note", "")[:500]}


def closed_words(closed: int) -> str:
    return ngettext("%(n)s report was closed.", "%(n)s reports were closed.", closed) % {"n": closed}


def works_seen(words: list[str]) -> dict[UUID, int]:
    """From `id:seen`, as the preview of many works sends it back."""
    pairs = [word.partition(":") for word in words]
    return {uuids([pk])[0]: int(last) for pk, _colon, last in pairs if last.isdecimal()}


def place_to_return(request: HttpRequest) -> str:
    """The queue as it was shown, if the form says so; never another site."""
    back = request.POST.get("back", "")
    return back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else reverse(DESK)


def number(given) -> int:
    """What the page had seen of the work's history; a page that does not say has seen nothing."""
    text = given.get("seen", "")
    return int(text) if text.isdecimal() else -1
