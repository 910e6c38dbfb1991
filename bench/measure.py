"""Measure by turns, so that a busy moment of the machine hits what is measured and its yardstick alike.

Times are milliseconds of the wall clock; results are medians; a ratio compares medians of the same run.
"""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

Work = Callable[[], object]

LEAST_ROUNDS = 7


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what, the goal in words, what was measured in words, and whether the goal holds."""

    what: str
    goal: str
    measured: str
    holds: bool


def time_once(work: Work) -> float:
    """Return how long one call takes, without the collector's pauses in it."""
    gc.collect()
    gc.disable()
    try:
        began = time.perf_counter()
        work()
        return (time.perf_counter() - began) * 1000
    finally:
        gc.enable()


def by_turns(works: dict[str, Work], *, rounds: int = LEAST_ROUNDS, warm: int = 2) -> dict[str, list[float]]:
    """Call each work once a round, in turns; return all times but those of the warming rounds."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for number in range(warm + max(rounds, LEAST_ROUNDS)):
        for name, work in works.items():
            spent = time_once(work)
            if number >= warm:
                times[name].append(spent)
    return times


def medians(works: dict[str, Work], *, rounds: int = LEAST_ROUNDS) -> dict[str, float]:
    """Return the median of each work, measured by turns."""
    return {name: statistics.median(times) for name, times in by_turns(works, rounds=rounds).items()}


def percentile(times: list[float], share: float) -> float:
    """Return the time within which `share` (0..1) of all were done."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def ratio_row(what: str, *, goal: float, work: Work, yardstick: Work, name: str, rounds: int = 15) -> Row:
    """Return a row that holds when `work` takes at most `goal` times its yardstick (called `name`)."""
    found = medians({"work": work, "yardstick": yardstick}, rounds=rounds)
    ratio = found["work"] / found["yardstick"]
    measured = f"{ratio:.2f} x ({found['work']:.1f} ms; {name}: {found['yardstick']:.1f} ms)"
    return Row(what, f"<= {goal:g} x {name}", measured, ratio <= goal)


def count_row(what: str, *, goal: int, count: int, unit: str) -> Row:
    """Return a row that holds when a count, such as of queries, is at most its goal."""
    return Row(what, f"<= {goal} {unit}", f"{count} {unit}", count <= goal)
