"""Threads of one process share a few connections, and who only waits holds none."""

import json
import os
import subprocess
import sys
import threading

import pytest
import requests
from django.db import connection

from accounts import keys
from accounts.tests.factories import make_user
from smartspec.lib.lending import give_back
from smartspec.lib.processes import ROOT
from smartspec.tests.servers import programs
from smartspec.tests.worker.conftest import wait_until

ASK = """
import json
from smartspec import settings
row = settings.DATABASES["default"]
print(json.dumps([row["OPTIONS"].get("pool"), row["CONN_MAX_AGE"]]))
"""


def chosen(tmp_path, **env: str) -> list:
    """[the pool's options, how long a thread keeps its connection] as the settings say."""
    env = os.environ | {"LOCAL_DIR": str(tmp_path)} | env
    done = subprocess.run(
        [sys.executable, "-c", ASK], cwd=ROOT, env=env, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def test_a_pool_replaces_connections_that_threads_keep(tmp_path):
    pool, kept = chosen(tmp_path, DATABASE_URL="postgres://a@127.0.0.1/b", DATABASE_POOL="8")
    assert (pool["max_size"], pool["timeout"], kept) == (8, 5, 0)


@pytest.mark.parametrize(
    "env",
    [
        {"DATABASE_URL": "postgres://a@127.0.0.1/b"},
        {"DATABASE_URL": "postgres://a@127.0.0.1/b", "DATABASE_POOL": "0"},
        {"DATABASE_URL": "sqlite:///:memory:", "DATABASE_POOL": "8"},
    ],
    ids=["nothing said", "none wanted", "sqlite"],
)
def test_without_a_pool_a_thread_keeps_its_connection_for_a_minute(tmp_path, env):
    assert chosen(tmp_path, **env) == [None, 60]


@pytest.mark.django_db
def test_without_a_pool_nothing_is_given_back():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    before = connection.connection
    give_back()
    assert connection.connection is before is not None


@pytest.mark.processes
@pytest.mark.postgres_only(reason="SQLite has no pool")
def test_who_waits_for_a_result_leaves_the_only_connection_to_others(transactional_db, tmp_path):
    _row, key = keys.issue(user=make_user("patient"), name="test", scopes=["generate", "account:read"])
    env = {"DATABASE_POOL": "1", "KIE_AI_API_KEY": "key", "KIE_AI_BASE_URL": "http://127.0.0.1:9/api/v1/jobs"}
    web, url = programs.web(tmp_path, env)
    session = requests.Session()
    session.headers["X-API-Key"] = key
    answers = []

    def order() -> None:
        body, prefer = {"prompt": "a boat", "model_id": "z-image"}, {"Prefer": "wait=8"}
        answer = requests.post(
            f"{url}/api/v1/generation/image", json=body, headers=prefer | dict(session.headers), timeout=60
        )
        answers.append(answer.status_code)

    waiting = threading.Thread(target=order)
    waiting.start()
    wait_until(lambda: session.get(f"{url}/api/v1/me", timeout=60).json()["credits"]["held"] > 0)
    statuses = {session.get(f"{url}/api/v1/me", timeout=60).status_code for _time in range(5)}
    assert (statuses, answers) == ({200}, [])  # nobody works here: the order still waits
    waiting.join()
    web.stop()
    assert answers == [202]
