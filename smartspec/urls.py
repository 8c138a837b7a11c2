"""The roof: which room answers which address."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import include, path
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from smartspec import health
from smartspec.metrics.views import metrics
from smartspec.on_site import on_site

MARK = lazy(staticfiles_storage.url, str)("img/mark.svg")  # hashed names are known after collectstatic only
admin.site.site_header = admin.site.site_title = "SmartSpec Pro"
admin.site.index_title = _("At work")

urlpatterns = [
    path("favicon.ico", RedirectView.as_view(url=MARK)),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", metrics),
    path("admin/r/<path:content_type_id>/<path:object_id>/", admin.site.admin_view(on_site)),
    path("admin/", admin.site.urls),
    path("accounts/", include("accounts.urls")),
    path("", include("accounts.urls_site")),
    path("api/schema", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs", SpectacularSwaggerView.as_view(url_name="schema"), name="docs"),
    path("api/v1/", include("accounts.api.urls")),
    path("api/v1/", include("generation.api.urls")),
    path("api/v1/", include("gallery.api.urls")),
    path("api/v1/", include("gallery.api.owner_urls")),
    path("api/v1/", include("storage_app.api.urls")),
    path("", include("storage_app.urls")),
    path("", include("gallery.urls_site")),  # robots, sitemaps, feeds: one for all languages
    *i18n_patterns(path("", include("gallery.urls")), prefix_default_language=False),
]

handler404 = "smartspec.unanswered.not_found"
handler500 = "smartspec.unanswered.server_error"
