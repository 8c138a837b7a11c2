"""manage.py storage_setup: what storage is, what its buckets are told, and what our token may do."""

import json
from importlib import import_module

from django.conf import settings
from django.core.files.storage import storages
from django.core.management.base import BaseCommand, CommandError

from storage_app.errors import StorageFailed


class Command(BaseCommand):
    help = "Show the rules of the buckets and the rights of the token; --apply writes the rules."

    def add_arguments(self, parser):
        parser.add_argument("--apply", action="store_true", help="write CORS and lifecycle rules")

    def handle(self, *, apply: bool, **options):
        if not settings.USES_R2:
            self.stdout.write(f"Files are kept on this machine, in {settings.MEDIA_ROOT}. Nothing to set up.")
            return
        self.rules = import_module("storage_app.storages.rules")  # and with it boto3, where R2 is used only
        try:
            troubles = sum(self.look_after(visibility, apply) for visibility in self.buckets())
        except StorageFailed as error:
            raise CommandError(f"Storage refuses: {error}") from error
        if troubles:
            raise CommandError("The token lacks rights.")

    def buckets(self) -> list[str]:
        shared = storages["private"].shares_objects_with(storages["public"])
        return ["private"] if shared else ["private", "public"]

    def look_after(self, visibility: str, apply: bool) -> int:
        """Show one bucket, apply its rules if asked to; returns how many rights are missing."""
        storage, wanted = storages[visibility], self.rules.wanted_rules(visibility)
        self.stdout.write(f"\n{visibility}: bucket {storage.bucket_name} at {storage.endpoint_url}")
        if apply:
            self.rules.apply_rules(storage, wanted)
        for name, present in self.rules.present_rules(storage).items():
            self.show(name, present, getattr(wanted, name))
        found = self.rules.rights(storage)
        self.stdout.write("  rights: " + ", ".join(f"{name} {answer}" for name, answer in found.items()))
        return sum(answer != "ok" for answer in found.values())

    def show(self, name: str, present: list | str, wanted: list) -> None:
        if isinstance(present, str):
            self.stdout.write(f"  {name}: cannot be read with this token ({present}); wanted:")
        else:
            self.stdout.write(f"  {name}: {json.dumps(present)}; wanted:")
        self.stdout.write(f"    {json.dumps(wanted)}")
