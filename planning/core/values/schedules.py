"""The plan in time and its money by year.

Weeks and quarters count from 0 at the start of the plan, 13 weeks to a quarter; money is integer cents.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from planning.core.values.actions import CATEGORIES, Amount, RowCost
from planning.core.values.choices import LeftOut

WEEKS_A_QUARTER = 13
HOURS_A_QUARTER = 26


@dataclass(frozen=True, slots=True)
class Scheduled:
    """When one action runs: first and last week, both included, and its staff hours by quarter."""

    action: str
    first_week: int
    last_week: int
    hours: Mapping[int, Fraction] = field(default_factory=dict)

    @property
    def start_quarter(self) -> int:
        return self.first_week // WEEKS_A_QUARTER

    @property
    def end_quarter(self) -> int:
        return self.last_week // WEEKS_A_QUARTER


@dataclass(frozen=True, slots=True)
class Schedule:
    """The chosen actions in time, in order of their start; `left_out` did not fit into the horizon."""

    actions: tuple[Scheduled, ...]
    quarters: int
    capacity: Fraction | None
    left_out: tuple[LeftOut, ...] = ()

    def hours(self, quarter: int) -> Fraction:
        """Return the staff hours of one quarter."""
        return sum((found.hours.get(quarter, Fraction(0)) for found in self.actions), Fraction(0))

    def of(self, action: str) -> Scheduled | None:
        """Return when an action runs, or None where it is not scheduled."""
        return next((found for found in self.actions if found.action == action), None)


@dataclass(frozen=True, slots=True)
class CostLine:
    """One cost row over the plan's years: `one_time` and `yearly` hold one amount for each year."""

    cost: RowCost
    one_time: tuple[Amount, ...]
    yearly: tuple[Amount, ...]

    @property
    def years(self) -> tuple[Amount, ...]:
        return tuple(once + more for once, more in zip(self.one_time, self.yearly, strict=True))

    @property
    def total(self) -> Amount:
        return sum(self.years, Amount())


@dataclass(frozen=True, slots=True)
class CostTable:
    """What the scheduled plan costs. Every table below adds up the same lines."""

    lines: tuple[CostLine, ...]
    years: int

    @property
    def one_time(self) -> tuple[Amount, ...]:
        return self._by_year(tuple(line.one_time for line in self.lines))

    @property
    def yearly(self) -> tuple[Amount, ...]:
        return self._by_year(tuple(line.yearly for line in self.lines))

    @property
    def by_year(self) -> tuple[Amount, ...]:
        return self._by_year(tuple(line.years for line in self.lines))

    @property
    def total(self) -> Amount:
        return sum(self.by_year, Amount())

    @property
    def by_category(self) -> dict[str, tuple[Amount, ...]]:
        """Amounts by year for each category that has a line, in the order of CATEGORIES."""
        found = {line.cost.category for line in self.lines}
        return {
            category: self._by_year(tuple(x.years for x in self.lines if x.cost.category == category))
            for category in CATEGORIES
            if category in found
        }

    def of(self, action: str) -> tuple[CostLine, ...]:
        """Return the lines of one action."""
        return tuple(line for line in self.lines if line.cost.action == action)

    def _by_year(self, rows: tuple[tuple[Amount, ...], ...]) -> tuple[Amount, ...]:
        return tuple(sum((row[year] for row in rows), Amount()) for year in range(self.years))
