"""Names in order, however many there are: more than fit into little memory are sorted on disk."""

import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from heapq import merge
from itertools import islice
from tempfile import TemporaryFile

from storage_app.scratch import scratch_folder

RUN = 50_000  # names that are held in memory at a time


def in_order(names: Iterable[str]) -> Iterator[str]:
    names = iter(names)
    run = sorted(islice(names, RUN))
    if len(run) < RUN:
        yield from run
        return
    with ExitStack() as stack:
        runs = []
        while run:
            file = stack.enter_context(TemporaryFile("w+", dir=scratch_folder()))
            file.writelines(f"{json.dumps(name)}\n" for name in run)  # a name may hold a line's end
            file.seek(0)
            runs.append(map(json.loads, file))
            run = sorted(islice(names, RUN))
        yield from merge(*runs)
