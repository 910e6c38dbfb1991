"""The part of the document about what is planned: goals, actions, costs, what is left out, what comes first.

Money is whole cents, hours are exact, quarters count from 0 at the start of the plan.
"""

from collections.abc import Iterable, Mapping
from typing import Annotated, Self

from pydantic import Field, model_validator

from planning.core.figures import Figures
from reports.core.document.base import MOST_YEARS, Amounts, Cents, Day, Exact, Flag, Key, Part, Text, Whole


class GoalPart(Part):
    """A goal of the organization and the chosen actions that serve it."""

    key: str
    title: str
    measure: str = ""
    by: Day | None = None
    areas: tuple[Key, ...] = ()
    weight: Whole = 1
    actions: tuple[str, ...] = ()


class CostLine(Part):
    """One cost row of one action: how it was worked out, where the price comes from, cents by year."""

    row: Whole
    category: str
    number: Whole
    calculation: Text
    note: Text | None = None
    source: str = ""
    year: Whole | None = None
    own: Flag = False
    waived: Flag = False
    one_time: tuple[Amounts, ...]
    yearly: tuple[Amounts, ...]

    @property
    def by_year(self) -> tuple[Amounts, ...]:
        return tuple(once + more for once, more in zip(self.one_time, self.yearly, strict=True))

    @property
    def total(self) -> Amounts:
        return added(self.by_year)


class Lift(Part):
    """What an action alone is expected to add to a cell, in levels."""

    cell: str
    levels: Exact


class ActionPart(Part):
    """One chosen action: what, why, how, who, when, how much, and what it serves."""

    key: str
    own: Flag
    kind: str
    title: Text
    summary: Text | None
    must_have: Flag
    by_hand: Flag
    first_steps: tuple[Text, ...] = ()
    measures: tuple[Text, ...] = ()
    funding: Text | None = None
    owner: str = ""
    start_quarter: Whole | None = None
    end_quarter: Whole | None = None
    hours: Exact
    hours_by_quarter: Mapping[int, Exact] = {}
    training_hours_per_person: Exact
    assistance_hours: tuple[Exact, Exact]
    without_help: Flag = False
    requires: tuple[str, ...] = ()
    challenges: tuple[Key, ...] = ()
    goals: tuple[str, ...] = ()
    lifts: tuple[Lift, ...] = ()
    lines: tuple[CostLine, ...] = ()

    @property
    def cells(self) -> tuple[str, ...]:
        return tuple(lift.cell for lift in self.lifts)

    @property
    def total(self) -> Amounts:
        return added(line.total for line in self.lines)


class DonePart(Part):
    """An action that is done already. `cells` and `challenges` are what it serves."""

    key: str
    title: Text
    cells: tuple[str, ...] = ()
    challenges: tuple[Key, ...] = ()


class LeftOutPart(Part):
    """A candidate that is not in the plan, and the one reason; `said` is what somebody gave as their own
    reason.

    `cells` and `challenges` are what it would serve; `with_needs`: the cost is that of what it needs first as well.
    """

    key: str
    title: Text
    reason: str
    sentence: Text
    said: str = ""
    cost_cents: Cents
    with_needs: Flag = False
    cells: tuple[str, ...] = ()
    challenges: tuple[Key, ...] = ()


class FirstStep(Part):
    """One action in the order in which it is done if part is funded, with what is spent when it is added."""

    action: str
    cost_cents: Cents
    running_cents: Cents


class PlanPart(Part):
    """The plan. `gained` is the share of the whole gap (areas of goals counting more) that it closes.

    `approved_cents` is what it likely came to when it was approved, `approved_percent` how much of the gap it closed
    then; None where that was not kept. `sites_counted`: the places of work that prices count; None: not known.
    """

    number: Whole
    title: str
    state: str
    approved_on: Day | None
    approved_by: str
    approved_cents: Cents | None = None
    approved_percent: Annotated[Whole, Field(ge=0, le=100)] | None = None
    start_year: Annotated[Whole, Field(ge=1, le=9000)]
    start_quarter: Annotated[Whole, Field(ge=1, le=4)]
    horizon_years: Annotated[Whole, Field(ge=1, le=MOST_YEARS)]
    budget_cents: Cents | None
    yearly_limit_cents: Cents | None
    capacity: Exact
    sites_counted: Whole | None = None
    gained: Exact | None
    actions: tuple[ActionPart, ...] = ()
    left_out: tuple[LeftOutPart, ...] = ()
    done: tuple[DonePart, ...] = ()
    first: tuple[FirstStep, ...] = ()

    @model_validator(mode="after")
    def _as_many_entries_as_years(self) -> Self:
        for action in self.actions:
            for line in action.lines:
                if {len(line.one_time), len(line.yearly)} != {self.horizon_years}:
                    raise ValueError(
                        f"the costs of {action.key}, row {line.row}, must have {self.horizon_years} years"
                    )
        return self

    @property
    def undecided(self) -> str:
        """Return "draft" or "proposed" for a plan that nobody has approved; '' for any other."""
        return self.state if self.approved_on is None and self.state in {"draft", "proposed"} else ""

    @property
    def approved(self) -> Figures:
        """What was approved."""
        return Figures(self.approved_cents, self.approved_percent)

    @property
    def comes_to(self) -> Figures:
        """What an approval would keep now."""
        return Figures.of(self.total.likely, self.gained)

    @property
    def lines(self) -> tuple[CostLine, ...]:
        return tuple(line for action in self.actions for line in action.lines)

    @property
    def one_time(self) -> tuple[Amounts, ...]:
        return self._by_year([line.one_time for line in self.lines])

    @property
    def yearly(self) -> tuple[Amounts, ...]:
        return self._by_year([line.yearly for line in self.lines])

    @property
    def by_year(self) -> tuple[Amounts, ...]:
        return self._by_year([line.by_year for line in self.lines])

    @property
    def total(self) -> Amounts:
        return added(self.by_year)

    def category(self, key: str) -> tuple[Amounts, ...]:
        """Return what one category costs, by year."""
        return self._by_year([line.by_year for line in self.lines if line.category == key])

    def _by_year(self, rows: list[tuple[Amounts, ...]]) -> tuple[Amounts, ...]:
        return tuple(added(row[year] for row in rows) for year in range(self.horizon_years))


def added(amounts: Iterable[Amounts]) -> Amounts:
    """Return the sum of amounts."""
    low = likely = high = 0
    for amount in amounts:
        low, likely, high = low + amount.low, likely + amount.likely, high + amount.high
    return Amounts(low=low, likely=likely, high=high)
