"""How many accepted tasks two workers deliver in a second, when the provider is done at once."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from benchmarks.accounting import processor_seconds
from benchmarks.buyers import ordered
from benchmarks.contest import Unexpected
from benchmarks.ground import Ground, worker
from benchmarks.run import Run
from benchmarks.table import Line
from generation.models import GenerationTask
from smartspec.lib.processes import Process

TASKS = 400
WORKERS = CORES = 2
FEWEST_PER_SECOND = 25
RESULT_BYTES = 20_000
RESULT_SIZE = (512, 512)
PATIENCE = 600.0  # seconds
LOOK_EVERY = 0.25  # seconds


@dataclass
class Shift:
    """What it took to bring all tasks home: seconds by the clock, and of processor time by whom."""

    seconds: float
    spent: dict[str, float]

    @classmethod
    def of(cls, families: dict[str, Sequence[int]], work: Callable[[], None]) -> "Shift":
        """Watch these families of processes until `work` returns."""
        began, before = time.monotonic(), {name: processor_seconds(*pids) for name, pids in families.items()}
        work()
        seconds = time.monotonic() - began
        spent = {name: processor_seconds(*pids) - before[name] for name, pids in families.items() if pids}
        return cls(seconds, spent)

    def told(self, pieces: int) -> str:
        each = ", ".join(f"{name} {spent * 1000 / pieces:.1f}" for name, spent in self.spent.items())
        total = sum(self.spent.values()) * 1000 / pieces
        return f"{total:.1f} ms of processor time each ({each})"

    def at_most(self, pieces: int) -> float:
        """How many a second two cores have time for that do nothing else."""
        return CORES * pieces / sum(self.spent.values())


def lines(run: Run) -> Iterator[Line]:
    picture = run.ground.folder / "result.png"
    write_picture(picture)
    ordered_ids = [task.pk for task in ordered(TASKS)]
    shift = brought_home(run.ground, picture, GenerationTask.objects.filter(pk__in=ordered_ids))
    rate = TASKS / shift.seconds
    what = "accepted tasks delivered, instant provider"
    shown = f"{rate:.1f} a second ({TASKS} tasks, {WORKERS} workers); {shift.told(TASKS)}: "
    shown += f"idle, two cores have time for {shift.at_most(TASKS):.1f}"
    yield Line(what, rate, FEWEST_PER_SECOND, shown, " a second", at_least=True)


def brought_home(ground: Ground, picture: Path, tasks) -> Shift:
    """Start the workers and wait until every one of the accepted `tasks` is delivered."""
    with ExitStack() as stack:
        provider, url = stack.enter_context(instant_provider(ground, picture))
        env = {"KIE_AI_BASE_URL": f"{url}/api/v1/jobs"}
        process = stack.enter_context(worker(ground, workers=WORKERS, env=env))
        families = {"worker": [process.pid], "provider": [provider.pid], "servers": ground.server_pids}
        open_tasks = tasks.filter(status__in=("pending", "processing"))
        shift = Shift.of(families, lambda: wait(process, open_tasks))
    if lost := tasks.exclude(status="completed").count():
        raise Unexpected(f"{lost} tasks were not delivered: {process.text()[-2000:]}")
    return shift


def wait(process: Process, open_rows) -> None:
    """Until no row is left; looking costs next to nothing."""
    ends_at = time.monotonic() + PATIENCE
    while open_rows.exists():
        if time.monotonic() > ends_at or process.popen.poll() is not None:
            raise Unexpected(process.text()[-3000:])
        time.sleep(LOOK_EVERY)


@contextmanager
def instant_provider(ground: Ground, picture: Path) -> Iterator[tuple[Process, str]]:
    program = [sys.executable, "-m", "benchmarks.provider", str(picture)]
    process = Process(program, log=ground.folder / "provider.log").says("provider ready ")
    try:
        yield process, process.text().split("provider ready ")[1].split()[0]
    finally:
        process.stop()


def write_picture(path: Path) -> None:
    """A soft PNG of about `RESULT_BYTES`."""
    across = Image.linear_gradient("L").resize(RESULT_SIZE)
    around = Image.radial_gradient("L").resize(RESULT_SIZE)
    soft = Image.merge("RGB", (across, around, across.rotate(90)))
    for colours in range(256, 2, -8):
        soft.quantize(colours).convert("RGB").save(path)
        if path.stat().st_size <= RESULT_BYTES:
            return
