"""The numbers of the house: one page of charts, and each of them as CSV."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from gallery.models import Numbers
from gallery.numbers import csv_file, page
from gallery.numbers.period import PeriodForm
from generation.admin.reading_only import ReadingOnly

# Stricter than the rest of the admin: nothing here needs a style or a script of the page's own.
POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)


@admin.register(Numbers)
class NumbersAdmin(ReadingOnly):
    """In the place of a list of rows stand the charts that are drawn from them."""

    def get_urls(self):
        csv = self.admin_site.admin_view(self.csv)
        charts = self.admin_site.admin_view(self.changelist_view)
        return [
            path("", charts, name="gallery_numbers_changelist"),
            path("<slug:name>.csv", csv, name="gallery_numbers_csv"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        self.require(request)
        form = PeriodForm(request.GET)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Numbers"),
            "is_nav_sidebar_enabled": False,
            "opts": self.opts,
            "form": form,
            "page": page.made(form.period),
        }
        response = TemplateResponse(request, "admin/numbers/page.html", context)
        response["Content-Security-Policy"] = POLICY
        return response

    def csv(self, request: HttpRequest, name: str) -> HttpResponse:
        self.require(request)
        period = PeriodForm(request.GET).period
        sheet = page.sheet(name, period)
        if sheet is None:
            raise Http404
        response = HttpResponse(csv_file.written(sheet), content_type="text/csv; charset=utf-8")
        file_name = f"{name}-{period.first}-{period.last}.csv"
        response["Content-Disposition"] = f'attachment; filename="{file_name}"'
        return response

    def require(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied
