"""Submit a prompt, follow the task, save its files: `python generate.py image "a lighthouse in the fog"`.

Needs `requests` and two variables: BASE_URL and API_KEY.
"""

import json
import os
import sys
import uuid
from pathlib import Path
from urllib.parse import urlsplit

import requests

BASE = os.environ["BASE_URL"].rstrip("/") + "/api/v1"
session = requests.Session()
session.headers["X-API-Key"] = os.environ["API_KEY"]


def checked(answer: requests.Response) -> requests.Response:
    """Every error is a problem document: `code` for programs, `detail` for people."""
    if not answer.ok:
        problem = answer.json()
        sys.exit(f"{problem['code']}: {problem['detail']}")
    return answer


def submit(kind: str, prompt: str) -> dict:
    """The key makes the request safe to repeat: the same key never buys twice."""
    body = {"text" if kind == "audio" else "prompt": prompt}
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    return checked(session.post(f"{BASE}/generation/{kind}", json=body, headers=headers, timeout=30)).json()


def follow(task: dict) -> dict:
    """Print every move as it happens; the stream ends when the task does."""
    with requests.get(task["urls"]["events"], stream=True, timeout=(5, 60)) as stream:
        for line in checked(stream).iter_lines(decode_unicode=True):
            if line.startswith("data: "):
                print(json.loads(line.removeprefix("data: "))["stage"])
    return checked(session.get(task["urls"]["self"], timeout=30)).json()


def save(task: dict) -> None:
    for output in task["outputs"]:
        name = Path(urlsplit(output["url"]).path).name
        Path(name).write_bytes(checked(requests.get(output["url"], timeout=60)).content)
        print(f"{name} ({output['bytes']} bytes, {task['credits_used']} credits)")


finished = follow(submit(*sys.argv[1:3]))
if finished["error"]:
    sys.exit(finished["error"]["message"])
save(finished)
