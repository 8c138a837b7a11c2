"""A person with a key who sends files, the way a program does."""

import hashlib
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client


class Sender:
    def __init__(self, user, secret: str):
        self.user, self.secret = user, secret
        self.client = Client(headers={"X-API-Key": secret})

    def upload(self, data: bytes, name: str = "file", content_type: str = "application/octet-stream", **form):
        file = SimpleUploadedFile(name, data, content_type=content_type)
        return self.client.post("/api/v1/storage/upload", {"file": file, **form})

    def presign(self, **query):
        return self.client.get("/api/v1/storage/presigned-url", query)

    def ticket(self, data: bytes, content_type: str = "image/png", *, with_sha256: bool = False) -> dict:
        wanted = {"filename": "holiday.png", "content_type": content_type, "bytes": len(data)}
        if with_sha256:
            wanted["sha256"] = hashlib.sha256(data).hexdigest()
        answer = self.presign(**wanted)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def sent(self, data: bytes, content_type: str = "image/png") -> dict:
        """A ticket whose file has been put."""
        ticket = self.ticket(data, content_type)
        assert put(ticket, data) == 200
        return ticket

    def complete(self, ticket: dict):
        path = f"/api/v1/storage/uploads/{ticket['upload_id']}/complete"
        return self.client.post(path, content_type="application/json")

    def delete(self, key: str):
        return self.client.delete(f"/api/v1/storage/{key}")

    def usage(self) -> dict:
        return self.client.get("/api/v1/storage/usage").json()


def put(ticket: dict, data: bytes, *, without: str = "", **changed) -> int:
    """PUT to where the ticket says, with no key of ours; returns the status."""
    headers = ticket["headers"] | {name.replace("_", "-"): value for name, value in changed.items()}
    headers.pop(without, None)
    if settings.USES_R2:
        headers.pop("Content-Length", None)
        return requests.put(ticket["url"], data=data, headers=headers, timeout=20).status_code
    content_type = headers.pop("Content-Type", "")
    headers.pop("Content-Length", None)
    path = urlsplit(ticket["url"]).path
    answer = Client().put(path, data, content_type=content_type, headers=headers)
    return answer.status_code
