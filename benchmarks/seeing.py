"""How soon a client that polls sees its picture, after the provider has it: with a callback and without."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from statistics import median, quantiles

from benchmarks.buyers import ORDER, buyers
from benchmarks.contest import Unexpected
from benchmarks.ground import web, worker
from benchmarks.run import Run
from benchmarks.table import Line
from generation.models import GenerationTask
from generation.sandbox.server import Sandbox
from smartspec.lib.processes import free_port

CLIENTS = 50
WORKERS = 2
WAYS = {"after a callback": ({}, 1), "without a callback": ({"no-callback": True}, 5)}  # faults, seconds


def lines(run: Run) -> Iterator[Line]:
    with ExitStack() as stack:
        sandbox = stack.enter_context(Sandbox(run.ground.folder / "sandbox", rate=0))
        port = free_port()
        env = {
            "KIE_AI_BASE_URL": f"{sandbox.url}/api/v1/jobs",
            "SITE_URL": f"http://127.0.0.1:{port}",
            "CALLBACK_URL": f"http://127.0.0.1:{port}",
        }
        stack.enter_context(web(run.ground, threads=8, port=port, env=env))
        stack.enter_context(worker(run.ground, workers=WORKERS, env=env))
        for way, (faults, limit) in WAYS.items():
            sandbox.desk.mode.set({"sketch": True, "faults": faults})
            late = sorted(lateness(sandbox, port))
            ninth = quantiles(late, n=10)[-1]
            shown = f"{median(late):.2f} s; nine of ten within {ninth:.2f} s ({CLIENTS} clients)"
            yield Line(f"a finished picture seen by polling, {way}: median", median(late), limit, shown, " s")


def lateness(sandbox: Sandbox, port: int) -> list[float]:
    """Seconds from the moment the provider had each picture until its client saw the task complete."""
    orders = [(secret, ORDER) for _buyer, secret in buyers()[:CLIENTS]]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.watchers"],
        input=json.dumps({"port": port, "orders": orders}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Unexpected(done.stderr[-3000:])
    return [seen_at - finished_at(sandbox, task_id) for task_id, seen_at in json.loads(done.stdout)]


def finished_at(sandbox: Sandbox, task_id: str) -> float:
    task = GenerationTask.objects.get(pk=task_id)
    if task.status != "completed":
        raise Unexpected(f"{task.status}: {task.error_code} {task.error_raw}")
    return sandbox.desk.find(task.external_task_id, "jobs").completed_ms / 1000
