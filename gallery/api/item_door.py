"""What the doors to single items share, whoever comes in."""

from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from gallery.api import documents
from gallery.api.paging import page_of
from gallery.models import Item
from gallery.orders import QUEUE
from smartspec.lib.errors import NotFound
from smartspec.lib.serializers import StrictQuery, StrictSerializer


class ItemDoor(StrictQuery, APIView):
    """`items` says which items exist for this caller; the others do not."""

    query_serializer = StrictSerializer

    def items(self):
        return Item.objects.select_related("media", "stats").prefetch_related("decisions")

    def item(self, item_id: UUID) -> Item:
        found = self.items().filter(pk=item_id).first()
        if found is None:
            raise NotFound
        return found

    def page(self, request: Request) -> Response:
        """These items, newest first, of one status where the query asks for one."""
        items, query = self.items(), self.query
        if "status" in query:
            items = items.filter(status=query["status"])
        page = page_of(items, order=QUEUE, request=request, cursor=query.get("cursor"), limit=query["limit"])
        return Response(page.document(documents.staff_documents(page.rows)))

    def answer(self, item_id: UUID, status: int = 200) -> Response:
        """The item as it stands now."""
        return Response(documents.staff_documents([self.item(item_id)])[0], status=status)

    @staticmethod
    def given(serializer_class: type[StrictSerializer], request: Request, **options) -> dict:
        serializer = serializer_class(data=request.data, **options)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)
