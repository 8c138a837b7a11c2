from importlib import import_module

from django.apps import AppConfig


class StorageAppConfig(AppConfig):
    name = "storage_app"

    def ready(self) -> None:
        import_module("storage_app.checks")
