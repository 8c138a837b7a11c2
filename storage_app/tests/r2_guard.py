"""Makes an S3 client refuse what R2 refuses and our test server takes: rules of Cloudflare's own pages."""

from collections import defaultdict
from urllib.parse import parse_qs, urlsplit

NOT_IMPLEMENTED_HEADERS = (
    "x-amz-tagging",
    "x-amz-website-redirect-location",
    "x-amz-server-side-encryption",
    "x-amz-object-lock-mode",
    "x-amz-object-lock-legal-hold",
    "x-amz-grant-read",
    "x-amz-grant-full-control",
    "x-amz-acl",
    "x-amz-request-payer",
    "x-amz-expected-bucket-owner",
)
NOT_IMPLEMENTED_PARTS = ("acl", "policy", "tagging", "versioning", "notification", "website", "replication")
SMALLEST_PART = 5 * 2**20
LONGEST_KEY = 1024


class R2Refuses(AssertionError):
    """What we sent works here and would not on R2."""


class Guard:
    """One per client: it remembers the sizes of the parts of each upload, and every request."""

    def __init__(self, client):
        self.parts: dict[str, dict[int, int]] = defaultdict(dict)
        self.requests: list = []
        client.meta.events.register("before-send.s3", self.check)

    def check(self, request, **kwargs) -> None:
        headers = {name.lower(): text(value) for name, value in request.headers.items()}
        address = urlsplit(request.url)
        query = parse_qs(address.query, keep_blank_values=True)
        self.requests.append((request.method, address.path, headers))
        refuse_headers(headers)
        refuse_subresources(request.method, query)
        if len(address.path.split("/", 2)[-1].encode()) > LONGEST_KEY:
            raise R2Refuses("the key is too long")
        if "uploadId" in query:
            self.check_parts(request.method, query, headers)

    def check_parts(self, method: str, query: dict, headers: dict) -> None:
        upload = query["uploadId"][0]
        if method == "PUT":
            self.parts[upload][int(query["partNumber"][0])] = int(headers.get("content-length", 0))
        if method == "POST":
            sizes = [size for _, size in sorted(self.parts.pop(upload, {}).items())]
            refuse_uneven(sizes)


def refuse_headers(headers: dict) -> None:
    for name in NOT_IMPLEMENTED_HEADERS:
        if name in headers:
            raise R2Refuses(f"{name} is not implemented")
    chunked = headers.get("x-amz-content-sha256", "").startswith("STREAMING-")
    if chunked or "aws-chunked" in headers.get("content-encoding", ""):
        raise R2Refuses("a body with a trailer")
    if "expect" in headers:
        raise R2Refuses("a second of waiting for 100 Continue")
    if not headers.get("authorization", "").startswith("AWS4-HMAC-SHA256"):
        raise R2Refuses("another signature than version 4")


def refuse_subresources(method: str, query: dict) -> None:
    for name in NOT_IMPLEMENTED_PARTS:
        if method == "PUT" and name in query:
            raise R2Refuses(f"?{name} is not implemented")


def refuse_uneven(sizes: list[int]) -> None:
    if len(set(sizes[:-1])) > 1 or (len(sizes) > 1 and sizes[-1] > sizes[0]):
        raise R2Refuses(f"parts of different sizes: {sizes}")
    if any(size < SMALLEST_PART for size in sizes[:-1]):
        raise R2Refuses(f"parts too small: {sizes}")


def text(value) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)
