"""manage.py renditions: what every stored work is shown with, made anew where it is needed."""

import sys
from collections.abc import Callable

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from storage_app import derivatives, provenance, renditions
from storage_app.errors import StorageFailed, Unreadable
from storage_app.models import Asset
from storage_app.renditions import AssetChanged

PAGE = 200  # rows


class Command(BaseCommand):
    help = "Make thumbnails, posters, cards and social pictures anew where it is needed."

    def add_arguments(self, parser):
        one = parser.add_mutually_exclusive_group(required=True)
        one.add_argument("--missing", action="store_true", help="make what is missing")
        one.add_argument(
            "--recipe", type=int, choices=sorted(derivatives.RECIPES), help="bring thumbnails to this recipe"
        )
        one.add_argument(
            "--likeness", action="store_true", help="remember how works look, where nobody has looked yet"
        )
        one.add_argument("--cards", action="store_true", help="tell lists anew what there is to show")

    def handle(self, *, missing: bool, recipe: int | None, likeness: bool, cards: bool, **options):
        if missing:
            self.work_on(Asset.objects.all(), renditions.complete)
        elif recipe:
            outdated = Asset.objects.exclude(recipe=recipe)
            self.work_on(outdated, lambda asset: renditions.remake(asset, recipe=recipe))
        elif likeness:
            self.work_on(Asset.objects.unseen(), provenance.look_at)
        elif cards:
            self.work_on(Asset.objects.all(), renditions.announce)

    def work_on(self, assets, work: Callable[[Asset], bool]) -> None:
        """`work` says whether there was anything to do; what fails is told, and holds up nothing."""
        done = failed = 0
        with tqdm(total=assets.count(), unit="file", file=sys.stderr) as bar:
            for asset in assets.in_pages(PAGE):
                try:
                    done += work(asset)
                except (StorageFailed, AssetChanged, Unreadable) as error:
                    failed += 1
                    bar.write(f"{asset}: {error.__cause__ or error}", file=sys.stderr)
                bar.update()
        self.stdout.write(f"{done} works completed, {failed} failed.")
        if failed:
            raise CommandError("Run it again when storage answers.")
