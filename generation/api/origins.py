"""Which foreign pages may read an event stream: those that may call the API."""

from django.conf import settings

READING = "GET, OPTIONS"
KEPT_SECONDS = "86400"


class ForOrigin:
    """Sends an answer on, with the headers that let a page of `origin` read it."""

    def __init__(self, send, origin: str):
        self._send = send
        self._headers = [(b"vary", b"Origin")]
        if origin in settings.CORS_ALLOWED_ORIGINS:
            self._headers.append((b"access-control-allow-origin", origin.encode("latin-1")))
        self.is_allowed = len(self._headers) > 1

    async def __call__(self, message) -> None:
        if message["type"] == "http.response.start":
            message = message | {"headers": [*message["headers"], *self._headers]}
        await self._send(message)

    async def answer_preflight(self) -> None:
        """A page that sends its key in a header asks first; one that uses the stream's token does not."""
        granted = {
            "access-control-allow-methods": READING,
            "access-control-allow-headers": ", ".join(settings.CORS_ALLOW_HEADERS),
            "access-control-max-age": KEPT_SECONDS,
        }
        head = [(name.encode(), value.encode()) for name, value in granted.items() if self.is_allowed]
        await self({"type": "http.response.start", "status": 204, "headers": head})
        await self({"type": "http.response.body", "body": b""})
