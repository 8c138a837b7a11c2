"""What the lists of the admin cost where every table holds a million rows, beside the same ones of 2,000."""

from collections.abc import Iterator
from contextlib import ExitStack

from django.conf import settings
from django.test import Client

from accounts.models import User
from accounts.tests.factories import make_user
from benchmarks import contest, galleries
from benchmarks.contest import Costs, Host, Request, Runner
from benchmarks.ground import web
from benchmarks.pages import compared, get
from benchmarks.run import Run
from benchmarks.table import Line
from smartspec.tests import full_tables

FEW, MANY = 2_000, 1_000_000
MOST_GROWTH = 1.2
LISTS = {  # in the words of the report: addresses
    "people": ["accounts/user/", "accounts/user/?is_staff__exact=1", "accounts/user/?q=maker-77"],
    "keys": ["accounts/apikey/", "accounts/apikey/?revoked_at__isempty=0", "accounts/apikey/?q=maker-777"],
    "ledger": ["accounts/ledgerentry/", "accounts/ledgerentry/?q=maker-777"],
    "audit log": ["accounts/auditentry/", "accounts/auditentry/?q=maker-777"],
    "works": ["gallery/item/?status=all", "gallery/item/?status=approved", "gallery/item/?q=boat-777"],
    "reports": ["gallery/report/?state=closed"],
    "reservations": ["gallery/reservation/"],
    "tasks": ["generation/generationtask/", "generation/generationtask/?q=ext-777"],
}
OPEN = {"STAFF_TWO_STEP": "false"}  # the second step is a page of its own


def lines(run: Run) -> Iterator[Line]:
    everything = full_tables.originals()
    full_tables.fill(everything, range(1, FEW + 1))
    keeper = signed_in()
    aside = galleries.copied_aside()
    full_tables.fill(everything, range(FEW + 1, MANY + 1))
    with ExitStack() as stack:
        many, few = (served(run, stack, env) for env in (OPEN, OPEN | {"DATABASE_URL": aside}))
        for name, paths in LISTS.items():
            runner = Runner(name, [for_staff(f"/admin/{path}", keeper) for path in paths])
            found = contest.take_turns([(many, runner), (few, runner)], rounds=run.rounds)
            what = f"admin, list of {name}, {MANY:,} rows: times the same of {FEW:,}"
            yield compared(what, Costs(*found), MOST_GROWTH)


def served(run: Run, stack: ExitStack, env: dict[str, str]) -> Host:
    port, pid = stack.enter_context(web(run.ground, env=env))
    return Host(port, (pid, *run.ground.server_pids))


def signed_in() -> str:
    """A cookie of somebody who may see everything."""
    boss = make_user("bench-boss", is_staff=True)
    client = Client()
    client.force_login(User.objects.get(pk=boss.pk))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def for_staff(path: str, cookie: str) -> Request:
    method, address, headers, body = get(path)
    return method, address, headers | {"Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}"}, body
