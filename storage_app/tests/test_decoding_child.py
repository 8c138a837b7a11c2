"""The decoding child may die in any way: we lose one file, never the worker."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from smartspec.lib.sandboxed import ChildFailed, OutOfTime, WarmChild
from storage_app.tests import media

CHILD = """
import json, os, sys, time
for line in sys.stdin:
    asked = json.loads(line)
    if asked["do"] == "die": os.kill(os.getpid(), 9)
    if asked["do"] == "hang": time.sleep(60)
    if asked["do"] == "babble": print("not an answer", flush=True); continue
    print(json.dumps({"pid": os.getpid(), "secrets": sorted(os.environ), "said": asked["do"]}), flush=True)
"""


@pytest.fixture
def child(tmp_path):
    """A warm child that does as it is told."""
    (tmp_path / "obedient.py").write_text(CHILD)
    warm = WarmChild("obedient", folder=tmp_path, memory_bytes=2**30, jobs=3)
    yield warm
    warm.close()


@pytest.fixture
def decoder():
    warm = WarmChild("storage_app.decoding", folder=settings.BASE_DIR, memory_bytes=2**30)
    yield warm
    warm.close()


def told(do: str, **rest) -> dict:
    return {"do": do, **rest}


def describe(path: Path, reader: str, media_type: str = "image", max_pixels: int = 10**9) -> dict:
    asked = {"media_type": media_type, "path": str(path), "reader": reader, "max_pixels": max_pixels}
    return told("describe", **asked)


def is_running(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


def until(condition, seconds: float = 20.0) -> bool:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


def test_one_child_answers_many_questions(child):
    assert child.ask(told("a"), seconds=20)["pid"] == child.ask(told("b"), seconds=20)["pid"]


def test_a_child_that_has_worked_enough_is_replaced(child):
    pids = [child.ask(told("a"), seconds=20)["pid"] for _ in range(4)]
    assert pids[0] == pids[2] != pids[3]


def test_a_child_that_dies_on_a_file_fails_that_file_and_no_other(child):
    with pytest.raises(ChildFailed):
        child.ask(told("die"), seconds=20)
    assert child.ask(told("a"), seconds=20)["said"] == "a"


def test_a_child_that_was_shot_between_two_files_is_not_missed(child):
    os.kill(child.ask(told("a"), seconds=20)["pid"], signal.SIGKILL)
    assert child.ask(told("b"), seconds=20)["said"] == "b"


def test_a_child_that_hangs_is_killed_when_its_time_is_over(child):
    pid = child.ask(told("a"), seconds=20)["pid"]
    with pytest.raises(OutOfTime):
        child.ask(told("hang"), seconds=0.3)
    assert until(lambda: not is_running(pid))
    assert child.ask(told("b"), seconds=20)["said"] == "b"


def test_a_child_that_babbles_has_failed(child):
    with pytest.raises(ChildFailed):
        child.ask(told("babble"), seconds=20)


def test_the_child_knows_nothing_of_our_environment(child, monkeypatch):
    monkeypatch.setenv("CLOUDFLARE_R2_SECRET_ACCESS_KEY", "precious")
    assert "CLOUDFLARE_R2_SECRET_ACCESS_KEY" not in child.ask(told("a"), seconds=20)["secrets"]


def test_a_forked_process_has_a_child_of_its_own(child):
    ours = child.ask(told("a"), seconds=20)["pid"]
    reader, writer = os.pipe()
    forked = os.fork()
    if not forked:
        os.write(writer, str(child.ask(told("a"), seconds=20)["pid"]).encode())
        child.close()
        os._exit(0)
    os.waitpid(forked, 0)
    theirs = int(os.read(reader, 20))
    os.close(reader)
    os.close(writer)
    assert theirs != ours
    assert child.ask(told("b"), seconds=20)["pid"] == ours


def test_decoding_past_the_memory_limit_is_an_error_and_not_the_end(decoder, tmp_path):
    bomb = media.encoded(media.Image.new("1", (40000, 20000)), "PNG")
    reply = decoder.ask(describe(media.written(tmp_path, bomb), "PNG"), seconds=60)
    assert "error" in reply
    fine = media.written(tmp_path, media.make_png(20, 20))
    assert decoder.ask(describe(fine, "PNG"), seconds=20)["answer"]["width"] == 20


def test_the_decoder_opens_nothing_but_the_type_it_was_told(decoder, tmp_path):
    playlist = media.written(tmp_path, b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/inside.ts\n#EXT-X-ENDLIST\n")
    reply = decoder.ask(describe(playlist, "mov", "video"), seconds=20)
    assert "error" in reply


def test_the_decoder_ends_when_its_parent_was_killed(tmp_path):
    program = (
        "import sys, time; from pathlib import Path; from smartspec.lib.sandboxed import WarmChild\n"
        "warm = WarmChild('storage_app.decoding', folder=Path(sys.argv[1]), memory_bytes=2**30)\n"
        "warm.ask({'do': 'nothing'}, seconds=30); print(warm._child.pid, flush=True); time.sleep(60)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program, str(settings.BASE_DIR)], cwd=settings.BASE_DIR, stdout=subprocess.PIPE
    )
    with parent:
        child = int(parent.stdout.readline())
        assert is_running(child)
        parent.kill()
    assert until(lambda: not is_running(child))


def test_a_signal_to_the_whole_group_leaves_the_decoder_to_its_parent(decoder):
    decoder.ask(told("nothing"), seconds=20)
    child = decoder._child
    for number in (signal.SIGINT, signal.SIGTERM):
        os.kill(child.pid, number)
    assert "error" in decoder.ask(told("nothing"), seconds=20)
    assert decoder._child is child
