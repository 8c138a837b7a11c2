from django.contrib import admin

from generation.admin.reading_only import ReadingOnly
from generation.models import CallbackCount


@admin.register(CallbackCount)
class CallbackCountAdmin(ReadingOnly):
    """What came to the provider's door, by day and by what became of it."""

    list_display = ["day", "outcome", "count"]
    list_filter = ["outcome", "day"]
    show_facets = admin.ShowFacets.NEVER
