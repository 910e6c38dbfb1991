"""What is to be done: goals, decisions, plans."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field

from reports.core.document import MOST_YEARS
from reports.portability.schema.base import Address, Cents, Computed, Key, Line, Prose, Row, Whole


class GoalRow(Row):
    """A goal, in the organization's order."""

    title: Line
    measure: Line
    by: date | None
    areas: list[Key]
    weight: Annotated[int, Field(ge=1, le=3)]
    position: Whole


class DecisionRow(Row):
    """A challenge that somebody accepted or rejected."""

    challenge: Key
    accepted: bool
    reason: Prose
    decided_by: Address | None
    at: AwareDatetime


class MarkRow(Row):
    """An action that somebody marked as done, or as not done."""

    action: Key
    done: bool
    marked_by: Address | None
    at: AwareDatetime


class PlanCostRow(Row):
    """The organization's own figures for one cost row; `lots`: units bought in the first, second, ... year."""

    row: Whole
    number: Whole | None
    one_time_cents: Cents | None
    yearly_cents: Cents | None
    lots: list[Whole]
    category: Line
    note: Line


class PlanActionRow(Row):
    """What a plan says about one action."""

    key: Key
    chosen: bool
    must_have: bool
    excluded: bool
    excluded_reason: Line
    by_hand: bool
    owner: Line
    start: Whole | None
    without_help: bool
    is_own: bool
    title: Line
    summary: Prose
    kind: Line
    lifts: list[dict[str, Any]]
    weeks: Whole | None
    hours: Whole | None
    costs: list[PlanCostRow]


class PlanNumberRow(Row):
    """A number that the inventory does not give."""

    count: Key
    number: Whole


class PlanEventRow(Row):
    """What happened to a plan."""

    kind: Key
    user: Address | None
    detail: dict[str, Any]
    at: AwareDatetime


class PlanPart(Row):
    """One plan. `computed` holds challenge strengths with contributions, candidates, and costs by year."""

    number: Whole
    title: Line
    assessments: list[Whole]
    state: Literal["draft", "proposed", "approved", "under-way", "finished"]
    start_year: Whole
    start_quarter: Annotated[int, Field(ge=1, le=4)]
    horizon_years: Annotated[int, Field(ge=1, le=MOST_YEARS)]
    budget_cents: Cents | None
    yearly_limit_cents: Cents | None
    hours_per_quarter: Whole | None
    approved_on: date | None
    approved_by: Line
    approved_cents: Cents | None = None
    approved_percent: Annotated[Whole, Field(le=100)] | None = None
    created_by: Address | None
    created_at: AwareDatetime
    updated_at: AwareDatetime
    revision: Whole
    actions: list[PlanActionRow]
    numbers: list[PlanNumberRow]
    events: list[PlanEventRow]
    computed: Computed
