"""The child's loop: one JSON request a line, one JSON answer a line, within limits it sets on itself."""

import json
import os
import resource
import signal
import sys
import threading
import time
import warnings

import av
from PIL import Image

from storage_app.decoding.convert import as_wav
from storage_app.decoding.describe import describe
from storage_app.decoding.marking import mark
from storage_app.decoding.render import render
from storage_app.decoding.stripping import strip

ANSWERS = {"as_wav": as_wav, "describe": describe, "mark": mark, "render": render, "strip": strip}
MAX_FILE_BYTES = 2**30  # no output of ours comes near


def limit_memory(memory_bytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_FILE_BYTES, MAX_FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_processor(seconds: float) -> None:
    """So many more seconds of processor time from now on; the kernel ends us when they are used up."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (spent, resource.RLIM_INFINITY))


def end_with_parent(parent: int) -> None:
    """A parent that was killed says no goodbye, and decoding may take a while to reach the next line."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(0)


def answer(request: dict) -> dict:
    try:
        return {"answer": ANSWERS[request.pop("do")](**request)}
    except MemoryError:
        return {"error": "the file needs more memory than it may have"}
    except Exception as error:  # noqa: BLE001 - foreign bytes raise whatever they like; the parent logs it
        return {"error": f"{type(error).__name__}: {error}"[:300]}


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for our parent, which still wants its answer
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever a library prints must not look like an answer
    limit_memory(int(sys.argv[1]))
    threading.Thread(target=end_with_parent, args=(os.getppid(),), daemon=True).start()
    warnings.simplefilter("ignore")
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    av.logging.set_level(av.logging.PANIC)
    for line in sys.stdin:
        request = json.loads(line)
        limit_processor(request.pop("seconds"))
        replies.write(json.dumps(answer(request)) + "\n")
        replies.flush()


main()
