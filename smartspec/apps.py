from importlib import import_module

from django.apps import AppConfig
from django.conf import settings

from smartspec import checks

__all__ = ["SmartSpecConfig", "checks"]


class SmartSpecConfig(AppConfig):
    """The roof; importing its checks registers them."""

    name = "smartspec"
    verbose_name = "SmartSpec Pro"

    def ready(self) -> None:
        if settings.SENTRY_DSN:  # its library is loaded where it is wanted only
            import_module("smartspec.lib.sentry").begin()
        if settings.OTEL_EXPORTER_OTLP_ENDPOINT:
            import_module("smartspec.lib.telemetry").begin()
