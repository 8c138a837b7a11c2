"""Files about the whole site: robots.txt, llms.txt, the sitemaps, and the key that IndexNow asks for."""

import gzip
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from django.conf import settings
from django.contrib.sitemaps import views
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from gallery import announcing, llms_text, sitemap_parts, sitemaps
from gallery.sitemap_pages import Address

CACHE_CONTROL = "public, max-age=0, s-maxage=60, stale-while-revalidate=600"
NOT_FOR_ROBOTS = ("/admin", "/api/", "/accounts", "/generation/")
INDEX = '<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'


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
def llms(request: HttpRequest) -> HttpResponse:
    """A page for programs that read: what this site is and where to go on (llmstxt.org)."""
    require_gallery()
    return HttpResponse(llms_text.text(), content_type="text/plain; charset=utf-8")


@require_safe
def indexnow_key(request: HttpRequest, key: str) -> HttpResponse:
    """Shows that a message about this site's addresses came from this site."""
    if not announcing.key() or key != announcing.key():
        raise Http404
    return HttpResponse(key, content_type="text/plain; charset=utf-8")


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    require_gallery()
    answer = views.index(request, sitemaps.sections(), sitemap_url_name="sitemap")
    parts = [
        f"<sitemap><loc>{settings.SITE_URL}{urlsplit(part.location).path}</loc>{lastmod(part.last_mod)}</sitemap>\n"
        for part in answer.context_data["sitemaps"]
    ]
    return as_xml(answer, "".join([INDEX, *parts, "</sitemapindex>\n"]).encode())


@require_safe
def sitemap(request: HttpRequest, section: str) -> HttpResponse:
    require_gallery()
    asked = sitemaps.section(section)
    answer = views.sitemap(request, {section: asked} if asked else {}, section=section)
    urls = answer.context_data["urlset"]
    if isinstance(asked, sitemaps.WorkSitemap):
        return compressed(request, answer, urls[0])
    entries = map(page_entry, urls)
    return as_xml(answer, "".join([sitemap_parts.HEAD, *entries, sitemap_parts.TAIL]).encode())


def page_entry(page: Address) -> str:
    return (
        f"<url><loc>{escape(page.location)}</loc>{lastmod(page.lastmod)}"
        "<changefreq>weekly</changefreq><priority>0.8</priority></url>\n"
    )


def lastmod(when) -> str:
    return f"<lastmod>{when.isoformat(timespec='seconds')}</lastmod>" if when else ""


def compressed(request: HttpRequest, answer: TemplateResponse, body: bytes) -> HttpResponse:
    """As it is kept, for whoever takes gzip; that is everybody."""
    takes_gzip = "gzip" in request.headers.get("Accept-Encoding", "")
    response = as_xml(answer, body if takes_gzip else gzip.decompress(body))
    if takes_gzip:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def as_xml(answer: TemplateResponse, body: bytes) -> HttpResponse:
    """Our own text under the headers of the framework's answer."""
    headers = {name: answer[name] for name in ("X-Robots-Tag", "Last-Modified") if name in answer}
    headers["Cache-Control"] = CACHE_CONTROL
    return HttpResponse(body, content_type="application/xml", headers=headers)
