"""kie.ai, as the rest of the product sees it: order, read, upload."""

import mimetypes
import os
import secrets
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import PurePath
from typing import Any, BinaryIO, Protocol

import requests
from django.conf import settings

from generation.provider.answers import Answer, as_object
from generation.provider.bodies import Body, file_body, json_body
from generation.provider.errors import NotSent, OutcomeUnknown, ProviderError, ReadFailed, UploadFailed
from generation.provider.failures import failure
from generation.provider.ids import usable_id
from generation.provider.reading import Reading
from generation.provider.records import job_reading, veo_reading
from generation.provider.refusals import refused_link, refused_order, refused_reading, refused_upload
from generation.provider.roots import roots
from generation.provider.transport import NoAnswer, Transport

FOLDER = "smartspec"
# An envelope without a record that still says: this task has failed.
FAILED_CODES = (408, 430, 431, 451, 501, 505)


class Order(Protocol):
    """What can be created: `family` jobs or veo, the upstream model, its input fields."""

    family: str
    model: str
    input: Mapping[str, Any]


class KieClient:
    """All methods raise ProviderError and nothing else; none of them repeats a call."""

    def __init__(
        self,
        base_url: str,
        api_key: str,
        *,
        upload_url: str | None = None,
        timeout: tuple[float, float] = (5, 30),
        session: requests.Session | None = None,
    ):
        self._roots = roots(base_url, upload_url)
        self._transport = Transport(
            api_key, timeout=timeout, session=session, through_proxies=not self._roots.is_loopback
        )

    def __repr__(self) -> str:
        return f"KieClient({self._roots.jobs!r})"

    def create(self, request: Order, *, callback_url: str) -> str:
        """Buys one generation and returns its upstream id; OutcomeUnknown when it may have been bought."""
        callback = {"callBackUrl": callback_url} if callback_url else {}
        if request.family == "veo":
            url = f"{self._roots.api}/veo/generate"
            content = {**request.input, "model": request.model, **callback}
        else:
            url = f"{self._roots.jobs}/createTask"
            content = {"model": request.model, "input": dict(request.input), **callback}
        answer = self._post(url, json_body(content), OutcomeUnknown)
        upstream_id = usable_id(as_object(answer.data).get("taskId"))
        if answer.status < 300 and answer.code == 200 and upstream_id:
            return upstream_id
        raise refused_order(answer)

    def read(self, family: str, upstream_id: str) -> Reading:
        """Raises RecordMissing while, or because, the provider does not know the id."""
        if family == "veo":
            url, parse, mark = f"{self._roots.api}/veo/record-info", veo_reading, "successFlag"
        else:
            url, parse, mark = f"{self._roots.jobs}/recordInfo", job_reading, "state"
        answer = self._get(url, {"taskId": upstream_id})
        if answer.status < 500 and isinstance(answer.data, dict) and mark in answer.data:
            return parse(answer.data)
        if answer.status < 500 and answer.code in FAILED_CODES:
            reason = failure(family, answer.code, answer.message)
            return Reading("failed", failure=reason, record_present=False)
        raise refused_reading(answer)

    def credit(self) -> Decimal:
        """Credits left on our account with the provider."""
        answer = self._get(f"{self._roots.api}/chat/credit")
        if answer.code == 200 and isinstance(answer.data, int | Decimal):
            return Decimal(answer.data)
        raise refused_reading(answer)

    def fresh_url(self, url: str) -> str:
        """Another address of a result, good for 20 minutes; ResultGone when there is none."""
        body = json_body({"url": url})
        answer = self._post(f"{self._roots.api}/common/download-url", body, ReadFailed)
        return _url(answer, answer.data, refused_link)

    def upload(self, file: BinaryIO, *, name: str, content_type: str) -> str:
        """Passes a file on, from where it stands, and returns an address that the provider can fetch."""
        body = file_body(
            file,
            name=unique_name(name, content_type),
            content_type=content_type or "application/octet-stream",
            folder=FOLDER,
            boundary=secrets.token_hex(16),
        )
        answer = self._post(f"{self._roots.uploads}/api/file-stream-upload", body, UploadFailed)
        data = as_object(answer.data)
        return _url(answer, data.get("downloadUrl") or data.get("fileUrl"), refused_upload)

    def _get(self, url: str, params: Mapping[str, str] | None = None) -> Answer:
        try:
            return self._transport.get(url, params)
        except NoAnswer as error:
            raise ReadFailed(str(error)) from None

    def _post(self, url: str, body: Body, broken_off: type[ProviderError]) -> Answer:
        try:
            return self._transport.post(url, body)
        except NoAnswer as error:
            kind = broken_off if body.left else NotSent
            raise kind(str(error)) from None


def client() -> KieClient:
    """The client that the settings describe, with its connections kept for the next call."""
    return _kept(settings.KIE_AI_BASE_URL, settings.KIE_AI_API_KEY, settings.KIE_AI_UPLOAD_URL, os.getpid())


@lru_cache(maxsize=4)
def _kept(base_url: str, api_key: str, upload_url: str, process: int) -> KieClient:
    """One for each process: a connection must not be shared with a child."""
    return KieClient(base_url, api_key, upload_url=upload_url or None)


def unique_name(name: str, content_type: str) -> str:
    """A name never used before (the provider overwrites) that keeps an ending (it judges by it)."""
    ending = PurePath(name).suffix.lower()
    if not ending[1:].isalnum() or not ending.isascii():
        ending = mimetypes.guess_extension(content_type) or ".bin"
    return f"{secrets.token_hex(16)}{ending}"


def _url(answer: Answer, found: Any, refused: Callable[[Answer], ProviderError]) -> str:
    if answer.code == 200 and isinstance(found, str) and found.startswith(("http://", "https://")):
        return found
    raise refused(answer)
