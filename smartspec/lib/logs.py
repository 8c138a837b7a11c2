"""What every log line says, and what none may: the request id, and the tokens in addresses of ours."""

import contextvars
import logging
import re

request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="-")
TOKEN = re.compile(r"(/callbacks/[a-z]+/[0-9a-f-]{36}/|/media/private/|[?&]token=)[^\s/&\"']+")


class RequestIdFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


class TokenFilter(logging.Filter):
    """Django logs the path of a request that failed; some paths let in whoever knows them."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        kept = TOKEN.sub(r"\1[token]", said)
        if kept != said:
            record.msg, record.args = kept, ()
        return True
