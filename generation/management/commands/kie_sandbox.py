"""`manage.py kie_sandbox`: the local provider as a process of its own."""

import signal
import threading
from pathlib import Path

from django.core.management.base import BaseCommand

from generation.sandbox.server import Sandbox


class Command(BaseCommand):
    help = "Runs a local provider that speaks kie.ai's protocol and renders its results by itself."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8787, help="0 takes a free one")
        parser.add_argument("--dir", default=".local/kie-sandbox", help="results, uploads and journal")
        parser.add_argument("--key", default="sandbox-key", help="the API key that is accepted")
        parser.add_argument("--credits", type=float, default=100_000)
        parser.add_argument("--speed", type=float, default=1.0, help="how many times faster than usual")
        parser.add_argument("--rate", type=int, default=20, help="creates per 10 seconds; 0 is no limit")
        parser.add_argument("--hmac-key", default="", help="signs callbacks")
        parser.add_argument("--log", type=Path, help="one line per accepted create (DIR/creates.jsonl)")
        parser.add_argument("--workers", type=int, default=2, help="child processes that render")

    def handle(self, *args, **options):
        names = ("host", "port", "key", "credits", "speed", "rate", "hmac_key", "log", "workers")
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        with Sandbox(options["dir"], **{name: options[name] for name in names}) as sandbox:
            self.stdout.write(f"sandbox ready {sandbox.url}")
            self.stdout.flush()
            stop.wait()
