"""How a process is run is written once: units, compose, image, handbook and deploy-check say the same."""

import json
import re
import shlex

import pytest
import yaml

from smartspec.lib.processes import ROOT
from smartspec.tests.deployment import units

ADDRESS = {"--host", "--port"}
SERVICES = {"web": "web@8000", "web-too": "web@8000", "streams": "streams", "worker": "worker"}


def essence(command: list[str]) -> list[str]:
    """Without the folder of the program and without its address."""
    words = [command[0].rpartition("/")[2], *command[1:]]
    places = {words.index(name) for name in ADDRESS if name in words}
    return [word for place, word in enumerate(words) if place not in places and place - 1 not in places]


def of_the_image() -> list[str]:
    (command,) = re.findall(r"^CMD (.*)$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    return json.loads(command)


def compose() -> dict:
    return yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]


@pytest.mark.parametrize("service, unit", SERVICES.items())
def test_compose_starts_what_the_unit_starts(service, unit):
    command = compose()[service].get("command") or of_the_image()
    assert essence(command) == essence(units.read(unit).start)


@pytest.mark.parametrize("service, unit", SERVICES.items())
def test_compose_gives_what_the_unit_gives(service, unit):
    """The numbers at least: folders are named otherwise in a container."""
    wanted = {name: value for name, value in units.read(unit).environment.items() if value.isdigit()}
    given = compose()[service]["environment"]
    assert {name: given.get(name) for name in wanted} == wanted


def test_both_web_processes_of_compose_are_where_the_proxy_looks():
    published = [compose()[name]["ports"][0].rpartition(":")[0] for name in ("web", "web-too")]
    (looked,) = set(re.findall(r"\{\$WEB:([^}]*)\}", (ROOT / "deploy" / "Caddyfile").read_text()))
    assert published == looked.split()


def test_the_page_of_operations_tells_the_same_commands():
    told = (ROOT / "docs" / "operations.md").read_text()
    for unit in ("web@8000", "streams", "worker"):
        words = units.read(unit).start
        assert shlex.join([words[0].rpartition("/")[2], *words[1:]]).removeprefix("python ") in told


def test_a_web_process_has_threads_left_to_say_no(settings):
    threads = int(units.read("web@8000").option("--blocking-threads"))
    assert threads >= settings.REQUESTS_AT_ONCE + settings.STREAM_PLACES + 8


def test_a_unit_is_read_with_its_instance(tmp_path):
    unit = units.read("web@8002")
    assert unit.option("--port") == "8002"
    assert unit.environment["LEAVING_MARK"] == "/run/smartspec-web-8002/leaving"
    assert unit.patience == 30


def test_it_is_started_in_a_folder_of_its_own_at_another_address(tmp_path):
    unit = units.settled(units.read("web@8002"), folder=tmp_path, host="10.0.0.7", port=4711)
    assert (unit.option("--host"), unit.option("--port")) == ("10.0.0.7", "4711")
    assert unit.environment["LEAVING_MARK"] == f"{tmp_path}/run/smartspec-web-8002/leaving"
    assert f"touch {tmp_path}/run/smartspec-web-8002/leaving" in unit.stop[-1]


def test_a_process_says_that_it_leaves_before_it_is_stopped():
    """Where the proxy looks, and longer before than it takes to look."""
    unit = units.read("web@8000")
    caddyfile = (ROOT / "deploy" / "Caddyfile").read_text()
    assert unit.environment["LEAVING_MARK"] in unit.stop[-1]
    assert float(re.search(r"sleep (\d+)", unit.stop[-1])[1]) * 1000 > 2 * float(
        re.search(r"health_interval (\d+)ms", caddyfile)[1]
    )
