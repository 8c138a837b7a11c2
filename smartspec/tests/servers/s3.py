"""An S3 server of our own, with a private and a public bucket."""

import sys
from pathlib import Path
from typing import NamedTuple

import boto3
from botocore.config import Config

from smartspec.lib.processes import Process, free_port

KEY, SECRET = "test:tester", "a-secret-for-tests-only"
PROGRAM = Path(__file__).with_name("swift_program.py")
PUBLIC, PRIVATE = "smartspec-media", "smartspec-private"


class Server(NamedTuple):
    process: Process
    environment: dict[str, str]  # what the product reads


def start(folder: Path) -> Server:
    port = free_port()
    endpoint = f"http://127.0.0.1:{port}"
    program = [sys.executable, "-W", "ignore", str(PROGRAM), str(port), str(folder), KEY, SECRET]
    process = Process(program, log=folder / "s3.log").answers(port)
    for bucket in (PUBLIC, PRIVATE):
        client(endpoint).create_bucket(Bucket=bucket)
    environment = {
        "CLOUDFLARE_R2_ENDPOINT": endpoint,
        "CLOUDFLARE_R2_ACCESS_KEY_ID": KEY,
        "CLOUDFLARE_R2_SECRET_ACCESS_KEY": SECRET,
        "CLOUDFLARE_R2_BUCKET_NAME": PUBLIC,
        "CLOUDFLARE_R2_PRIVATE_BUCKET_NAME": PRIVATE,
        "CLOUDFLARE_R2_PUBLIC_URL": "",
    }
    return Server(process, environment)


def client(endpoint: str, *, key: str = KEY, secret: str = SECRET):
    return boto3.client(
        "s3",
        endpoint_url=endpoint,
        aws_access_key_id=key,
        aws_secret_access_key=secret,
        region_name="auto",
        config=Config(
            signature_version="s3v4",
            s3={"addressing_style": "path"},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    )
