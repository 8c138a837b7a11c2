"""Files about the whole site: robots.txt and the sitemaps."""

from django.conf import settings
from django.contrib.sitemaps import views
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gallery.sitemaps import SECTIONS

CACHE_CONTROL = "public, max-age=0, s-maxage=60, stale-while-revalidate=600"
NOT_FOR_ROBOTS = ("/admin", "/api/", "/accounts", "/generation/")


def require_gallery() -> None:
    if not settings.ENABLE["gallery"]:
        raise Http404


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    if settings.ENABLE["gallery"]:
        rules = [f"Disallow: {path}" for path in NOT_FOR_ROBOTS]
        rules += ["", f"Sitemap: {settings.SITE_URL}{reverse('sitemap-index')}"]
    else:
        rules = ["Disallow: /"]
    return HttpResponse("\n".join(["User-agent: *", *rules, ""]), content_type="text/plain; charset=utf-8")


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    require_gallery()
    parts = []
    for section, sitemap in SECTIONS.items():
        url = settings.SITE_URL + reverse("sitemap", args=[section])
        lastmod = sitemap.get_latest_lastmod()
        for page in sitemap.paginator.page_range:
            parts.append({"location": url if page == 1 else f"{url}?p={page}", "lastmod": lastmod})
    return answer(request, "gallery/sitemap_index.xml", {"parts": parts})


@require_safe
def sitemap(request: HttpRequest, section: str) -> HttpResponse:
    require_gallery()
    response = views.sitemap(request, sitemaps=SECTIONS, section=section, template_name="gallery/sitemap.xml")
    response["Cache-Control"] = CACHE_CONTROL
    return response


def answer(request: HttpRequest, template: str, context: dict) -> HttpResponse:
    response = render(request, template, context, content_type="application/xml")
    response["Cache-Control"] = CACHE_CONTROL
    response["X-Robots-Tag"] = "noindex"
    return response
