"""The roof: which room answers which address."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from smartspec import health

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("admin/", admin.site.urls),
    path("accounts/", include("accounts.urls")),
    path("", include("accounts.urls_site")),
    path("api/schema", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs", SpectacularSwaggerView.as_view(url_name="schema"), name="docs"),
    path("api/v1/", include("accounts.api.urls")),
    path("api/v1/", include("generation.api.urls")),
    path("api/v1/", include("gallery.api.urls")),
    path("", include("storage_app.urls")),
    path("", include("gallery.urls_site")),  # robots, sitemaps, feeds: one for all languages
    *i18n_patterns(path("", include("gallery.urls")), prefix_default_language=False),
]

handler404 = "smartspec.unanswered.not_found"
handler500 = "smartspec.unanswered.server_error"
