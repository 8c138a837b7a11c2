"""Where a client puts a file when storage is this machine: the same terms as a bucket's presigned PUT."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from storage_app.staging import Refused, put_on_terms
from storage_app.storages.addresses import read_put_token


@csrf_exempt  # the address is the permission
@require_http_methods(["PUT"])
def staging(request: HttpRequest, token: str) -> HttpResponse:
    granted = None if settings.USES_R2 else read_put_token(token)
    if granted is None:
        return HttpResponse(status=403)
    try:
        etag = put_on_terms(request, request.headers, *granted)
    except Refused as refusal:
        return HttpResponse(status=refusal.status)
    return HttpResponse(status=200, headers={"ETag": etag})
