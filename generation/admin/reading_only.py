"""Pages of facts: nothing on them is changed by hand."""

from django.contrib import admin
from django.core.paginator import Paginator
from django.utils.functional import cached_property

COUNTED_TO = 10_000


class BoundedPaginator(Paginator):
    """Counts no further than COUNTED_TO: nobody leafs through a million rows, everybody waits for a count."""

    @cached_property
    def count(self) -> int:
        return self.object_list.order_by()[:COUNTED_TO].count()


class ReadingOnly(admin.ModelAdmin):
    paginator = BoundedPaginator
    show_full_result_count = False

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


class ReadingOnlyInline(admin.TabularInline):
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False
