"""A worker in a thread of the test: what `manage.py worker` does, without its processes."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from gallery import jobs as gallery_jobs
from generation import jobs as generation_jobs
from storage_app import jobs as storage_jobs

SWEEPS = (generation_jobs.sweep, storage_jobs.sweep, gallery_jobs.sweep)


@contextmanager
def worker() -> Iterator[None]:
    stop = threading.Event()

    def work() -> None:
        try:
            while not stop.wait(0.02):
                for sweep in SWEEPS:
                    sweep(10)
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
