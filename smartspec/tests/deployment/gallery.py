"""A few works to look at, published through the API, and how quickly a change of one is seen."""

import re
import time
from pathlib import Path

import requests

from smartspec.tests.deployment.house import House

WORKS = 3
PUBLISHED_WITHIN = 180.0
TEXTS = {
    "description": "Paper lanterns rise from a dark river. Each carries a small wish, and none comes back.",
    "alt_text": "Glowing paper lanterns in the night sky above a river.",
    "language": "en",
}


class Curator:
    """Whoever fills the gallery, with a key of the staff."""

    def __init__(self, house: House):
        self.house, self.session = house, requests.Session()
        self.session.trust_env = False
        self.session.headers["X-API-Key"] = house.staff_key
        self.session.verify = str(house.certificate)

    def call(self, method: str, path: str, body: dict | None = None) -> dict:
        url = path if path.startswith("http") else f"{self.house.url}/api/v1{path}"
        answer = self.session.request(method, url, json=body, timeout=30)
        answer.raise_for_status()
        return answer.json()

    def fill(self) -> list[dict]:
        """The works as the API tells them, approved and public."""
        orders = [
            self.call("POST", "/generation/image", {"prompt": f"lanterns {number}", "model_id": "z-image"})
            for number in range(WORKS)
        ]
        return [self.publish(order, f"Lanterns above river {number}") for number, order in enumerate(orders)]

    def publish(self, task: dict, title: str) -> dict:
        end = time.monotonic() + PUBLISHED_WITHIN
        while task["status"] in ("pending", "processing") and time.monotonic() < end:
            time.sleep(0.3)
            task = self.call("GET", task["urls"]["self"])
        if task["status"] != "completed":
            raise RuntimeError(f"the first task is {task['status']}: {task['error']}")
        item = self.call("POST", "/admin/gallery", {"task_id": task["id"], "title": title, **TEXTS})
        return self.call("POST", f"/admin/gallery/{item['id']}/approve")

    def rename(self, item: dict, title: str) -> None:
        self.call("PATCH", f"/admin/gallery/{item['id']}", {"title": title})


def stylesheets(house: House, page: str) -> list[str]:
    """Addresses of hashed files that a page asks for."""
    html = requests.get(f"{house.url}{page}", verify=str(house.certificate), timeout=30).text
    return sorted(set(re.findall(r"/static/[\w./-]+\.[0-9a-f]{12}\.\w+", html)))


def shown_everywhere(addresses: list[str], page: str, words: str, *, host: str) -> list[str]:
    """Which of these web processes, asked past the proxy, do not show `words`."""
    headers = {"Host": host, "X-Forwarded-Proto": "https"}
    late = []
    for address in addresses:
        url = f"http://{address}{page}"
        texts = [requests.get(url, headers=headers, timeout=30).text for _connection in range(8)]
        if not all(words in text for text in texts):  # eight connections meet all of its processes
            late.append(address)
    return late


def precompressed(house: House, address: str) -> tuple[requests.Response, bytes]:
    """The answer, and the bytes of the file that lies beside the plain one."""
    with requests.get(
        f"{house.url}{address}",
        headers={"Accept-Encoding": "gzip"},
        verify=str(house.certificate),
        timeout=30,
        stream=True,
    ) as answer:
        body = answer.raw.read()
    file = Path(house.env["STATIC_ROOT"]) / f"{address.removeprefix('/static/')}.gz"
    return answer, file.read_bytes() if body == file.read_bytes() else b""
