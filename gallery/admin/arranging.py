"""A page on which rows are put in order: by drag, by buttons, and without a script."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _t

from gallery.admin.reading import uuids
from gallery.desk.order import stepped


class Arranging:
    """For an admin that says what its rows are, `branches() -> list[Row]`, and how their order is kept,
    `arrange_to(request, ids) -> int` (how many moved), with `arrange_title` and `arrange_help`.
    """

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_arrange"
        return [path("arrange/", self.admin_site.admin_view(self.arrange), name=name), *super().get_urls()]

    def must_arrange(self, request: HttpRequest) -> None:
        if not self.has_change_permission(request):
            raise PermissionDenied

    def arrange(self, request: HttpRequest) -> HttpResponse:
        self.must_arrange(request)
        if request.method == "POST":
            step = request.POST.get("step")
            ids = stepped(self.branches(), step) if step else uuids(request.POST.getlist("id"))
            if self.arrange_to(request, ids):
                self.message_user(request, _t("The order was saved."), messages.SUCCESS)
            return redirect(request.path)
        context = {
            **self.admin_site.each_context(request),
            "title": self.arrange_title,
            "help": self.arrange_help,
            "opts": self.opts,
            "rows": self.branches(),
        }
        return TemplateResponse(request, "admin/gallery/arrange.html", context)
