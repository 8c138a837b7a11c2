"""How public pages answer: read-only, cacheable by everybody, without a cookie."""

from functools import wraps

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

CACHED = "public, max-age=0, s-maxage=1, stale-while-revalidate=10"
NEVER_STALE = "public, max-age=0, s-maxage=1"


def readable(view):
    """GET and HEAD only, and the caching of public reads."""

    @require_safe
    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", CACHED)
        return response

    return answer


def public_page(view):
    """Readable, and 404 while the public gallery is switched off."""

    @readable
    @wraps(view)
    def answer(request, *args, **kwargs):
        if not settings.ENABLE["gallery"]:
            raise Http404
        return view(request, *args, **kwargs)

    return answer


def open_form(view):
    """A page with a form for people without an account: no token, no cookie, and answers are never kept."""

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", CACHED if request.method != "POST" else "no-store")
        return response

    return answer


def page(template: str, *, status: int = 200, **context) -> HttpResponse:
    """The template rendered without a request in it, so that nothing can touch the session."""
    html = render_to_string(f"gallery/{template}.html", context, using="pages")
    return HttpResponse(html, status=status)


def moved(path: str) -> HttpResponsePermanentRedirect:
    response = HttpResponsePermanentRedirect(path)
    response["Cache-Control"] = CACHED
    return response
