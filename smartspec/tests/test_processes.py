import signal
import sys

import pytest

from smartspec.lib.processes import NotReady, Process, free_port, is_open
from smartspec.tests.worker.conftest import is_alive, wait_until

FAMILY = "import os, time; os.fork(); print('pid', os.getpid(), flush=True); time.sleep(600)"
DEAF = "import signal, time; signal.signal(15, signal.SIG_IGN); print('ready', flush=True); time.sleep(600)"
OWNER = """
import sys, time
from pathlib import Path
from smartspec.lib.processes import Process
child = Process([sys.executable, "-c", "import time; time.sleep(600)"], log=Path(sys.argv[1]))
print("child", child.pid, flush=True)
time.sleep(600)
"""


def python(program: str, *args: str) -> list[str]:
    return [sys.executable, "-c", program, *args]


def pids(process: Process) -> list[int]:
    return [int(line.split()[1]) for line in process.text().splitlines()]


def test_a_program_that_ends_instead_of_getting_ready_shows_its_last_words(tmp_path):
    process = Process(python("raise SystemExit('no disk')"), log=tmp_path / "log")
    with pytest.raises(NotReady, match="no disk"):
        process.says("ready")


def test_a_program_that_stays_silent_is_not_waited_for_for_ever(tmp_path):
    process = Process(python("import time; time.sleep(600)"), log=tmp_path / "log")
    with pytest.raises(NotReady):
        process.says("ready", seconds=0.1)
    process.kill()


def test_stopping_ends_the_whole_family(tmp_path):
    process = Process(python(FAMILY), log=tmp_path / "log")
    wait_until(lambda: len(pids(process)) == 2)
    process.stop()
    wait_until(lambda: not any(map(is_alive, pids(process))))


def test_a_program_deaf_to_its_signal_is_killed(tmp_path):
    deaf = (
        "import signal, time; signal.signal(15, signal.SIG_IGN); print('ready', flush=True); time.sleep(600)"
    )
    process = Process(python(deaf), log=tmp_path / "log").says("ready")
    assert process.stop(seconds=0.2) == -signal.SIGKILL


def test_a_program_ends_with_its_owner(tmp_path):
    owner = Process(python(OWNER, str(tmp_path / "child")), log=tmp_path / "owner").says("child")
    (child,) = pids(owner)
    owner.popen.kill()
    owner.popen.wait()
    wait_until(lambda: not is_alive(child))


def test_a_later_program_leaves_the_earlier_log_alone(tmp_path):
    logs = []
    for word in ("one", "two", "three"):
        process = Process(python(f"print('{word}')"), log=tmp_path / "it.log")
        process.popen.wait()
        logs.append((process.log.name, process.text()))
    assert logs == [("it.log", "one\n"), ("it-2.log", "two\n"), ("it-3.log", "three\n")]


def test_a_free_port_is_nobodys():
    assert not is_open(free_port())
