"""What a visitor may leave behind: a view, a like, a report. Nobody has to sign in for it."""

from django.conf import settings
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from gallery import counting, reports
from gallery.api import serializers
from gallery.api.views import TAGS
from gallery.numbers import noting
from gallery.resolving import shown
from smartspec.lib.errors import NotFound
from smartspec.lib.serializers import StrictQuery
from smartspec.lib.throttle import Policy, RateLimited, address_of

COOKIE, COOKIE_PATH, COOKIE_SECONDS = "gallery_visitor", "/api/v1/gallery/", 400 * 24 * 3600
LONGEST_COOKIE = 64


class PublicWrite(RateLimited, StrictQuery, APIView):
    authentication_classes = []
    permission_classes = [AllowAny]

    def initial(self, request: Request, *args, **kwargs) -> None:
        if not settings.ENABLE["gallery"]:
            raise NotFound
        super().initial(request, *args, **kwargs)

    def finalize_response(self, request: Request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response


class LikeView(PublicWrite):
    rate_policy = Policy("gallery-like", limit=30, seconds=60)

    @extend_schema(
        operation_id="like_gallery_item",
        summary="Like a work, or take the like back",
        description="The only answer of the public gallery that sets a cookie: once per visitor goes by it.",
        tags=TAGS,
        request=None,
        responses=serializers.LikeSerializer,
    )
    def post(self, request: Request, slug: str) -> Response:
        item = shown(slug)
        visitor = request.COOKIES.get(COOKIE, "")
        is_new = not 0 < len(visitor) <= LONGEST_COOKIE
        if is_new:
            visitor = counting.new_visitor()
        liked = counting.like(item.pk, visitor=visitor)
        response = Response({"liked": liked, "like_count": counting.likes_of(item.pk)})
        if is_new:
            secure = settings.SITE_URL.startswith("https:")
            places = {"path": COOKIE_PATH, "max_age": COOKIE_SECONDS, "samesite": "Lax"}
            response.set_cookie(COOKIE, visitor, httponly=True, secure=secure, **places)
        return response


class ViewView(PublicWrite):
    ignores_tracking = True
    rate_policy = Policy("gallery-view", limit=120, seconds=60)

    @extend_schema(
        operation_id="count_gallery_view",
        summary="Say that somebody has looked at a work",
        description="With `utm_source=share` or `remix` it says instead that a button was pressed, and "
        "`utm_medium` which one.",
        tags=TAGS,
        request=None,
        responses={204: OpenApiResponse(description="Noted; whatever the body says is not read.")},
    )
    def post(self, request: Request, slug: str) -> Response:
        agent, item = request.headers.get("User-Agent", ""), shown(slug)
        deed, way = (request.query_params.get(name, "") for name in ("utm_source", "utm_medium"))
        if deed in noting.WAYS:
            noting.note(deed, way=way, agent=agent)
        else:
            counting.view(item.pk, agent=agent, address=address_of(request))
        return Response(status=204)


class ReportView(PublicWrite):
    rate_policy = Policy("gallery-report", limit=5, seconds=3600)

    @extend_schema(
        operation_id="report_gallery_item",
        summary="Tell the moderators that something is wrong with a work",
        tags=TAGS,
        request=serializers.ReportBody,
        responses={201: serializers.ReportSerializer},
    )
    def post(self, request: Request, slug: str) -> Response:
        body = serializers.ReportBody(data=request.data)
        body.is_valid(raise_exception=True)
        report = reports.receive(item=shown(slug), **body.validated_data)
        return Response(serializers.ReportSerializer(report).data, status=201)
