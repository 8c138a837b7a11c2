"""How PostgreSQL means to answer every public question of a large gallery."""

from collections.abc import Iterator

from benchmarks import exhibition
from benchmarks.run import Run
from benchmarks.table import Line
from gallery.models import Category, Item
from gallery.tests.plans import faults, questions


def lines(run: Run) -> Iterator[Line]:
    newest = Item.objects.listed().newest()
    asked = questions(
        item=newest.filter(media_type="image")[7],
        shelf=Category.objects.get(slug="rain"),
        common="light",
        rare=str(exhibition.WORKS - 1),
        several="lantern 77",
    )
    found = faults(asked)
    shown = (
        f"{len(found)} of {len(asked)}{''.join(f'; {name}: {wrong}' for name, (wrong, _) in found.items())}"
    )
    yield Line("public questions that read or sort a large table", len(found), 0, shown)
