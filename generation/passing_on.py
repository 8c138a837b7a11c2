"""Reference files on their way: from what a task names to URLs that the provider can fetch."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _

from generation import provider, recoding, references
from generation.catalogue import ModelSpec
from generation.catalogue.option import Takes
from generation.models import GenerationTask
from smartspec.lib.errors import InvalidInput
from storage_app import fetching, file_names, probing, uploads
from storage_app.models import Asset

FETCH_SECONDS = 60.0


def fetchable(task: GenerationTask, spec: ModelSpec, named: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The references as URLs at the provider, or signed ones of our bucket.

    Raises InvalidInput, an error of storage, or a ProviderError.
    """
    return {
        name: [_url_of(task, spec.by_name[name].takes, value) for value in values]
        for name, values in named.items()
    }


def _url_of(task: GenerationTask, takes: Takes, value: str) -> str:
    asset = _asset_of(task, takes, value)
    if asset is None:
        raise InvalidInput(_("A reference file of this task was deleted."))
    if complaint := references.complaint_about(asset, takes):
        raise InvalidInput(complaint[1])
    if recoding.fits(asset, takes) and asset.file.url.startswith("https://"):
        return asset.file.url
    return _passed_on(asset, takes)


def _asset_of(task: GenerationTask, takes: Takes, value: str) -> Asset | None:
    if not value.startswith("https://"):
        return references.owned_asset(task.user, value)
    kept = task.kept_references.get(value)
    return (kept and references.owned_asset(task.user, kept)) or _kept(task, takes, value)


def _kept(task: GenerationTask, takes: Takes, url: str) -> Asset:
    """Fetched once and kept as an upload of the task's owner, also when the task has to start again."""
    with _fetched(url, takes) as path:
        upload = uploads.receive(owner=task.user, path=path, name=name_in(url))
    task.write(kept_references=task.kept_references | {url: upload.key})
    return upload.asset


@contextmanager
def _fetched(url: str, takes: Takes) -> Iterator[Path]:
    """The foreign file on this machine, if it is of the kind that the model takes."""
    limits = {"allowed_hosts": fetching.ANYWHERE, "max_bytes": takes.max_bytes, "deadline": FETCH_SECONDS}
    with fetching.fetch(url, **limits) as path:
        probing.expected_type(probing.head_of(path), takes.kind)
        yield path


def name_in(url: str) -> str:
    """What a person would call the file behind this address."""
    parts = urlsplit(url)
    return file_names.cleaned(unquote(parts.path)) or parts.hostname


def _passed_on(asset: Asset, takes: Takes) -> str:
    """On local storage nobody else can fetch it: the provider gets it through its upload API."""
    with recoding.acceptable(asset, takes) as (path, file_type), path.open("rb") as file:
        name = f"reference.{file_type.ext}"
        return provider.client().upload(file, name=name, content_type=file_type.content_type)
