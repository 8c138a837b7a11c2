"""The public gallery API: no key, no cookie, the same answer for everybody."""

from django.conf import settings
from django.http import HttpResponsePermanentRedirect
from django.urls import reverse
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from gallery import listing, search
from gallery.api import documents, reading, serializers
from gallery.api.paging import Page, page_from
from gallery.errors import Gone
from gallery.models import Category
from smartspec.lib.errors import NotFound
from smartspec.lib.serializers import StrictQuery

TAGS = ["gallery"]
FRESH = "public, max-age=0, s-maxage=1"
CACHE_CONTROL = f"{FRESH}, stale-while-revalidate=10"
CACHING = {200: CACHE_CONTROL, 301: CACHE_CONTROL, 404: FRESH, 410: FRESH}  # of what is gone nothing stale


class PublicRead(StrictQuery, APIView):
    authentication_classes = []
    permission_classes = [AllowAny]
    query_serializer = serializers.NoQuery
    ignores_tracking = True

    def initial(self, request: Request, *args, **kwargs) -> None:
        if not settings.ENABLE["gallery"]:
            raise NotFound
        super().initial(request, *args, **kwargs)

    def finalize_response(self, request: Request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        if caching := CACHING.get(response.status_code):
            response["Cache-Control"] = caching
        return response

    def page(self, category: Category | None = None, **fixed) -> tuple[Page, list[dict]]:
        """The asked page of works and their documents, in two queries."""
        query = dict(self.query) | fixed
        limit, cursor = query.pop("limit"), query.pop("cursor", None)
        wishes = {"sort": "recent", **query, "category": category}
        found = reading.found(cursor=cursor, size=limit + 1, **wishes)
        page = page_from(
            found.rows,
            found.back,
            order=found.order,
            values=reading.sort_values,
            request=self.request,
            cursor=cursor,
            limit=limit,
        )
        return page, documents.item_documents([reading.work(row) for row in page.rows])


def category_named(slug: str) -> Category:
    """The shown category at this address, or at the one where it went from there."""
    category = listing.active_category(slug) or listing.active_category(listing.former(slug) or "")
    if category is None:
        raise NotFound
    return category


class ItemListView(PublicRead):
    query_serializer = serializers.ListQuery

    @extend_schema(
        operation_id="list_gallery",
        summary="Published works",
        tags=TAGS,
        parameters=[serializers.ListQuery],
        responses=serializers.ItemPageSerializer,
    )
    def get(self, request: Request) -> Response:
        slug = self.query.pop("category", None)
        page, results = self.page(category_named(slug) if slug else None)
        return Response(page.document(results))


class FeaturedView(PublicRead):
    query_serializer = serializers.PageQuery

    @extend_schema(
        operation_id="list_featured",
        summary="Featured works, as the house has put them in order",
        tags=TAGS,
        parameters=[serializers.PageQuery],
        responses=serializers.ItemPageSerializer,
    )
    def get(self, request: Request) -> Response:
        page, results = self.page(featured=True, sort="featured")
        return Response(page.document(results))


class CategoryTreeView(PublicRead):
    @extend_schema(
        operation_id="list_categories",
        summary="The tree of categories",
        tags=TAGS,
        responses=serializers.CategoryTreeSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        return Response([documents.tree_document(shelf) for shelf in listing.category_tree()])


class CategoryView(PublicRead):
    query_serializer = serializers.FilterQuery

    @extend_schema(
        operation_id="get_category",
        summary="Works of a category and of those below it",
        tags=TAGS,
        parameters=[serializers.FilterQuery],
        responses={
            200: serializers.CategoryPageSerializer,
            301: OpenApiResponse(description="The category has a new slug or was merged: see `Location`."),
        },
    )
    def get(self, request: Request, slug: str):
        category = category_named(slug)
        if category.slug != slug:
            query = request.META.get("QUERY_STRING", "")
            there = reverse("gallery-category", args=[category.slug])
            return HttpResponsePermanentRedirect(f"{there}{'?' if query else ''}{query}")
        page, results = self.page(category)
        return Response({"category": documents.category_document(category)} | page.document(results))


class SearchView(PublicRead):
    query_serializer = serializers.SearchQuery

    @extend_schema(
        operation_id="search_gallery",
        summary="Works that have all the words, newest first",
        tags=TAGS,
        parameters=[serializers.SearchQuery],
        responses=serializers.SearchPageSerializer,
    )
    def get(self, request: Request) -> Response:
        page, results = self.page()
        corrected = None
        if not results and (corrected := search.meant(self.query["q"])):
            page, results = self.page(q=corrected)
        return Response(page.document(results) | {"corrected": corrected})


class ItemView(PublicRead):
    @extend_schema(
        operation_id="get_gallery_item",
        summary="One published work",
        tags=TAGS,
        responses={
            200: serializers.ItemSerializer,
            301: OpenApiResponse(description="The work has a new slug: see `Location`."),
            410: OpenApiResponse(description="The work was removed for good."),
        },
    )
    def get(self, request: Request, slug: str):
        item = listing.item_by_slug(slug)
        if item is None:
            return self.moved_or_gone(slug)
        return Response(documents.item_documents([item])[0])

    @staticmethod
    def moved_or_gone(slug: str) -> HttpResponsePermanentRedirect:
        if target := listing.old_slug_target(slug):
            return HttpResponsePermanentRedirect(reverse("gallery-item", args=[target]))
        raise Gone if listing.is_removed(slug) else NotFound
