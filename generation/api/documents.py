"""What the API says of tasks, as plain dicts, and where its lists go on."""

from datetime import UTC, datetime
from decimal import Decimal

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from accounts.api.fields import CreditsField
from generation import catalogue, outlook, streaming
from generation.errors import RETRYABLE, TASK_ERRORS
from generation.models import LIVE_STATUSES, GenerationTask, TaskOutput
from generation.receipts import receipt_of
from storage_app.models import Rendition
from storage_app.placing import absolute

CREDITS = CreditsField()
POLL_AGAIN_SECONDS = {"image": 1, "video": 5, "audio": 1}


def number(amount: Decimal | int) -> int | float:
    """Credits as a JSON number with at most two decimals: 18, 209.5."""
    return CREDITS.to_representation(Decimal(amount))


def moment(when: datetime | None) -> str | None:
    """RFC 3339 in UTC."""
    return when.astimezone(UTC).isoformat().replace("+00:00", "Z") if when else None


def own_url(task: GenerationTask) -> str:
    return settings.SITE_URL + reverse("task", kwargs={"task_id": task.id})


def links(task: GenerationTask) -> dict:
    own = own_url(task)
    events = (settings.EVENTS_URL or settings.SITE_URL) + reverse("task-events", kwargs={"task_id": task.id})
    return {
        "self": own,
        "status": f"{own}/status",
        "events": f"{events}?token={streaming.token_for(task.id)}",
        "cancel": own,
    }


def error_of(task: GenerationTask) -> dict | None:
    if not task.error_code:
        return None
    message = TASK_ERRORS.get(task.error_code, TASK_ERRORS["internal"])
    return {
        "code": task.error_code,
        "message": str(message),
        "retryable": task.error_code in RETRYABLE,
        "charged": False,
    }


def thumbnail_of(output: TaskOutput) -> Rendition | None:
    """The first 640 px picture: thumbnail, poster's thumbnail, or the sound's card."""
    wanted = [
        r for r in output.asset.renditions.all() if r.format == "webp" and r.role != Rendition.Role.SOCIAL
    ]
    return min(wanted, key=lambda rendition: abs(rendition.width - 640), default=None)


def output_document(output: TaskOutput) -> dict:
    asset, thumbnail = output.asset, thumbnail_of(output)
    return {
        "id": str(asset.id),
        "url": absolute(asset.file.url),
        "thumbnail_url": absolute(thumbnail.file.url) if thumbnail else None,
        "placeholder": asset.placeholder or None,
        "content_type": asset.content_type,
        "width": asset.width,
        "height": asset.height,
        "duration_ms": asset.duration_ms,
        "bytes": asset.bytes,
        "sha256": asset.sha256,
    }


def gallery_item_of(task: GenerationTask) -> dict | None:
    """The work that was made from this task, whatever its state of moderation."""
    item = next(iter(task.gallery_items.all()), None)
    return {"id": str(item.id), "slug": item.slug, "status": item.status} if item else None


def parent_of(task: GenerationTask) -> str | None:
    """The own task that this one was made from; a public work is named in `output_metadata.remix_of`."""
    is_theirs = task.parent_id is not None and "remix_of" not in task.output_metadata
    return str(task.parent_id) if is_theirs else None


def new_task_document(task: GenerationTask) -> dict:
    """Of a task written this very moment: it has delivered nothing, so nothing is asked."""
    return _task_document(task, outputs=[], gallery_item=None)


def task_document(task: GenerationTask) -> dict:
    """Reads outputs, their assets and renditions, and gallery items; `queries.with_outputs` fetches them."""
    outputs = [output_document(output) for output in task.outputs.all()]
    return _task_document(task, outputs=outputs, gallery_item=gallery_item_of(task))


def _task_document(task: GenerationTask, *, outputs: list[dict], gallery_item: dict | None) -> dict:
    error = error_of(task)
    return {
        "id": str(task.id),
        "task_type": task.task_type,
        "model_id": task.model_id,
        "provider": task.provider,
        "prompt": task.prompt,
        "input_params": task.input_params,
        "reference_files": task.reference_files,
        "status": task.status,
        "stage": task.stage,
        "progress": task.progress,
        "sequence": task.sequence,
        "output_url": outputs[0]["url"] if outputs else None,
        "thumbnail_url": outputs[0]["thumbnail_url"] if outputs else None,
        "outputs": outputs,
        "output_metadata": task.output_metadata,
        "credits_quoted": number(task.credits_quoted),
        "credits_used": number(task.credits_used),
        "error": error,
        "error_message": error["message"] if error else None,
        "processing_time_ms": task.processing_time_ms,
        "created_at": moment(task.created_at),
        "started_at": moment(task.started_at),
        "completed_at": moment(task.completed_at),
        "parent_id": parent_of(task),
        "gallery_item": gallery_item,
        "urls": links(task),
    }


def status_document(task: GenerationTask) -> dict:
    return {
        "id": str(task.id),
        "status": task.status,
        "stage": task.stage,
        "progress": task.progress,
        "eta_ms": outlook.eta_ms(task),
        "late": task.is_late and task.status in LIVE_STATUSES,
        "sequence": task.sequence,
        "updated_at": moment(task.changed_at),
    }


def kind_of(model_id) -> str:
    """The kind of a model, `image` for none and for strangers: the order's own check names the mistake."""
    spec = catalogue.get_model(model_id) if isinstance(model_id, str) else None
    return spec.media_type if spec else "image"


def page_url(request: HttpRequest, **changes) -> str:
    """This list's own address with other parameters; None takes one away."""
    query = QueryDict(mutable=True)
    query.update(
        request.query_params.dict() | {name: value for name, value in changes.items() if value is not None}
    )
    for name in [name for name, value in changes.items() if value is None]:
        query.pop(name, None)
    tail = f"?{query.urlencode()}" if query else ""
    return f"{settings.SITE_URL}{request.path}{tail}"


def link_header(request: HttpRequest, offset: int, limit: int, total: int) -> str:
    """RFC 8288 links to the neighbouring pages."""
    links = []
    if offset + limit < total:
        links.append(f'<{page_url(request, offset=offset + limit)}>; rel="next"')
    if offset > 0:
        links.append(f'<{page_url(request, offset=max(0, offset - limit))}>; rel="prev"')
    return ", ".join(links)


def receipt_document(task: GenerationTask) -> dict:
    """Without the provider's price, which is between the provider and the operator."""
    receipt = receipt_of(task)
    parts = ("quoted", "held", "captured", "released", "refunded")
    amounts = {part: number(getattr(receipt, part)) for part in parts}
    return {"task_id": str(task.id), **amounts, "reason": receipt.reason}
