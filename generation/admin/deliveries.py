from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from generation.admin.reading_only import ReadingOnly
from generation.models import WebhookDelivery
from generation.webhooks import delivering


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(ReadingOnly):
    list_display = ["created_at", "user", "event", "state", "attempts", "last_status", "last_error", "due_at"]
    list_filter = ["state", "event"]
    list_select_related = ["user"]
    search_fields = ["=url", "=user__username"]
    actions = ["replay_deliveries"]

    def has_operate_permission(self, request) -> bool:
        return request.user.has_perm("generation.change_webhookdelivery")

    @admin.action(description=_("Send the selected deliveries again"), permissions=["operate"])
    def replay_deliveries(self, request, chosen):
        again = sum(delivering.replay(delivery) for delivery in chosen)
        text = ngettext("%(n)s delivery is due again.", "%(n)s deliveries are due again.", again)
        self.message_user(request, text % {"n": again})
