from importlib import import_module

from django.apps import AppConfig


class GenerationConfig(AppConfig):
    name = "generation"

    def ready(self):
        import_module("generation.receivers")
