from django.apps import AppConfig

from smartspec import checks

__all__ = ["SmartSpecConfig", "checks"]


class SmartSpecConfig(AppConfig):
    """The roof; importing its checks registers them."""

    name = "smartspec"
    verbose_name = "SmartSpec Pro"
