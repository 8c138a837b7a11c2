from importlib import import_module

from django.apps import AppConfig


class GenerationConfig(AppConfig):
    name = "generation"

    def ready(self):
        for listens in ("generation.receivers", "generation.belongings", "generation.webhooks.outbox"):
            import_module(listens)
