"""Pages of facts: nothing on them is changed by hand."""

from django.contrib import admin

from smartspec.lib.bounded_paginator import BoundedPaginator


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
    template = "admin/generation/rows.html"
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False
