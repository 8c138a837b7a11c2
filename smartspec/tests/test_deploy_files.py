"""The files to deploy, as far as they can be looked at without an engine."""

import re
import shutil
import subprocess

import pytest
import yaml

from smartspec.lib.processes import ROOT

UNITS = ("web@", "streams", "worker")
GRACE = 20  # seconds that a worker gives its running jobs


def instructions() -> list[tuple[str, str]]:
    text = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [tuple(line.split(maxsplit=1)) for line in lines]


def compose() -> dict:
    return yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]


def unit(name: str) -> str:
    return (ROOT / "deploy" / f"smartspec-{name}.service").read_text()


def look_over(folder) -> subprocess.CompletedProcess:
    return subprocess.run([ROOT / "script/deploy-files", folder], capture_output=True, text=True, check=False)


def test_the_image_is_built_in_stages_and_does_not_run_as_root():
    words = instructions()
    bases = [rest for word, rest in words if word == "FROM"]
    assert len(bases) == 2
    assert all(re.search(r":\d", base) for base in bases)  # never the latest of something
    assert [rest for word, rest in words if word == "USER"] == ["smartspec"]
    assert not any(word == "ADD" for word, _rest in words)


def test_no_secret_and_no_local_file_gets_into_the_image():
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert {".env", ".local", ".git", ".venv"} <= set(ignored)
    assert not any("SECRET" in rest or "PASSWORD" in rest for _word, rest in instructions())


def test_compose_knows_the_whole_house():
    assert set(compose()) == {"migrate", "web", "web-too", "streams", "worker", "postgres", "redis"}


@pytest.mark.parametrize("service", ["web", "web-too", "streams", "worker"])
def test_nothing_starts_before_the_tables_stand_and_the_stores_answer(service):
    needs = compose()[service]["depends_on"]
    assert needs["migrate"]["condition"] == "service_completed_successfully"
    assert needs["postgres"]["condition"] == needs["redis"]["condition"] == "service_healthy"


def test_nobody_outside_reaches_the_stores_and_only_loopback_the_rest():
    ports = [port for service in compose().values() for port in service.get("ports", ())]
    assert all(port.startswith("127.0.0.1:") for port in ports)
    assert not compose()["postgres"].get("ports")
    assert not compose()["redis"].get("ports")


@pytest.mark.parametrize("name", UNITS)
def test_systemd_lets_running_work_end_by_itself(name):
    assert int(re.search(r"TimeoutStopSec=(\d+)", unit(name))[1]) > GRACE
    assert "User=smartspec" in unit(name)


def test_what_is_installed_here_finds_the_files_in_order():
    done = look_over("deploy")
    assert done.returncode == 0, done.stdout


def test_a_misspelt_unit_is_named(tmp_path):
    if not shutil.which("systemd-analyze"):
        assert "systemd-analyze is not installed" in look_over(tmp_path).stdout
        return
    broken = unit("web@").replace("TimeoutStopSec=30", "TimeoutStop=whenever")
    (tmp_path / "smartspec-web@.service").write_text(broken)
    done = look_over(tmp_path)
    assert done.returncode == 1
    assert "TimeoutStop" in done.stdout
