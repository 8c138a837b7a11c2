"""One JSON object per line, for whatever collects logs."""

import json
import logging
import re
from datetime import UTC, datetime

from smartspec.lib.logs import blotted

TASK = re.compile(r"\b(?:task |tasks/|advance\(?')([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


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
        if task_id := getattr(record, "task_id", "") or named(message):
            line["task_id"] = task_id
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return blotted(json.dumps(line, ensure_ascii=False, default=str))


def named(message: str) -> str:
    """The task that a line of somebody else's tells of, from outside of any work on it."""
    found = TASK.search(message)
    return found[1] if found else ""
