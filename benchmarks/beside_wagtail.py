"""The same gallery in Wagtail, with its own environment and database: what its pages cost beside ours."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from benchmarks import contest
from benchmarks.contest import Costs, Host, Request, Runner
from benchmarks.cores import SERVER_CORE, on_core
from benchmarks.galleries import address_of
from benchmarks.pages import ITEMS, NUMBERED, PAGES, STEP, get, numbered
from benchmarks.run import Run
from benchmarks.table import Line
from gallery.models import Item
from smartspec.lib.processes import Process, free_port

SITE = Path(__file__).with_name("peers") / "wagtail"
HOME = settings.BASE_DIR / ".local" / "peers" / "wagtail"
FIELDS = "description,prompt,model_name,hung_at,thumbnail"
BARS = {"list": 8, "work": 5, "api": 4, "search": 5}  # how many times ours Wagtail's may cost, at least


def lines(run: Run) -> Iterator[Line]:
    python = installed()
    with web(run, python) as host:
        for name, theirs in asked().items():
            page = PAGES[name]
            lanes = [(host, Runner(f"Wagtail: {page.what}", theirs)), (run.host, Runner(name, page.requests))]
            costs = Costs(*contest.take_turns(lanes, rounds=run.rounds))
            what = f"{page.what}: what Wagtail's costs, times ours"
            yield Line(what, costs.ratio, BARS[name], costs.told(), at_least=True)


def installed() -> Path:
    """Wagtail's own Python; needs a package registry the first time."""
    python = HOME / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(HOME)], check=True)
    wanted = str(SITE / "requirements.txt")
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", "-r", wanted], check=True)
    return python


@contextmanager
def web(run: Run, python: Path) -> Iterator[Host]:
    env = {
        "DJANGO_SETTINGS_MODULE": "peer.settings",
        "PYTHONPATH": str(SITE),
        "PEER_DATABASE_URL": database(),
        "PEER_MEDIA": str(run.ground.folder / "peer-media"),
    }
    works = run.ground.folder / "works.json"
    works.write_text(json.dumps(list(hung())))
    subprocess.run([str(python), "-m", "peer.hang", str(works)], env=os.environ | env, check=True)
    port = free_port()
    command = [str(python), "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", "1", "--blocking-threads", "1", "peer.wsgi:application"]
    server = Process(on_core(SERVER_CORE, command), log=run.ground.folder / "wagtail.log", env=env)
    try:
        server.answers(port, seconds=60)
        yield Host(port, (server.pid, *run.ground.server_pids))
    finally:
        server.stop()


def database() -> str:
    """An empty one beside ours."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("CREATE DATABASE peer")
    return address_of("peer")


def hung() -> Iterator[dict]:
    found = Item.objects.listed().newest().prefetch_related("placements__category")
    for number, item in enumerate(found):
        [shelf] = [place.category.name for place in item.placements.all() if place.is_own]
        told = ("title", "description", "prompt", "model_id")
        yield {name: getattr(item, name) for name in told} | {
            "published_at": item.published_at.isoformat(),
            "shelf": shelf,
            "slug": f"work-{number}",  # Wagtail takes no vowel signs, of which Thai slugs are full
        }


def asked() -> dict[str, list[Request]]:
    """Wagtail's addresses for what ours are asked for."""
    api = f"/api/v2/pages/?type=peer.WorkPage&fields={FIELDS}&limit=24&order=-hung_at"
    queries = [path.partition("?")[2] for _method, path, *_rest in PAGES["search"].requests]
    return {
        "list": [get(f"/{numbered(page)}") for page in range(1, NUMBERED + 1)],
        "work": [get(f"/work-{number * STEP}/") for number in range(ITEMS)],
        "api": [get(f"{api}&offset={24 * page}") for page in range(NUMBERED)],
        "search": [get(f"/search/?{query}") for query in queries],
    }
