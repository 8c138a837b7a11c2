"""One client with its own connection, who writes down what it was told."""

import time
from pathlib import Path

import requests

from smartspec.tests.deployment.book import Book

PATIENCE = 30  # seconds


class Client:
    def __init__(self, url: str, *, certificate: Path | bool, book: Book, key: str = ""):
        self.url, self.book = url, book
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.verify = str(certificate) if certificate is not True else True
        if key:
            self.session.headers["X-API-Key"] = key

    def ask(self, kind: str, method: str, path: str, **words) -> requests.Response | None:
        """None when there was no answer. `path` may be a whole address."""
        url = path if path.startswith("http") else f"{self.url}{path}"
        begun = time.monotonic()
        words.setdefault("timeout", PATIENCE)
        words.setdefault("allow_redirects", False)
        try:
            answer = self.session.request(method, url, **words)
        except requests.RequestException as error:
            self.book.unanswered(kind, error)
            return None
        retry_after = answer.headers.get("Retry-After")
        body = answer.text if answer.status_code >= 500 else ""
        self.book.note(kind, answer.status_code, time.monotonic() - begun, retry_after=retry_after, body=body)
        return answer

    def get(self, kind: str, path: str, **words) -> requests.Response | None:
        return self.ask(kind, "GET", path, **words)

    def close(self) -> None:
        self.session.close()
