"""Clients that order a picture each and poll until it is there: a program of its own.

Reads {port, orders: [[secret, body], …]} as JSON and prints [[task id, moment it was seen complete], …].
"""

import http.client
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor

FINAL = ("completed", "failed", "cancelled")


def followed(port: int, secret: str, body: dict) -> tuple[str, float]:
    """Order, then ask for the status as often as the answers say and no oftener."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"X-API-Key": secret, "Content-Type": "application/json"}
    connection.request("POST", "/api/v1/generation/image", json.dumps(body), headers)
    answer = connection.getresponse()
    task = json.load(answer)
    pause = float(answer.headers["Retry-After"])
    while True:
        time.sleep(pause)
        connection.request("GET", f"/api/v1/generation/tasks/{task['id']}/status", headers=headers)
        answer = connection.getresponse()
        content = answer.read()
        if answer.status == 200:
            headers["If-None-Match"] = answer.headers["ETag"]
            if json.loads(content)["status"] in FINAL:
                connection.close()
                return task["id"], time.time()
        pause = float(answer.headers["Retry-After"])


def main() -> None:
    job = json.load(sys.stdin)
    with ThreadPoolExecutor(len(job["orders"])) as clients:
        seen = list(clients.map(lambda order: followed(job["port"], *order), job["orders"]))
    print(json.dumps(seen))


if __name__ == "__main__":
    main()
