"""Cloudflare R2 through django-storages, with the traps of both closed. The only module that knows boto3."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.handlers import add_expect_header
from django.conf import settings
from django.core.files import File
from storages.backends.s3 import S3Storage

from storage_app.errors import StorageFailed
from storage_app.file_types import SAFE_INLINE, UNKNOWN, content_type_of
from storage_app.scratch import scratch_folder
from storage_app.storages.addresses import lifetime, public_url, window_start
from storage_app.storages.presigning import presigned_get
from storage_app.storages.stored import CHUNK_BYTES, Changed, Listed, Stat, Terms, Ticket

PART_BYTES = 16 * 2**20  # R2 wants all parts but the last of one size
CACHE_CONTROL = {
    "public": "public, max-age=31536000, s-maxage=3600, immutable",
    "private": "private, max-age=3600",
}
HOPELESS = {400, 405, 411, 412, 413, 416}  # answers that will not change; a wrong key may be put right


def client_config() -> Config:
    """Everything in one place: django-storages ignores its own options beside a client_config."""
    return Config(
        signature_version="s3v4",
        s3={"addressing_style": "path"},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        retries={"max_attempts": 4, "mode": "standard"},
        connect_timeout=5,
        read_timeout=60,
        max_pool_connections=20,
    )


class R2Storage(S3Storage):
    def __init__(self, visibility: str = "private"):
        self.visibility = visibility
        private = visibility == "private" and settings.R2["private_bucket"]
        super().__init__(
            access_key=settings.R2["access_key"],
            secret_key=settings.R2["secret_key"],
            bucket_name=private or settings.R2["bucket"],
            endpoint_url=settings.R2["endpoint"],
            region_name="auto",
            client_config=client_config(),
            transfer_config=TransferConfig(
                multipart_threshold=PART_BYTES,
                multipart_chunksize=PART_BYTES,
                use_threads=False,
                preferred_transfer_client="classic",
            ),
            default_acl=None,
            file_overwrite=True,
            max_memory_size=2**20,
        )

    def deconstruct(self):
        """Whoever writes a storage down gets its alias's visibility, never its keys."""
        return f"{type(self).__module__}.{type(self).__qualname__}", [], {"visibility": self.visibility}

    def shares_objects_with(self, other: "R2Storage") -> bool:
        return (self.endpoint_url, self.bucket_name) == (other.endpoint_url, other.bucket_name)

    def url(self, name, parameters=None, expire=None, http_method=None) -> str:
        key = self._normalize_name(name)
        if self.visibility == "public":
            return public_url(key)
        return presigned_get(
            endpoint=self.endpoint_url,
            bucket=self.bucket_name,
            key=key,
            credentials=(self.access_key, self.secret_key),
            signed_at=window_start(),
            seconds=lifetime(),
        )

    def put(self, path: Path, *, key: str, content_type: str) -> None:
        with _failures(), open(path, "rb") as file:
            content = File(file, name=key)
            content.decided_type = content_type
            self.save(key, content)

    def copy(self, key: str, *, to: "R2Storage", as_key: str, etag: str = "") -> None:
        """Within the storage; with `etag` only if the object still is that one, else Changed."""
        condition = {"CopySourceIfMatch": etag} if etag else {}
        with _failures():
            self._client.copy_object(
                Bucket=to.bucket_name,
                Key=to._normalize_name(as_key),
                CopySource={"Bucket": self.bucket_name, "Key": self._normalize_name(key)},
                MetadataDirective="REPLACE",
                **condition,
                **to._get_write_parameters(as_key),
            )

    def ticket(self, key: str, terms: Terms, *, seconds: int) -> Ticket:
        """The right to put one object of these terms under `key`, once, straight into the bucket."""
        signed = {
            "Bucket": self.bucket_name,
            "Key": key,
            "ContentType": terms.content_type,
            "ContentLength": terms.bytes,
            "IfNoneMatch": "*",
        }
        if terms.sha256:
            signed["ChecksumSHA256"] = terms.checksum
        url = self._client.generate_presigned_url("put_object", Params=signed, ExpiresIn=seconds)
        return Ticket(url, terms.headers())

    def listing(self, prefix: str = "") -> Iterator[Listed]:
        """Every object, in the order of the bytes of their keys, a page at a time."""
        listing = self._client.get_paginator("list_objects_v2")
        pages = listing.paginate(Bucket=self.bucket_name, Prefix=prefix)
        with _failures():
            for page in pages:
                for found in page.get("Contents", ()):
                    yield Listed(found["Key"], found["Size"], found["LastModified"])

    def remove(self, key: str) -> None:
        with _failures():
            self.delete(key)

    def exists(self, name) -> bool:
        with _failures():
            return super().exists(name)

    def size(self, name) -> int:
        with _failures():
            return super().size(name)

    def stat(self, key: str) -> Stat:
        with _failures():
            found = self._client.head_object(Bucket=self.bucket_name, Key=self._normalize_name(key))
        return Stat(found["ContentLength"], found["ETag"], found["LastModified"])

    def read(self, key: str, *, start: int, length: int) -> Iterator[bytes]:
        with _failures():
            found = self._client.get_object(
                Bucket=self.bucket_name,
                Key=self._normalize_name(key),
                Range=f"bytes={start}-{start + length - 1}",
            )
            yield from found["Body"].iter_chunks(CHUNK_BYTES)

    @contextmanager
    def readable(self, key: str, *, etag: str = "") -> Iterator[Path]:
        """The object as a file to read, fetched for as long as the block lasts; with `etag` only that one."""
        condition = {"IfMatch": etag} if etag else {}
        with tempfile.NamedTemporaryFile(dir=scratch_folder(), suffix=Path(key).suffix) as file:
            with _failures():
                found = self._client.get_object(
                    Bucket=self.bucket_name, Key=self._normalize_name(key), **condition
                )
                for chunk in found["Body"].iter_chunks(CHUNK_BYTES):
                    file.write(chunk)
            file.flush()
            yield Path(file.name)

    @property
    def bucket(self):
        """Made anew for each thread: boto3's resources are not to be shared."""
        return self.connection.Bucket(self.bucket_name)

    @property
    def _client(self):
        return self.connection.meta.client

    def _create_session(self):
        """R2 never answers `Expect: 100-continue`; with the header every put waits a second for nothing."""
        session = super()._create_session()
        session.events.unregister("before-call.s3", add_expect_header)
        return session

    def _open(self, name, mode="rb"):
        if "w" in mode:
            raise ValueError("Parts written through open() differ in size and R2 refuses them: use save().")
        return super()._open(name, mode)

    def _get_write_parameters(self, name, content=None):
        """Type, disposition and caching are our decision, never the sender's."""
        decided = getattr(content, "decided_type", "") or content_type_of(name)
        parameters = {"ContentType": decided, "CacheControl": CACHE_CONTROL[self.visibility]}
        if decided not in SAFE_INLINE:
            parameters |= {"ContentType": UNKNOWN, "ContentDisposition": "attachment"}
        return parameters


@contextmanager
def _failures() -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        status = error.response["ResponseMetadata"].get("HTTPStatusCode", 500)
        if status == 404 and error.response["Error"].get("Code") != "NoSuchBucket":
            raise FileNotFoundError(str(error)) from error
        failure = Changed if status == 412 else StorageFailed
        raise failure(str(error), retryable=status not in HOPELESS) from error
    except (BotoCoreError, Boto3Error) as error:
        raise StorageFailed(str(error)) from error
