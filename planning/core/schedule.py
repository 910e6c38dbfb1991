"""Put the chosen actions in time. Weeks and quarters count from 0, 13 weeks to a quarter.

An action starts when its prerequisites have ended, in a quarter that has staff hours left for it. Its hours
are taken from the quarter of its start on, within what each quarter can give; what does not fit goes on in
the next. It ends after its weeks, or in the first week of the quarter in which its last hour falls, if later.
Order: the most gain for an hour of the best chain (an action with its chosen prerequisites) that an action
belongs to; a chain without hours counts as one hour; ties by key; prerequisites first. A limit for each year
holds for all cost of that year. What would end after the last quarter of the plan is left out; the staff hours
are the reason where it would end in time if nobody counted them. Source: docs/arithmetic.md.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from planning.core.candidates import closure, gain_of
from planning.core.costs import QUARTERS_A_YEAR, cost_line
from planning.core.values import (
    WEEKS_A_QUARTER,
    Candidate,
    Candidates,
    LeftOut,
    Reason,
    Schedule,
    Scheduled,
)

ZERO = Fraction(0)


def make_schedule(
    candidates: Candidates,
    chosen: tuple[str, ...],
    *,
    capacity: Fraction | None,
    years: int = 3,
    yearly_limit_cents: int | None = None,
    earliest: Mapping[str, int] | None = None,
) -> Schedule:
    """Return when each chosen action runs.

    Args:
        chosen: keys of candidates.
        capacity: staff hours a quarter; None = no limit.
        yearly_limit_cents: the most that one year of the plan may cost.
        earliest: quarters before which somebody does not want an action to start.
    """
    desk = _Desk(candidates, years * QUARTERS_A_YEAR, capacity, yearly_limit_cents, earliest or {})
    for key in order(candidates, chosen):
        desk.place(candidates.actions[key], frozenset(chosen))
    placed = sorted(desk.placed.values(), key=lambda one: (one.first_week, one.last_week, one.action))
    return Schedule(tuple(placed), desk.quarters, capacity, tuple(desk.left_out))


def order(candidates: Candidates, chosen: tuple[str, ...]) -> list[str]:
    """Return the order in which actions take their places: best chain first, prerequisites first."""
    actions, done = {key: candidates.actions[key].action for key in chosen}, candidates.done
    chains = {key: closure([key], actions, done) & actions.keys() for key in chosen}
    best: dict[str, Fraction] = defaultdict(Fraction)
    for chain in chains.values():
        members = [candidates.actions[key] for key in chain]
        gain = gain_of((one.reach for one in members), candidates.parts, candidates.relevance)
        value = gain / (sum((one.hours for one in members), ZERO) or 1)
        for key in chain:
            best[key] = max(best[key], value)
    waiting = sorted(chosen, key=lambda key: (-best[key], key))
    ordered: list[str] = []
    while waiting:
        free = next(key for key in waiting if chains[key] - {key} <= set(ordered))
        ordered.append(free)
        waiting.remove(free)
    return ordered


@dataclass(slots=True)
class _Desk:
    """The plan while it is being filled."""

    candidates: Candidates
    quarters: int
    capacity: Fraction | None
    yearly_limit_cents: int | None
    earliest: Mapping[str, int]
    placed: dict[str, Scheduled] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    used: dict[int, Fraction] = field(default_factory=lambda: defaultdict(Fraction))
    spent: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    unhurried: dict[str, int] = field(default_factory=dict)  # last weeks, if no hours were counted

    def place(self, candidate: Candidate, chosen: frozenset[str]) -> None:
        """Place one action at the first week that fits, or leave it out."""
        needed = [key for key in candidate.action.requires if key in chosen]
        lost = tuple(key for key in needed if key not in self.placed)
        if lost:
            self._leave_out(candidate, Reason.PREREQUISITE, lost)
            return
        week = max((self.placed[key].last_week + 1 for key in needed), default=0)
        week = max(week, self.earliest.get(candidate.key, 0) * WEEKS_A_QUARTER)
        reason = Reason.STAFF_HOURS if self._in_time_but_for_hours(candidate, needed) else Reason.HORIZON
        while week < self.quarters * WEEKS_A_QUARTER:
            tried = self._try(candidate, week)
            if tried is not None and tried.end_quarter < self.quarters:
                costs = self._cost_by_year(candidate, tried)
                if self._within_limits(costs):
                    self._take(tried, costs)
                    return
                reason = Reason.YEAR_LIMIT
            week = (week // WEEKS_A_QUARTER + 1) * WEEKS_A_QUARTER
        self._leave_out(candidate, reason)

    def _in_time_but_for_hours(self, candidate: Candidate, needed: list[str]) -> bool:
        """Say whether the action, after what it needs, would end before the plan does if no hours were counted.

        A limit for each year may have moved what it needs as well; then that counts as it stands.
        """
        limited = self.yearly_limit_cents is not None
        ends = [self.placed[key].last_week if limited else self.unhurried[key] for key in needed]
        week = max(max(ends, default=-1) + 1, self.earliest.get(candidate.key, 0) * WEEKS_A_QUARTER)
        last = self.unhurried[candidate.key] = week + max(candidate.action.weeks, 1) - 1
        return last // WEEKS_A_QUARTER < self.quarters

    def _try(self, candidate: Candidate, week: int) -> Scheduled | None:
        """Return the action from this week on, or None where its quarter has no hour left for it."""
        first = week // WEEKS_A_QUARTER
        hours: dict[int, Fraction] = {}
        left, quarter = candidate.hours, first
        while left > 0:
            free = left if self.capacity is None else self.capacity - self.used[quarter]
            taken = min(left, max(free, ZERO))
            if not taken and (quarter == first or not self.capacity):
                return None
            if taken:
                hours[quarter] = taken
            left, quarter = left - taken, quarter + 1
        last_hour = max(hours, default=first) * WEEKS_A_QUARTER
        return Scheduled(
            candidate.key, week, max(week + max(candidate.action.weeks, 1) - 1, last_hour), hours
        )

    def _cost_by_year(self, candidate: Candidate, tried: Scheduled) -> list[int]:
        """Return the likely cost of each year; nothing where no limit asks for it."""
        if self.yearly_limit_cents is None:
            return []
        rows = candidate.cost.rows if candidate.cost is not None else ()
        lines = [cost_line(row, tried, self.quarters // QUARTERS_A_YEAR).years for row in rows]
        return [sum(line[year].likely for line in lines) for year in range(self.quarters // QUARTERS_A_YEAR)]

    def _within_limits(self, costs: list[int]) -> bool:
        limit = self.yearly_limit_cents
        return limit is None or all(
            not cost or self.spent[year] + cost <= limit for year, cost in enumerate(costs)
        )

    def _take(self, placed: Scheduled, costs: list[int]) -> None:
        self.placed[placed.action] = placed
        for quarter, hours in placed.hours.items():
            self.used[quarter] += hours
        for year, cost in enumerate(costs):
            self.spent[year] += cost

    def _leave_out(self, candidate: Candidate, reason: Reason, blocked_by: tuple[str, ...] = ()) -> None:
        cost = (
            candidate.cost.over(self.quarters // QUARTERS_A_YEAR).likely if candidate.cost is not None else 0
        )
        self.left_out.append(
            LeftOut(
                candidate.key,
                reason,
                gain=candidate.gain,
                cost_cents=cost,
                hours=candidate.hours,
                blocked_by=blocked_by,
            )
        )
