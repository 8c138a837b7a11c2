"""What every log line says, and what none may: request and task; keys, and tokens in addresses of ours."""

import contextvars
import logging

from smartspec.lib.secret_places import BARE, OURS, PARAMETER

request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="-")
task_id: contextvars.ContextVar[str] = contextvars.ContextVar("task_id", default="")
BLOT = r"\1[secret]"


def blotted(text: str) -> str:
    """Without keys, and without the parts of addresses that let in whoever knows them."""
    for place in (OURS, BARE, PARAMETER):
        text = place.sub(BLOT, text)
    return text


class RequestIdFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        record.task_id = task_id.get()
        return True


class TokenFilter(logging.Filter):
    """Django logs the path of a request that failed; some paths let in whoever knows them."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        kept = blotted(said)
        if kept != said:
            record.msg, record.args = kept, ()
        return True
