"""How many results of 512 × 512 two workers bring through storage and every rendition in a minute."""

from collections.abc import Iterator

from django.utils import timezone

from benchmarks.buyers import ordered
from benchmarks.delivering import WORKERS, Shift, brought_home, wait
from benchmarks.ground import worker
from benchmarks.run import Run
from benchmarks.table import Line
from benchmarks.uhd import painted
from generation.models import GenerationTask, TaskOutput
from generation.states import STORING
from storage_app.models import Asset

RESULTS = 200
SIDE = 512
FEWEST_PER_MINUTE = 400


def lines(run: Run) -> Iterator[Line]:
    picture = run.ground.folder / "square.png"
    painted("A lotus pond in the rain", SIDE, SIDE).save(picture)
    stored = brought_home(run.ground, picture, finished_orders())
    drawn = every_rendition(run)
    rate = RESULTS * 60 / (stored.seconds + drawn.seconds)
    weight = f"{picture.stat().st_size / 1000:.0f} kB"
    parts = f"stored: {stored.told(RESULTS)}; renditions: {drawn.told(RESULTS)}: "
    parts += f"idle, two cores have time for {at_most(stored, drawn):.0f}"
    shown = f"{rate:.0f} a minute ({RESULTS} results of {weight}, {WORKERS} workers); {parts}"
    what = f"results of {SIDE} × {SIDE} stored with every rendition"
    yield Line(what, rate, FEWEST_PER_MINUTE, shown, " a minute", at_least=True)


def at_most(*shifts: Shift) -> float:
    """A minute, on two cores that do nothing else."""
    return 60 / sum(1 / shift.at_most(RESULTS) for shift in shifts)


def finished_orders():
    """Tasks whose results wait at the provider."""
    ids = [task.pk for task in ordered(RESULTS)]
    tasks = GenerationTask.objects.filter(pk__in=ids)
    now = timezone.now()
    for number, pk in enumerate(ids):
        tasks.filter(pk=pk).update(
            status=STORING.status,
            stage=STORING.stage,
            external_task_id=f"{number:032x}",
            started_at=now,
            due_at=now,
        )
    return tasks


def every_rendition(run: Run) -> Shift:
    """As for published works: whatever the first thumbnail left to do."""
    assets = Asset.objects.filter(pk__in=TaskOutput.objects.values("asset_id"))
    assets.update(render_all=True, due_at=timezone.now())
    with worker(run.ground, workers=WORKERS) as process:
        return Shift.of({"worker": [process.pid]}, lambda: wait(process, assets.exclude(due_at=None)))
