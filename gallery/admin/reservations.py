"""Works still being generated for the gallery, and why one did not arrive."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from gallery.models import Reservation
from generation.admin.reading_only import BoundedPaginator


@admin.register(Reservation)
class ReservationAdmin(admin.ModelAdmin):
    paginator = BoundedPaginator
    show_full_result_count = False
    list_display = ["created_at", "by", "task_link", "approve", "tries", "error"]
    list_select_related = ["task", "by"]

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    @admin.display(description=_("task"))
    def task_link(self, reservation: Reservation) -> str:
        url = reverse("admin:generation_generationtask_change", args=[reservation.task_id])
        return format_html('<a href="{}">{}</a>', url, reservation.task)
