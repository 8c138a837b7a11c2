"""Generate into the gallery: a form of the model's own options, then a page that watches the variants."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts import ledger
from accounts.errors import shown
from accounts.models import User
from gallery.admin.reading import uuids
from gallery.desk import ordering, variants
from gallery.desk.forms import LabelForm, OptionsForm, TextsForm
from generation import availability, catalogue, services
from generation.catalogue import DEFAULT_MODELS, ModelSpec
from smartspec.lib.errors import ProductError

KINDS = {"image": _("Pictures"), "video": _("Videos"), "audio": _("Sounds")}


@dataclass
class Sheet:
    """What was filled in: the model's options and the label of the works to come."""

    spec: ModelSpec
    options: OptionsForm
    label: LabelForm

    @classmethod
    def empty(cls, spec: ModelSpec, given: QueryDict | None = None) -> "Sheet":
        """A new sheet; the prompt and the label of a sheet for another model are taken over."""
        given = given or QueryDict()
        words = next(filter(None, map(given.get, ("option-prompt", "option-text"))), "")
        label = {name: given[name] for name in LabelForm.base_fields if name in given}
        label |= {"categories": given.getlist("categories")} if "categories" in given else {}
        return cls(
            spec, OptionsForm(spec=spec, initial={spec.prompt.names[0]: words}), LabelForm(initial=label)
        )

    @classmethod
    def filled(cls, spec: ModelSpec, given: QueryDict) -> "Sheet":
        return cls(spec, OptionsForm(given, spec=spec), LabelForm(given))

    def is_whole(self) -> bool:
        return all([self.options.is_valid(), self.label.is_valid()])

    def price(self, user: User) -> str:
        """What all variants cost together, in words. Raises what `services.check` raises."""
        order = services.check(user=user, task_type=self.spec.media_type, body=self.options.body)
        number = self.label.cleaned_data["variants"]
        words = {
            "number": number,
            "each": shown(order.quote.credits),
            "total": shown(order.quote.credits * number),
            "available": shown(ledger.balance_of(user).available),
        }
        return _t("%(number)s × %(each)s = %(total)s credits; you have %(available)s.") % words

    def complain(self, error: ProductError) -> None:
        if error.errors:
            self.options.complain(error.errors)
        else:
            self.options.add_error(None, str(error.detail))


def model_named(name: str | None) -> ModelSpec:
    spec = catalogue.get_model(name or DEFAULT_MODELS["image"])
    if spec is None:
        raise Http404
    return spec


def models_by_kind() -> list[tuple[str, list]]:
    listed = availability.listed()
    return [
        (words, [(spec, answer) for spec, answer in listed if spec.media_type == kind])
        for kind, words in KINDS.items()
    ]


class Generating:
    """For the admin of items."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("generate/", view(self.generate), name="gallery_item_generate"),
            path("generate/price/", view(require_POST(self.price)), name="gallery_item_price"),
            path("generate/progress/", view(self.progress), name="gallery_item_progress"),
            *super().get_urls(),
        ]

    def has_generate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("generation.add_generationtask") and self.has_change_permission(request)

    def generate(self, request: HttpRequest) -> HttpResponse:
        if not self.has_generate_permission(request):
            raise PermissionDenied
        given = request.POST if request.method == "POST" else QueryDict()
        spec = model_named(given.get("model_id") or request.GET.get("model"))
        intent = given.get("intent", "model")
        sheet = Sheet.empty(spec, given) if intent == "model" else Sheet.filled(spec, given)
        price = ""
        if intent != "model" and sheet.is_whole():
            try:
                price = sheet.price(request.user)
                if intent == "generate":
                    return self._order(request, sheet)
            except ProductError as error:
                sheet.complain(error)
        return self._sheet_page(request, sheet, price)

    def _order(self, request: HttpRequest, sheet: Sheet) -> HttpResponse:
        label = sheet.label.cleaned_data
        tasks = ordering.order(
            sheet.spec,
            by=request.user,
            body=sheet.options.body,
            fields=sheet.label.as_fields(),
            variants=label["variants"],
            approve=label["approve"],
            once=label["once"],
        )
        query = urlencode([("task", task.pk) for task in tasks])
        return redirect(f"{reverse('admin:gallery_item_progress')}?{query}")

    def _sheet_page(self, request: HttpRequest, sheet: Sheet, price: str) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Generate"),
            "opts": self.opts,
            "sheet": sheet,
            "price": price,
            "kinds": models_by_kind(),
            "answer": availability.now(sheet.spec),
        }
        return TemplateResponse(request, "admin/gallery/item/generate.html", context)

    def price(self, request: HttpRequest) -> JsonResponse:
        """{text}: the price, or why there is none; nothing is written."""
        if not self.has_generate_permission(request):
            raise PermissionDenied
        sheet = Sheet.filled(model_named(request.POST.get("model_id")), request.POST)
        if not sheet.is_whole():
            return JsonResponse({"text": _t("Some fields are not filled in right yet.")})
        try:
            return JsonResponse({"text": sheet.price(request.user)})
        except ProductError as error:
            return JsonResponse({"text": str(error.detail)})

    def progress(self, request: HttpRequest) -> HttpResponse:
        if not self.has_generate_permission(request):
            raise PermissionDenied
        found = variants.of(uuids(request.GET.getlist("task")), user=request.user)
        if not found:
            raise Http404
        if request.method == "POST":
            self._judge(request, found)
            return redirect(request.get_full_path())
        first = next((each.item for each in found if each.item), None)
        texts = {name: getattr(first, name) for name in TextsForm.base_fields} if first else None
        context = {
            **self.admin_site.each_context(request),
            "title": _("Generated works"),
            "opts": self.opts,
            "variants": found,
            "is_live": any(each.is_live for each in found),
            "can_pick": any(each.item and each.item.status == "pending" for each in found),
            "texts": TextsForm(initial=texts),
        }
        return TemplateResponse(request, "admin/gallery/item/progress.html", context)

    def _judge(self, request: HttpRequest, found: list[variants.Variant]) -> None:
        """One work approved or rejected by its own button, or the winners picked among all."""
        items = {str(each.item.pk): each.item for each in found if each.item}
        for verb in ("approve", "reject"):
            if (item := items.get(request.POST.get(verb))) is not None:
                self.decide(request, verb, [item])
        if "pick" in request.POST:
            self._pick(request, found)

    def _pick(self, request: HttpRequest, found: list[variants.Variant]) -> None:
        form = TextsForm(request.POST)
        winners = {each.item.pk for each in found if each.item} & set(uuids(request.POST.getlist("winner")))
        if not winners:
            self.message_user(request, _("Please tick the works to keep first."), messages.ERROR)
        elif not form.is_valid():
            self.message_user(request, " ".join(form.errors["title"]), messages.ERROR)
        else:
            try:
                done = variants.pick(found, winners=winners, by=request.user, texts=form.cleaned_data)
                words = _t("%(kept)d approved, %(left)d rejected.") % {"kept": done[0], "left": done[1]}
                self.message_user(request, words, messages.SUCCESS)
            except ProductError as error:
                self.message_user(request, str(error.detail), messages.ERROR)
