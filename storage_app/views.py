"""Objects that are read through us: local files, and public ones of a bucket without an address."""

from django.core.files.storage import storages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from storage_app.keys import is_key
from storage_app.serving import is_shown, serve
from storage_app.storages.addresses import read_token

PUBLIC_CACHING = "public, max-age=31536000, s-maxage=3600, immutable"


@require_safe
def private_file(request: HttpRequest, token: str, name: str) -> HttpResponse:
    granted = read_token(token)
    if granted is None:
        return HttpResponse(status=403)
    key, seconds = granted
    caching = f"private, max-age={seconds}, immutable"
    return serve(request, storage=storages["private"], key=key, cache_control=caching)


@require_safe
def public_file(request: HttpRequest, key: str) -> HttpResponse:
    if not is_key(key) or not is_shown(key):
        return HttpResponse(status=404)
    return serve(request, storage=storages["public"], key=key, cache_control=PUBLIC_CACHING)
