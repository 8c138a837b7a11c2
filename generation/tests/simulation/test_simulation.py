"""Hundreds of histories of the real services, each with its own mishaps, each replayed by its seed.

SIMULATION_HISTORIES=20000 runs more of them; SIMULATION_SEED=123 SIMULATION_HISTORIES=1 tells one again.
"""

import os
from collections import Counter

import pytest

from generation.tests.simulation import histories
from generation.tests.simulation.dice import RATES
from smartspec.lib import crash_points

pytestmark = pytest.mark.sqlite_only(
    reason="one process on one connection: the database's own concurrency has no part in it"
)

FIRST = int(os.environ.get("SIMULATION_SEED", "1"))
HISTORIES = int(os.environ.get("SIMULATION_HISTORIES", "100"))
ENOUGH = 100  # from so many on, every fault has to happen; a few more are told until it has
MOST = 600
ELSEWHERE = {"deliver.opened", "deliver.worked"}  # these belong to the worker's own loop


def told(seed: int, outcome: histories.Outcome) -> str:
    story = "\n".join(f"  {line}" for line in [*outcome.story, "", *outcome.lives])
    again = f"SIMULATION_SEED={seed} SIMULATION_HISTORIES=1 script/test generation/tests/simulation"
    return "\n".join([story, *outcome.violations, "", f"Once more: {again}"])


def test_no_history_breaks_a_promise(simulated):
    faults, tasks, number = Counter(), Counter(), 0
    while number < HISTORIES or (HISTORIES >= ENOUGH and number < MOST and missing(faults)):
        outcome = histories.tell(FIRST + number)
        assert not outcome.violations, told(FIRST + number, outcome)
        faults += outcome.counts
        tasks += outcome.tasks
        number += 1
    print(f"\n{number} histories, {tasks}, {sum(faults.values())} faults")
    if HISTORIES >= ENOUGH:
        assert missing(faults) == set()
        assert {"completed", "failed", "cancelled"} <= tasks.keys()


def missing(faults: Counter) -> set[str]:
    """What has not happened in any history yet."""
    points = {f"crash: {name}" for name in crash_points.POINTS.keys() - ELSEWHERE}
    return (RATES.keys() | points) - faults.keys()


def test_the_same_seed_tells_the_same_history(simulated):
    assert histories.tell(7).story == histories.tell(7).story
