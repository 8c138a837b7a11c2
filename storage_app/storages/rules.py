"""What a bucket must be told once: who may put from a browser, and what it clears away by itself."""

from dataclasses import dataclass

from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings

from storage_app.errors import StorageFailed
from storage_app.storages.r2 import R2Storage
from storage_app.storages.stored import Terms

PROBE = "staging/rights-are-being-checked.png"
NONE_YET = ("NoSuchCORSConfiguration", "NoSuchLifecycleConfiguration")
COPY = "staging/rights-were-checked.png"


@dataclass(frozen=True)
class Rules:
    """As the S3 API writes them."""

    cors: list[dict]
    lifecycle: list[dict]


def wanted_rules(visibility: str) -> Rules:
    """Only the private bucket is written to from browsers, and has a place for unfinished uploads."""
    methods = ["GET", "HEAD", "PUT"] if visibility == "private" else ["GET", "HEAD"]
    cors = {
        "AllowedOrigins": [settings.SITE_URL, *settings.CORS_ALLOWED_ORIGINS],
        "AllowedMethods": methods,
        "AllowedHeaders": ["content-type", "if-none-match", "x-amz-checksum-sha256", "range"],
        "ExposeHeaders": ["ETag"],
        "MaxAgeSeconds": 3600,
    }
    parts = {
        "ID": "unfinished parts",
        "Status": "Enabled",
        "Filter": {"Prefix": ""},
        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1},
    }
    staging = {
        "ID": "unfinished uploads",
        "Status": "Enabled",
        "Filter": {"Prefix": "staging/"},
        "Expiration": {"Days": 1},
    }
    return Rules([cors], [parts, staging] if visibility == "private" else [parts])


def present_rules(storage: R2Storage) -> dict[str, list[dict] | str]:
    """{"cors": …, "lifecycle": …} as they stand; a word instead where they cannot be read."""
    client, bucket = storage.connection.meta.client, storage.bucket_name
    return {
        "cors": asked(lambda: client.get_bucket_cors(Bucket=bucket).get("CORSRules", [])),
        "lifecycle": asked(lambda: client.get_bucket_lifecycle_configuration(Bucket=bucket).get("Rules", [])),
    }


def asked(question) -> list[dict] | str:
    try:
        return question()
    except ClientError as error:
        code = error.response["Error"].get("Code", "")
        return (
            [] if code in ("NoSuchCORSConfiguration", "NoSuchLifecycleConfiguration") else code or "refused"
        )
    except BotoCoreError as error:
        raise StorageFailed(str(error)) from error


def apply_rules(storage: R2Storage, rules: Rules) -> None:
    """Raises StorageFailed, for instance when the token may only read and write objects."""
    client, bucket = storage.connection.meta.client, storage.bucket_name
    try:
        client.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": rules.cors})
        client.put_bucket_lifecycle_configuration(
            Bucket=bucket, LifecycleConfiguration={"Rules": rules.lifecycle}
        )
    except (ClientError, BotoCoreError) as error:
        raise StorageFailed(str(error), retryable=False) from error


def rights(storage: R2Storage) -> dict[str, str]:
    """What the token may do with objects: the name of each right, and "ok" or what was answered."""
    client, place = storage.connection.meta.client, {"Bucket": storage.bucket_name}
    source = place | {"Key": PROBE}
    attempts = {
        "list": lambda: client.list_objects_v2(**place, MaxKeys=1),
        "write": lambda: client.put_object(**source, Body=b"x", ContentType="image/png"),
        "read": lambda: client.get_object(**source),
        "copy": lambda: client.copy_object(**place, Key=COPY, CopySource=source),
        "sign": lambda: storage.ticket(PROBE, Terms("image/png", 1), seconds=60),
        "delete": lambda: [client.delete_object(**place, Key=key) for key in (PROBE, COPY)],
    }
    return {name: attempted(attempt) for name, attempt in attempts.items()}


def attempted(attempt) -> str:
    try:
        attempt()
    except ClientError as error:
        return error.response["Error"].get("Code") or "refused"
    except BotoCoreError as error:
        return str(error)
    return "ok"
