"""The desk takes orders: checks, charges, writes down, hands on the work, tells the customer."""

import json
import threading
from pathlib import Path

from . import faults, protocol
from .account import Account, Pace
from .answers import Lost, Refusal
from .callbacks import Messenger
from .faults import Mode
from .market import MODELS, VEO, Model
from .prices import LONGEST_SPEECH
from .rules import check
from .studio import Studio, order_for
from .tasks import Journal, Task, now_ms

UNKNOWN_MODEL = (
    "The model name you specified is not supported. "
    "Please verify your input and use one of the supported models provided by KIE."
)
MOVIE_1080P_PRICE = 5


class Desk:
    def __init__(
        self,
        *,
        folder: Path,
        credits: float = 100_000,
        speed: float = 1.0,
        rate: int = 20,
        hmac_key: str = "",
        log: Path | None = None,
        workers: int = 2,
    ):
        self.base = ""  # set by the server once its port is known
        self.results = folder / "results"
        self.uploads = folder / "uploads"
        for place in (folder, self.results, self.uploads):
            place.mkdir(parents=True, exist_ok=True)
        self._opening_credits = credits
        self._lock = threading.Lock()
        self._creates = (log or folder / "creates.jsonl").open("a", encoding="utf-8")
        self.mode = Mode()
        self.pace = Pace(rate)
        self.journal = Journal(folder / "journal.jsonl")
        self.account = Account(credits - sum(task.charged for task in self.journal.all()))
        self._messenger = Messenger(hmac_key=hmac_key, speed=speed)
        self._studio = Studio(workers=workers, speed=speed, started=self._started, finished=self._finished)
        for task in self.journal.all():
            if not task.finished:
                self._begin(task)

    # -- creating ------------------------------------------------------------------------------

    def create(self, *, family: str, model: str, document: dict, callback_url: str | None) -> Task:
        """Raises Refusal; a task that is returned is charged, written down and on its way."""
        spec = self._model(family, model)
        check(spec.rules, document)
        wanted = self.mode.take() | faults.in_text(words(document))
        self._refuse_on_request(wanted)
        self.pace.admit()
        price = spec.price(document)
        self.account.charge(price)
        task = Task(protocol.new_task_id(family), family, model, document, callback_url, charged=price)
        task.faults = wanted
        self._write_down(task)
        self._begin(task)
        if "early" in task.faults and task.callback_url:
            self._messenger.send(task.callback_url, protocol.callback_body(task, self.base))
        return task

    def _model(self, family: str, name: str) -> Model:
        spec = (VEO if family == "veo" else MODELS).get(name)
        if spec is None:
            raise Refusal(422, "Invalid model" if family == "veo" else UNKNOWN_MODEL)
        if name in self.mode.paused_models:
            raise Refusal(500, "This interface is temporarily paused.")
        return spec

    def _refuse_on_request(self, wanted: dict[str, str]) -> None:
        if "lost" in wanted:
            raise Lost
        code = "429" if "429" in wanted else wanted.get("refuse")
        if code:
            raise Refusal(int(code), faults.REFUSALS.get(code, "The request was refused"))

    def _write_down(self, task: Task) -> None:
        line = {
            "at": task.created_ms,
            "taskId": task.id,
            "model": task.model,
            "callBackUrl": task.callback_url,
            "input": task.input,
        }
        with self._lock:
            self._creates.write(json.dumps(line, ensure_ascii=False) + "\n")
            self._creates.flush()
        self.journal.save(task)

    # -- working -------------------------------------------------------------------------------

    def _begin(self, task: Task) -> None:
        if "stuck" in task.faults:
            return
        spec = self._model_of(task)
        order = order_for(spec.order(task.input), task, self.results, sketch=self.mode.sketch)
        self._studio.submit(task, spec.kind, order, self._foreseen(task))

    def _model_of(self, task: Task) -> Model:
        return (MODELS if task.family == "jobs" else VEO)[task.model]

    def _foreseen(self, task: Task) -> dict | None:
        """The outcome that a fault settles in advance."""
        if task.model in self.mode.dead_models:
            return {"code": "500", "msg": "Internal Error, Please try again later."}
        if "moderated" in task.faults:
            code = "400" if task.family == "veo" else task.faults["moderated"]
            return {"code": code, "msg": faults.FAILURES["430"]}
        if "fail" in task.faults:
            return faults.failure(task.faults["fail"], words(task.input))
        if "no-urls" in task.faults:
            return {"files": []}
        return None

    def _started(self, task: Task) -> None:
        task.state = "generating"

    def _finished(self, task: Task, outcome: dict) -> None:
        if self.journal.get(task.id, task.family) is not task:  # forgotten by a reset
            return
        self._settle(task, outcome)
        task.completed_ms = now_ms()
        if "code" in outcome:
            task.fail_code, task.fail_msg, task.state = outcome["code"], outcome["msg"], "fail"
        else:
            task.files, task.state = outcome["files"], "success"
        self.journal.save(task)
        self._tell(task)

    def _settle(self, task: Task, outcome: dict) -> None:
        """A failed task costs nothing, a talking picture what its audio took."""
        price = 0.0 if "code" in outcome else task.charged
        if price and "seconds" in outcome:
            price = round(price * min(outcome["seconds"], LONGEST_SPEECH) / LONGEST_SPEECH, 2)
        self.account.give_back(task.charged - price)
        task.charged = price

    def _tell(self, task: Task) -> None:
        if not task.callback_url or "no-callback" in task.faults:
            return
        body = protocol.callback_body(task, self.base)
        if "forged" in task.faults:
            lie = protocol.false_callback(task, self.base)
            self._messenger.send(task.callback_url, lie, key="somebody else's key")
        for _ in range(2 if "twice" in task.faults else 1):
            self._messenger.send(
                task.callback_url,
                body,
                key="" if "unsigned" in task.faults else None,
                skew=int(task.faults.get("skew", 0)),
                delay=float(task.faults.get("late", 0)),
            )

    # -- asking and steering -------------------------------------------------------------------

    def find(self, task_id: str, family: str) -> Task | None:
        """None for an id that is unknown, of the other family or not to be seen yet."""
        task = self.journal.get(task_id, family)
        if task is None:
            return None
        hidden = float(task.faults.get("null-first", 0)) * 1000
        return None if now_ms() - task.created_ms < hidden else task

    def larger_film(self, task: Task) -> str | None:
        """The name of a Veo film in 1080p; the first question starts the work and is charged."""
        child_id = f"{task.id}_1080p"
        child = self.journal.get(child_id, "1080p")
        if child is None:
            self.account.charge(MOVIE_1080P_PRICE)
            child = Task(child_id, "1080p", task.model, task.input | {"resolution": "1080p"})
            child.charged = MOVIE_1080P_PRICE
            self.journal.save(child)
            self._begin(child)
        return child.files[0] if child.state == "success" else None

    def release(self, task_id: str | None) -> int:
        """Let stuck tasks go on; returns how many."""
        stuck = [task for task in self.journal.all() if "stuck" in task.faults and not task.finished]
        chosen = [task for task in stuck if task_id in (None, task.id)]
        for task in chosen:
            del task.faults["stuck"]
            self._begin(task)
        return len(chosen)

    def reset(self) -> None:
        """Forget every task, every fault and every charge; results and the log of creates stay."""
        self.journal.clear()
        self.account.set(self._opening_credits)
        self.pace.forget()
        self.mode = Mode()

    def close(self) -> None:
        self._messenger.stop()
        self._studio.stop()
        self.journal.close()
        self._creates.close()


def words(document: dict) -> str:
    """Everything a person wrote into this input."""
    shots = document.get("shots") or []
    scenes = [shot["Scene"] for shot in shots]
    return " ".join([document.get("prompt") or document.get("text") or "", *scenes])
