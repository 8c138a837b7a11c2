"""How to make something like this work: for the desktop app, and for the API as JSON and as cURL."""

import json
import shlex
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from django.conf import settings

from gallery.models import Item
from generation.catalogue import get_model

APP = "smartspec://generate"


class Using(NamedTuple):
    app: str
    json: str
    curl: str


def using(item: Item, *, url: str) -> Using | None:
    """None where the prompt is not shown, or where the API would refuse it: without its model or pictures."""
    spec = get_model(item.model_id)
    if spec is None or not spec.is_active or not item.show_prompt:
        return None
    options = {name: value for name, value in item.options.items() if name in spec.by_name}
    body = {"model_id": spec.id, "prompt": item.prompt} | options
    if not spec.validator.is_valid(body):
        return None
    text = json.dumps(body, ensure_ascii=False, indent=2)
    return Using(app=app_link(spec.media_type, body, url), json=text, curl=curl(spec.media_type, text))


def app_link(media_type: str, body: dict[str, Any], url: str) -> str:
    """`smartspec://generate?type=image&body={…}&source=…`, where `source` is the work's page."""
    packed = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return f"{APP}?{urlencode({'type': media_type, 'body': packed, 'source': url}, quote_via=quote)}"


def curl(media_type: str, body: str) -> str:
    """A command for a shell; the key stands in a variable, so that none is pasted into a history."""
    return (
        f"curl {settings.SITE_URL}/api/v1/generation/{media_type} \\\n"
        '  -H "X-API-Key: $API_KEY" -H "Content-Type: application/json" \\\n'
        f"  -d {shlex.quote(body)}"
    )
