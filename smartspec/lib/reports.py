"""What a report of a breakage may say to somebody outside: what broke, and nothing of whom it broke for."""

from smartspec.lib import logs


def scrubbed(event: dict, hint: dict | None = None) -> dict:
    """Without query, cookies, headers and tokens; with our request id, by which our own log knows more."""
    request = event.get("request", {})
    event["request"] = {name: request[name] for name in ("method", "url") if name in request}
    event.setdefault("tags", {})["request_id"] = logs.request_id.get()
    return blotted(event)


def blotted(value):
    """The same, with keys and tokens blotted out of every text in it."""
    if isinstance(value, dict):
        return {key: blotted(each) for key, each in value.items()}
    if isinstance(value, list):
        return [blotted(each) for each in value]
    return logs.blotted(value) if isinstance(value, str) else value
