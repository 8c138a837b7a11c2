"""One JSON object per line, for whatever collects logs."""

import json
import logging
import re
from datetime import UTC, datetime

TASK = re.compile(r"\b(?:task |tasks/|advance\(?')([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
SECRET = re.compile(
    r"(\bss_(?:live|test)_|\bBearer |/callbacks/[a-z]+/[0-9a-f-]{36}/|/media/private/|[?&]token=)"
    r"[^\s/&\"',\\]+"
)


class JsonFormatter(logging.Formatter):
    """{time, level, logger, message, request_id, task_id?, exception?}; secrets are blotted out."""

    def format(self, record: logging.LogRecord) -> str:
        message = record.getMessage()
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": message,
            "request_id": getattr(record, "request_id", "-"),
            "process": record.process,
        }
        if found := TASK.search(message):
            line["task_id"] = found[1]
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return SECRET.sub(r"\1[secret]", json.dumps(line, ensure_ascii=False, default=str))
