"""The drill: restored under another database, other buckets and another SECRET_KEY, all goes on."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from smartspec.lib.processes import ROOT, Process, free_port
from smartspec.tests.servers import postgres, programs, s3
from smartspec.tests.worker.conftest import wait_until

pytestmark = [pytest.mark.processes, pytest.mark.sqlite_only(reason="it brings its own PostgreSQL and S3")]
OTHER_BUCKETS = {
    "CLOUDFLARE_R2_BUCKET_NAME": "other-media",
    "CLOUDFLARE_R2_PRIVATE_BUCKET_NAME": "other-private",
}


class House:
    """One installation: its environment, and its programs while they run."""

    def __init__(self, folder: Path, env: dict[str, str]):
        self.folder, self.env, self.running = folder, os.environ | env, []
        self.url = ""

    def manage(self, *words: str) -> str:
        return self.run(sys.executable, "manage.py", *words)

    def run(self, *command: str) -> str:
        done = subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.strip()

    def open(self, *, worker: bool = True) -> None:
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.env |= {"SITE_URL": self.url, "CALLBACK_URL": self.url}
        options = ["--interface", "wsgi", "--port", str(port), "--blocking-threads", "4"]
        web = [sys.executable, "-m", "granian", *options, "smartspec.wsgi:application"]
        self.running.append(Process(web, log=self.folder / "web.log", env=self.env).answers(port))
        if worker:
            self.work()

    def work(self) -> None:
        command = [*programs.MANAGE, "worker", "--workers", "1"]
        process = Process(command, log=self.folder / "worker.log", env=self.env)
        self.running.append(process.says("worker ready"))

    def close(self) -> None:
        while self.running:
            self.running.pop().stop()

    def order(self, key: str) -> dict:
        answer = requests.post(
            f"{self.url}/api/v1/generation/image",
            json={"prompt": "a lighthouse"},
            headers={"X-API-Key": key},
            timeout=20,
        )
        assert answer.status_code == 202, answer.text
        return answer.json()

    def task(self, key: str, id: str) -> dict:
        url = f"{self.url}/api/v1/generation/tasks/{id}"
        return requests.get(url, headers={"X-API-Key": key}, timeout=20).json()

    def finished(self, key: str, id: str) -> dict:
        wait_until(lambda: self.task(key, id)["status"] not in ("pending", "processing"), seconds=60)
        return self.task(key, id)


@pytest.fixture
def servers(tmp_path) -> Iterator[dict[str, str]]:
    """What both houses share: a database server, an S3 server, the provider, and the folder of pg_dump."""
    place = Path(tempfile.mkdtemp(prefix="smartspec-drill-"))
    place.chmod(0o755)  # PostgreSQL may have to run as somebody else
    database, url = postgres.start(place)
    bucket = s3.start(tmp_path / "s3")
    for name in OTHER_BUCKETS.values():
        s3.client(bucket.environment["CLOUDFLARE_R2_ENDPOINT"]).create_bucket(Bucket=name)
    provider, base_url = programs.sandbox(tmp_path, "--speed", "5")
    yield bucket.environment | {
        "DATABASE_URL": url,
        "KIE_AI_BASE_URL": base_url,
        "KIE_AI_API_KEY": "sandbox-key",
        "GENERATION_RESULT_HOSTS": "127.0.0.1",
        "PG_BIN": str(postgres.installation() / "bin"),
        "VENV": sys.prefix,
    }
    for process in (provider, bucket.process):
        process.stop()
    database.stop(2)
    shutil.rmtree(place)


@pytest.fixture
def old(servers, tmp_path) -> Iterator[House]:
    house = House(tmp_path / "old", servers | {"SECRET_KEY": "o" * 50})
    yield house
    house.close()


@pytest.fixture
def new(servers, tmp_path) -> Iterator[House]:
    """Nothing is in it yet."""
    house = House(tmp_path / "new", servers | OTHER_BUCKETS | {"SECRET_KEY": "n" * 50})
    house.env["DATABASE_URL"] = servers["DATABASE_URL"].removesuffix("/postgres") + "/restored"
    house.run(f"{servers['PG_BIN']}/psql", servers["DATABASE_URL"], "-c", "CREATE DATABASE restored")
    yield house
    house.close()


def test_a_restored_house_goes_on_where_the_old_one_stood(old, new, tmp_path):
    old.manage("migrate", "--noinput")
    key = old.manage("createuser", "curator", "--staff", "--key")
    old.open()
    done = old.finished(key, old.order(key)["id"])
    assert done["status"] == "completed"
    old.close()
    old.open(worker=False)
    waiting = old.order(key)
    old.run("script/backup", str(tmp_path / "backup"))
    old.close()

    new.run("script/restore", str(tmp_path / "backup"))
    new.open()
    again = new.task(key, done["id"])  # the key of before still opens
    picture = requests.get(again["output_url"], timeout=20)
    assert picture.content == requests.get(done["output_url"], timeout=20).content
    assert "other-private" in again["output_url"]
    assert new.finished(key, waiting["id"])["status"] == "completed"  # a task in flight goes on
    assert new.finished(key, new.order(key)["id"])["status"] == "completed"
    assert new.manage("storage_audit").startswith("0 missing, 0 orphaned, 0 wrong size")
    streams = requests.get(f"{new.url}{waiting['urls']['events'].removeprefix(old.url)}", timeout=20)
    assert streams.status_code in (401, 403)  # signed with the key of before
