"""The doors of the worker: every row that is due is found here, whatever became of its wake-up."""

import logging

from django.core.cache import cache

from smartspec.lib.due import LEASE, backoff, kept
from storage_app.deletion import carry_out, certify
from storage_app.errors import StorageFailed
from storage_app.models import Asset, Certificate, Deletion, Upload
from storage_app.renditions import AssetChanged, render_due
from storage_app.scratch import sweep_scratch
from storage_app.uploads import refuse

log = logging.getLogger(__name__)

MOST_TRIES = {"render": 6, "delete": 40}  # a deletion goes on for hours: storage comes back one day
BATCH = 100
SCRATCH_SWEEP_SECONDS = 3600


def sweep(limit: int) -> int:
    """Work on up to `limit` due rows, each kind by turns; returns how many there were."""
    if cache.add("storage_app.scratch_swept", True, SCRATCH_SWEEP_SECONDS):
        sweep_scratch()
    worked = 0
    while worked < limit:
        before = worked
        worked += render_next()
        worked += worked < limit and delete_next()
        worked += worked < limit and clear_away_next()
        worked += worked < limit and certify_next()
        if worked == before:
            break
    return worked


def render(asset_id: str) -> None:
    render_next(pk=asset_id)


def drain() -> None:
    for _ in range(BATCH):
        if not delete_next():
            break


def render_next(pk: str | None = None) -> bool:
    """Claim one due asset and make its renditions; False when none was due."""
    asset = Asset.objects.claim(lease=LEASE, pk=pk)
    if asset is None:
        return False
    if asset.tries > MOST_TRIES["render"]:
        log.error("renditions of %s given up after %s tries", asset.pk, asset.tries - 1)
        asset.finish(render_error=asset.render_error or "given up")
        return True
    try:
        with kept(asset, lease=LEASE):
            render_due(asset, everything=asset.render_all)
    except (StorageFailed, AssetChanged) as error:
        log.warning("renditions of %s put off: %s", asset.pk, error)
        asset.put_back(delay=backoff(asset.tries))
    else:
        asset.finish()
    return True


def delete_next() -> bool:
    """Claim one due deletion and carry it out; False when none was due."""
    deletion = Deletion.objects.claim(lease=LEASE)
    if deletion is None:
        return False
    try:
        with kept(deletion, lease=LEASE):
            carry_out(deletion)
    except StorageFailed as error:
        level = logging.ERROR if deletion.tries >= MOST_TRIES["delete"] else logging.WARNING
        log.log(level, "%s not deleted: %s", deletion, error)
        deletion.put_back(delay=max(backoff(deletion.tries), error.after))
    return True


def clear_away_next() -> bool:
    """Claim one upload that was never completed and let go of it; False when none was due."""
    upload = Upload.objects.claim(lease=LEASE)
    if upload is None:
        return False
    with kept(upload, lease=LEASE):
        refuse(upload)
    return True


def certify_next() -> bool:
    """Claim one closed account and look whether all of it has gone; False when none was due."""
    certificate = Certificate.objects.claim(lease=LEASE)
    if certificate is None:
        return False
    try:
        with kept(certificate, lease=LEASE):
            is_gone = certify(certificate)
    except StorageFailed as error:
        log.warning("certificate of %s put off: %s", certificate, error)
        is_gone = False
    if not is_gone:
        certificate.put_back(delay=backoff(certificate.tries, base=60, cap=3600))
    return True
