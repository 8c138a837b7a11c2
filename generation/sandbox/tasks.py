"""One task of the provider and the journal that lets it survive a restart."""

import json
import threading
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path


def now_ms() -> int:
    return int(time.time() * 1000)


@dataclass
class Task:
    id: str
    family: str  # "jobs" or "veo": two id spaces
    model: str
    input: dict
    callback_url: str | None = None
    state: str = "waiting"
    files: list[str] = field(default_factory=list)  # names below /results/
    fail_code: str | None = None
    fail_msg: str | None = None
    charged: float = 0  # credits; 0 again once the task has failed
    created_ms: int = field(default_factory=now_ms)
    completed_ms: int | None = None
    faults: dict = field(default_factory=dict)

    @property
    def cost_time(self) -> int | None:
        """Whole seconds from creation to completion."""
        return None if self.completed_ms is None else round((self.completed_ms - self.created_ms) / 1000)

    @property
    def finished(self) -> bool:
        return self.state in ("success", "fail")

    def urls(self, base: str) -> list[str]:
        return [f"{base}/results/{name}" for name in self.files]


def meets(task: Task, fault: str) -> bool:
    """A fault that happens a number of times: once more?"""
    left = int(task.faults.get(fault, 0))
    if left:
        task.faults[fault] = str(left - 1)
    return left > 0


class Journal:
    """Tasks in memory, each change appended to a file as one JSON line; the last line of an id counts."""

    def __init__(self, path: Path):
        self._lock = threading.Lock()
        self._tasks: dict[str, Task] = {}
        self._read(path)
        self._file = path.open("a", encoding="utf-8")

    def _read(self, path: Path) -> None:
        if not path.exists():
            return
        for line in path.read_text(encoding="utf-8").splitlines():
            try:
                task = Task(**json.loads(line))
            except ValueError:  # the line that a kill cut short
                continue
            self._tasks[task.id] = task

    def save(self, task: Task) -> None:
        line = json.dumps(asdict(task), ensure_ascii=False)
        with self._lock:
            self._tasks[task.id] = task
            self._file.write(line + "\n")
            self._file.flush()

    def get(self, task_id: str, family: str) -> Task | None:
        task = self._tasks.get(task_id)
        return task if task is not None and task.family == family else None

    def all(self) -> list[Task]:
        with self._lock:
            return list(self._tasks.values())

    def clear(self) -> None:
        with self._lock:
            self._tasks.clear()
            self._file.truncate(0)

    def close(self) -> None:
        self._file.close()
