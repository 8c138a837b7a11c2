"""A real bucket, lent for a run: TEST_BUCKET_… say which. Two of them, and both are emptied."""

import os
from urllib.parse import urlsplit

from smartspec.tests.servers import s3

VARIABLES = {
    "TEST_BUCKET_ENDPOINT": "CLOUDFLARE_R2_ENDPOINT",
    "TEST_BUCKET_ACCESS_KEY_ID": "CLOUDFLARE_R2_ACCESS_KEY_ID",
    "TEST_BUCKET_SECRET_ACCESS_KEY": "CLOUDFLARE_R2_SECRET_ACCESS_KEY",
    "TEST_BUCKET_NAME": "CLOUDFLARE_R2_BUCKET_NAME",
    "TEST_BUCKET_PRIVATE_NAME": "CLOUDFLARE_R2_PRIVATE_BUCKET_NAME",
}
WORD = "test"  # stands in the name of a bucket that may be emptied


def lent(given=os.environ) -> dict[str, str]:
    """What the product reads, from what the run was given; raises ValueError in words."""
    if missing := [name for name in VARIABLES if not given.get(name)]:
        raise ValueError(f"TEST_STORAGE=bucket needs {', '.join(missing)}")
    for name in ("TEST_BUCKET_NAME", "TEST_BUCKET_PRIVATE_NAME"):
        if WORD not in given[name]:
            raise ValueError(f"{name} is emptied by the tests: its name must have “{WORD}” in it")
    return {ours: given[name] for name, ours in VARIABLES.items()}


def prepare() -> dict[str, str]:
    """Both buckets empty; returns what the product reads."""
    environment = lent()
    client = s3.client(
        environment["CLOUDFLARE_R2_ENDPOINT"],
        key=environment["CLOUDFLARE_R2_ACCESS_KEY_ID"],
        secret=environment["CLOUDFLARE_R2_SECRET_ACCESS_KEY"],
    )
    for name in ("CLOUDFLARE_R2_BUCKET_NAME", "CLOUDFLARE_R2_PRIVATE_BUCKET_NAME"):
        empty(client, environment[name])
    return environment | {"CLOUDFLARE_R2_PUBLIC_URL": ""}


def empty(client, bucket: str) -> None:
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        for found in page.get("Contents", ()):
            client.delete_object(Bucket=bucket, Key=found["Key"])


def host() -> str:
    """Where tests may connect to."""
    return urlsplit(os.environ["TEST_BUCKET_ENDPOINT"]).hostname or ""
