"""Programs that use the API: they repeat what was not answered, press twice, and change their minds."""

import http.client
import json
import random
import threading
import time
from collections import Counter
from pathlib import Path

from smartspec.tests.faults.rows import Rows

PATIENCE = 15.0  # seconds for one request
MOST_UNDER_WAY = 45
TWICE_AT_ONCE = 0.2
CHANGES_MIND = 0.08
WANTS_TO_BE_TOLD = 0.5  # by a webhook, what became of it
MODELS = {"image": "z-image", "audio": "elevenlabs/text-to-speech-turbo-2-5"}
WORDS = ("a lighthouse", "two boats", "a market at dawn", "rain on a roof", "a kite", "an old tram")


class Callers:
    """`wanted` tasks in all, from one thread for each key and again as many.

    They order only as fast as `allow` lets them, so that a quick machine meets as many mishaps as a slow one.
    """

    def __init__(
        self, port: int, keys: list[str], *, wanted: int, accepted: Path, rows: Rows, webhook_url: str
    ):
        self.port, self.wanted, self.rows, self.webhook_url = port, wanted, rows, webhook_url
        self.file = accepted.open("a")
        self.lock = threading.Lock()
        self.begun = self.done = 0
        self.allowed = 0.0
        self.answers: Counter[str] = Counter()
        self.under_way = 0
        self.stopping = False
        self.threads = [threading.Thread(target=self.call, args=(key,), daemon=True) for key in keys * 2]
        self.threads.append(threading.Thread(target=self.count, daemon=True))

    def start(self) -> None:
        for thread in self.threads:
            thread.start()

    def allow(self, tasks: float) -> None:
        """Order that many more."""
        self.allowed += tasks

    def is_done(self) -> bool:
        return self.done >= self.wanted

    def stop(self) -> None:
        self.stopping = True
        for thread in self.threads:
            thread.join(PATIENCE * 4)
        self.file.close()

    def count(self) -> None:
        while not self.stopping:
            try:
                sql = "SELECT count(*) AS n FROM generation_tasks WHERE status IN ('pending', 'processing')"
                self.under_way = self.rows.one(sql)["n"]
            except Exception:  # noqa: BLE001 - the database is being restarted
                self.answers["count failed"] += 1
            time.sleep(0.5)

    def call(self, key: str) -> None:
        mine: list[str] = []
        while not self.stopping:
            with self.lock:
                if self.begun >= self.wanted:
                    return
                self.begun += 1
                number = self.begun
            while (number > self.allowed or self.under_way > MOST_UNDER_WAY) and not self.stopping:
                time.sleep(0.05)
            mine += self.order(key, f"order-{number}")
            if mine and random.random() < CHANGES_MIND:
                self.ask("DELETE", f"/api/v1/generation/tasks/{random.choice(mine)}", key)
            with self.lock:
                self.done += 1

    def order(self, key: str, name: str) -> list[str]:
        """Until it is acknowledged, with the same Idempotency-Key; sometimes at the same moment twice."""
        kind, field = ("audio", "text") if random.random() < 0.05 else ("image", "prompt")
        body = {field: f"{random.choice(WORDS)}, {name}", "model_id": MODELS[kind]}
        if random.random() < WANTS_TO_BE_TOLD:
            body["webhook_url"] = self.webhook_url
        while not self.stopping:
            if random.random() < TWICE_AT_ONCE:
                again = threading.Thread(target=self.submit, args=(key, name, kind, body))
                again.start()
                found = self.submit(key, name, kind, body)
                again.join()
            else:
                found = self.submit(key, name, kind, body)
            if found:
                return [found]
            time.sleep(random.uniform(0.1, 0.6))
        return []

    def submit(self, key: str, name: str, kind: str, body: dict) -> str:
        path, headers = f"/api/v1/generation/{kind}", {"Idempotency-Key": name}
        status, document = self.ask("POST", path, key, body, headers)
        if status not in (200, 202):
            return ""
        with self.lock:
            self.file.write(json.dumps({"key": f"{key[-6:]} {name}", "id": document["id"]}) + "\n")
            self.file.flush()
        return document["id"]

    def ask(self, method: str, path: str, key: str, body: object = None, headers: dict | None = None):
        """(status, document); status 0 when there was no answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        told = {"X-API-Key": key, "Content-Type": "application/json"} | (headers or {})
        try:
            connection.request(method, path, json.dumps(body) if body is not None else None, told)
            answer = connection.getresponse()
            text = answer.read()
            self.answers[f"{method} {answer.status}"] += 1
            return answer.status, json.loads(text) if answer.status < 300 else {}
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.answers[f"{method} {type(error).__name__}"] += 1
            return 0, {}
        finally:
            connection.close()
