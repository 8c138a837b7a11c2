"""The child process that makes results: one order per line on stdin, one outcome per line on stdout."""

import json
import os
import signal
import sys
import traceback

from .sources import Unreachable
from .works import WORKS


def outcome_of(order: dict) -> dict:
    try:
        return {"files": [order["name"]]} | WORKS[order["make"]](order)
    except Unreachable as missing:
        return {"code": "451" if order["model"].startswith("veo") else "422", "msg": str(missing)}
    except Exception as error:  # noqa: BLE001 - the top of a worker: the task fails, the easel stands
        traceback.print_exc()
        return {"code": "500", "msg": f"Internal Error, {type(error).__name__}."}


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which closes our stdin
    os.nice(5)
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a library prints must not look like a reply
    for line in sys.stdin:
        replies.write(json.dumps(outcome_of(json.loads(line))) + "\n")
        replies.flush()


if __name__ == "__main__":
    main()
