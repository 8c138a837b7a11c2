"""The life of a task as data: every legal state and every legal move."""

from typing import NamedTuple


class State(NamedTuple):
    status: str
    stage: str

    def __str__(self) -> str:
        return f"{self.status}/{self.stage}"


QUEUED = State("pending", "queued")
SUBMITTING = State("processing", "submitting")
UNCONFIRMED = State("processing", "unconfirmed")
WAITING = State("processing", "waiting")
GENERATING = State("processing", "generating")
STORING = State("processing", "storing")
RENDERING = State("processing", "rendering")
COMPLETED = State("completed", "done")
FAILED = State("failed", "done")
CANCELLED = State("cancelled", "done")

STATES = (
    QUEUED,
    SUBMITTING,
    UNCONFIRMED,
    WAITING,
    GENERATING,
    STORING,
    RENDERING,
    COMPLETED,
    FAILED,
    CANCELLED,
)
FINAL = (COMPLETED, FAILED, CANCELLED)
LIVE = tuple(state for state in STATES if state not in FINAL)

# From each state, the states that may follow. `failed -> completed` is a result that came after the deadline.
MOVES: dict[State, tuple[State, ...]] = {
    QUEUED: (SUBMITTING, FAILED, CANCELLED),
    SUBMITTING: (QUEUED, WAITING, UNCONFIRMED, FAILED, CANCELLED),
    UNCONFIRMED: (WAITING, FAILED, CANCELLED),
    WAITING: (GENERATING, STORING, FAILED, CANCELLED),
    GENERATING: (STORING, FAILED, CANCELLED),
    STORING: (RENDERING, FAILED),
    RENDERING: (COMPLETED, FAILED),
    FAILED: (COMPLETED,),
    COMPLETED: (),
    CANCELLED: (),
}

STATUS_CHOICES = [(word, word) for word in ("pending", "processing", "completed", "failed", "cancelled")]
STAGE_CHOICES = [(state.stage, state.stage) for state in STATES[:8]]


def may_move(old: State, new: State) -> bool:
    return new in MOVES[old]


def diagram() -> str:
    """The table of moves as a Mermaid state diagram."""
    names = {state: state.status if state in FINAL else state.stage for state in STATES}
    lines = ["stateDiagram-v2", f"    [*] --> {names[QUEUED]}"]
    lines += [f"    {names[old]} --> {names[new]}" for old in STATES for new in MOVES[old]]
    return "\n".join(lines)
