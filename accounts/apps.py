from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("accounts")

    def ready(self) -> None:
        for registers_itself in ("accounts.receivers", "accounts.api.schemes"):
            import_module(registers_itself)  # models exist only now
