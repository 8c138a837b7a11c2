from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GalleryConfig(AppConfig):
    name = "gallery"
    verbose_name = _("Gallery")

    def ready(self) -> None:
        import_module("gallery.receivers")
        import_module("gallery.caching.noticing")
        import_module("gallery.exporting")
        import_module("gallery.remixes")
        import_module("gallery.desk.groups")
        import_module("gallery.numbers.receivers")
        import_module("gallery.search.checks")
