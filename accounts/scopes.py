"""What each scope of a key means to the person who gives it."""

from django.utils.translation import gettext_lazy as _

ALLOWS = {
    "generate": _("make pictures, videos and sounds, and spend your credits on them"),
    "tasks:read": _("see everything that you have made"),
    "storage:write": _("upload files, and delete what you uploaded"),
    "gallery:write": _("share your works in the gallery, edit them and withdraw them"),
    "account:read": _("see your name and your credit statement"),
    "gallery:moderate": _("approve, reject and remove the works of others"),
}
