"""`manage.py kie_sandbox` as a process: it says when it is ready and leaves at once when told to."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import requests

PROJECT = Path(__file__).resolve().parents[3]


def test_the_command_says_where_it_listens_and_stops_on_sigterm(tmp_path):
    command = [sys.executable, "manage.py", "kie_sandbox", "--port", "0", "--dir", tmp_path, "--key", "k"]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True, env=os.environ) as process:
        line = process.stdout.readline()
        assert line.startswith("sandbox ready http://127.0.0.1:")
        url = f"{line.split()[-1]}/api/v1/chat/credit"
        answer = requests.get(url, headers={"Authorization": "Bearer k"}, timeout=10)
        assert answer.json()["data"] == 100_000.0
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
    assert (tmp_path / "creates.jsonl").exists()
