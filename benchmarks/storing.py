"""Memory: what a worker grows by while it stores a film of 500 MB.

The film lies at the local provider as the result of a finished order, and the shipped worker fetches,
probes, stores and delivers it.
"""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from accounts import people
from benchmarks import accounting
from benchmarks.accounting import memory_bytes
from benchmarks.contest import Unexpected
from benchmarks.film import write_film
from benchmarks.ground import worker
from benchmarks.run import Run
from benchmarks.table import Line
from generation import services
from generation.models import GenerationTask
from generation.sandbox.server import Sandbox
from generation.sandbox.tasks import Task as ProviderTask
from generation.states import COMPLETED, STORING
from smartspec.lib.processes import Process

MEGABYTE = 2**20
FILM = 500 * MEGABYTE
MOST_GROWTH = 64  # MB
SETTLED = 3.0  # seconds after which an idle worker has its shape
PATIENCE = 300.0  # seconds
LOOK_EVERY = 0.02  # seconds
MODEL = "wan/2-6-text-to-video"


@dataclass
class Memory:
    """Bytes: of the worker when idle and at most, and the most of all its children together."""

    idle: int
    peak: int
    children: int


def lines(run: Run) -> Iterator[Line]:
    folder = run.ground.folder / "provider"
    with Sandbox(folder) as sandbox:
        film = sandbox.desk.results / "film.mp4"
        write_film(film, size=FILM)
        order = finished_order(sandbox)
        with worker(run.ground, workers=1, env={"KIE_AI_BASE_URL": f"{sandbox.url}/api/v1/jobs"}) as process:
            memory = observed(process, order)
        film.unlink()
    growth = (memory.peak - memory.idle) / MEGABYTE
    shown = (
        f"{growth:.1f} MB, from {memory.idle / MEGABYTE:.0f} to {memory.peak / MEGABYTE:.0f} MB; "
        f"its decoding child {memory.children / MEGABYTE:.0f} MB at most"
    )
    yield Line("a result of 500 MB stored: growth of the worker", growth, MOST_GROWTH, shown, " MB")


def finished_order(sandbox: Sandbox) -> str:
    """An order that the provider has carried out; its result is the film."""
    order = ProviderTask("f" * 32, "jobs", MODEL, {}, state="success", files=["film.mp4"])
    sandbox.desk.journal.save(order)
    return order.id


def observed(process: Process, external_id: str) -> Memory:
    """The worker from idle until it has delivered the film."""
    time.sleep(SETTLED)
    [child] = accounting.family(process.pid)[1:]
    idle = memory_bytes(child, "VmRSS")
    accounting.forget_peak(child)
    task = task_of(external_id)
    ends_at, children = time.monotonic() + PATIENCE, 0
    while not is_done(task):
        if time.monotonic() > ends_at or process.popen.poll() is not None:
            raise Unexpected(process.text()[-3000:])
        below = accounting.family(child)[1:]
        children = max(children, sum(resident(pid) for pid in below))
        time.sleep(LOOK_EVERY)
    if task.outputs.get().asset.bytes < FILM:
        raise Unexpected("what was stored is not the film")
    return Memory(idle=idle, peak=memory_bytes(child, "VmHWM"), children=children)


def resident(pid: int) -> int:
    try:
        return memory_bytes(pid, "VmRSS")
    except (FileNotFoundError, ProcessLookupError):
        return 0


def task_of(external_id: str) -> GenerationTask:
    """A paid task whose result waits to be fetched."""
    user = people.create_user(username=f"viewer-{os.getpid()}", credits=Decimal(10_000))
    with transaction.atomic():
        body = {"prompt": "Rain on a tin roof", "model_id": MODEL}
        task, _replayed = services.submit(user=user, task_type="video", body=body)
        now = timezone.now()
        GenerationTask.objects.filter(pk=task.pk).update(
            status=STORING.status,
            stage=STORING.stage,
            external_task_id=external_id,
            started_at=now,
            due_at=now,
        )
    return task


def is_done(task: GenerationTask) -> bool:
    task.refresh_from_db()
    if task.status == "failed":
        raise Unexpected(f"{task.error_code}: {task.error_raw}")
    return task.status == COMPLETED.status
