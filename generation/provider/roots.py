"""Where the provider's four APIs live, derived from the one address that is configured."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

UPLOADS = "https://kieai.redpandaai.co"


@dataclass(frozen=True)
class Roots:
    api: str  # …/api/v1
    jobs: str  # …/api/v1/jobs
    uploads: str
    is_loopback: bool


def roots(base_url: str, upload_url: str | None = None) -> Roots:
    """`base_url` ends in /jobs by convention; a local provider takes uploads under the same host."""
    base = base_url.rstrip("/")
    api = base.removesuffix("/jobs")
    parts = urlsplit(base)
    local = is_loopback(parts.hostname or "")
    uploads = upload_url or (f"{parts.scheme}://{parts.netloc}" if local else UPLOADS)
    return Roots(api, f"{api}/jobs", uploads.rstrip("/"), local)


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
