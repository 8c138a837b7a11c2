"""manage.py renditions --missing: make what is missing of every stored work, here and now."""

import sys

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from storage_app.errors import StorageFailed
from storage_app.models import Asset
from storage_app.renditions import AssetChanged, incomplete, render_due


class Command(BaseCommand):
    help = "Make missing thumbnails, posters, cards and social pictures."

    def add_arguments(self, parser):
        parser.add_argument(
            "--missing", action="store_true", help="make what is missing (the only mode so far)"
        )

    def handle(self, *, missing: bool, **options):
        if not missing:
            raise CommandError("Say --missing.")
        failed = made = 0
        assets = Asset.objects.order_by("pk")
        bar = tqdm(assets.iterator(chunk_size=200), total=assets.count(), unit="file", file=sys.stderr)
        for asset in bar:
            if not incomplete(asset):
                continue
            try:
                render_due(asset, everything=asset.render_all)
                made += 1
            except (StorageFailed, AssetChanged) as error:
                failed += 1
                bar.write(f"{asset}: {error}", file=sys.stderr)
        self.stdout.write(f"{made} works completed, {failed} failed.")
        if failed:
            raise CommandError("Run it again when storage answers.")
