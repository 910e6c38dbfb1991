"""The frozen picture of a plan: everything that a page or a report says about it, computed and put into words.

A picture is in one language; its words are plain strings and it needs nothing else to be read. Levels and hours are
exact fractions, money is integer cents in the organization's currency, quarters and weeks count from 0 at the start
of the plan. Keys of cells are "instrument/area/quality". Tuples by year have one entry for each year of the plan.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

from planning.core.figures import Figures
from planning.core.values import Amount


@dataclass(frozen=True, slots=True)
class Named:
    """Something that is named on the page: its key and its title."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Help(Named):
    """An action that would help; `waits_for` says which numbers have to be there first, '' for none."""

    waits_for: str = ""


@dataclass(frozen=True, slots=True)
class DoneAlready(Named):
    """An action that the list of equipment says is done; `shown_by` are the sentences of the fact that says so."""

    shown_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CellPicture:
    """One result: now, after the plan and target, in levels; `parts` are its causes with their share of the gap.

    `actions` are the chosen actions that gain something in it, most first.
    """

    key: str
    instrument: str
    area: Named
    quality: Named
    title: str
    score: Fraction | None
    target: Fraction | None
    gap: Fraction | None
    after: Fraction | None
    base: int = 0
    applicable: int = 0
    parts: tuple[tuple[Named, Fraction], ...] = ()
    actions: tuple[Named, ...] = ()

    @property
    def rise(self) -> Fraction:
        """What the plan is expected to add, in levels."""
        return (
            (self.after or Fraction(0)) - (self.score or Fraction(0))
            if self.after is not None
            else Fraction(0)
        )


@dataclass(frozen=True, slots=True)
class ContributionPicture:
    """What one question gives to the strength of one challenge: weight x gap x share x factor."""

    question: str
    text: str
    cell: Named
    weight: int
    level: Fraction | None
    target: int
    gap: Fraction
    share: Fraction
    factor: Fraction
    amount: Fraction


@dataclass(frozen=True, slots=True)
class ChallengePicture:
    """One cause behind the gaps. `share` is its part of all strength; `proof` are sentences from the inventory.

    `closed`: its arithmetic would tell what single people answered, so no page and no report shows it.
    """

    key: str
    kind: str
    kind_title: str
    title: str
    explanation: str
    signs: tuple[str, ...]
    strength: Fraction
    share: Fraction
    factor: Fraction
    first: bool
    shown: bool
    contradicted: bool
    stance: str  # "accepted", "rejected" or "" = not decided
    reason: str
    decided_by: str
    decided_at: datetime | None
    proof: tuple[str, ...]
    checked: tuple[str, ...]  # what the inventory says against it, in sentences
    cells: tuple[Named, ...]
    contributions: tuple[ContributionPicture, ...]
    helps: tuple[Help, ...] = ()  # actions that would help, most first
    closed: bool = False

    @property
    def accepted(self) -> bool:
        return self.stance == "accepted"

    @property
    def rejected(self) -> bool:
        return self.stance == "rejected"


@dataclass(frozen=True, slots=True)
class GoalPicture:
    """A goal of the organization and the chosen actions that serve it."""

    key: str
    title: str
    measure: str
    by: date | None
    areas: tuple[Named, ...]
    weight: int
    actions: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class CostRowPicture:
    """One cost row of one action: what it is, how it is worked out, and what it comes to by year.

    `calculation` is a sentence such as "11 computers x $450 to $900 once". `source` and `year` say where the prices
    come from, the organization first where it set figures (`own`); `waived`: done without outside help, so 0.
    """

    row: int
    category: str
    category_title: str
    basis: str
    count: str
    number: int
    units: str
    calculation: str
    note: str
    source: str
    year: int | None
    own: bool
    waived: bool
    one_time: Amount
    yearly: Amount
    by_year_one_time: tuple[Amount, ...]
    by_year_yearly: tuple[Amount, ...]
    by_year: tuple[Amount, ...]
    total: Amount


@dataclass(frozen=True, slots=True)
class ActionPicture:
    """One chosen action with everything that is known about it. `thread` says why it is in the plan, `why` briefly.

    `first_week` and `last_week` are None where the action did not fit into the horizon. `gains` are the levels that it
    adds by cell on its own. An action that starts late may end after the plan's last quarter; `ends` names the quarter.
    """

    key: str
    title: str
    summary: str
    kind: str
    kind_title: str
    is_own: bool
    must_have: bool
    by_hand: bool
    thread: str
    challenges: tuple[Named, ...]
    cells: tuple[Named, ...]
    goals: tuple[Named, ...]
    requires: tuple[Named, ...]
    gains: tuple[tuple[Named, Fraction], ...]
    owner: str
    first_week: int | None
    last_week: int | None
    start_quarter: int | None
    end_quarter: int | None
    when: str
    hours: Fraction
    hours_by_quarter: Mapping[int, Fraction]
    training_hours_per_person: Fraction
    assistance_hours: tuple[Fraction, Fraction]
    without_help: bool
    rows: tuple[CostRowPicture, ...]
    one_time: Amount
    yearly: Amount
    by_year: tuple[Amount, ...]
    total: Amount
    first_steps: tuple[str, ...]
    measures: tuple[str, ...]
    funding: str
    resources: tuple[tuple[str, str], ...]
    proposed_done: DoneAlready | None = None
    ends: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class LeftOutPicture:
    """One action that is not in the plan and the one reason, as a code and as a sentence."""

    key: str
    title: str
    reason: str
    sentence: str
    cost_cents: int
    gain: Fraction
    needs: tuple[Named, ...] = ()
    numbers_missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NumberPicture:
    """A number that the inventory does not give, and the actions that wait for it."""

    count: str
    title: str
    number: int | None
    actions: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class StepPicture:
    """One step of the frontier: what a budget buys. `closes` is the share of the whole gap, 0 to 1."""

    cost_cents: int
    closes: Fraction
    hours: Fraction
    actions: tuple[str, ...]
    added: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class FirstPicture:
    """What comes first if part is funded: one action in order, with what is spent and closed when it is added."""

    key: str
    title: str
    cost_cents: int
    running_cents: int
    closes: Fraction
    when: str = ""


@dataclass(frozen=True, slots=True)
class CategoryPicture:
    """The money of one category: by year and in all."""

    key: str
    title: str
    by_year: tuple[Amount, ...]
    total: Amount


@dataclass(frozen=True, slots=True)
class CostPicture:
    """What the scheduled plan costs. Every table adds up the same rows."""

    one_time: tuple[Amount, ...]
    yearly: tuple[Amount, ...]
    by_year: tuple[Amount, ...]
    one_time_total: Amount
    yearly_total: Amount
    total: Amount
    categories: tuple[CategoryPicture, ...]


@dataclass(frozen=True, slots=True)
class TargetsPicture:
    """The targets behind the gaps: lowest and highest level, and whether people set one; else all are suggested."""

    set_by_people: bool
    lowest: int
    highest: int


@dataclass(frozen=True, slots=True)
class EventPicture:
    """What happened to the plan, as a sentence."""

    at: datetime
    who: str
    sentence: str


@dataclass(frozen=True, slots=True)
class PlanPicture:
    """A plan, frozen. `actions` are the chosen ones that have their time, in order of their start; `unscheduled` are
    those that have none and count nowhere; `first` is the order if part is funded.

    `closes` is the share of the whole gap (areas of goals counting more) that the chosen actions close, 0 to 1.
    `hours_limit` is what the organization can give over the horizon, `capacity` in one quarter. `state_words` and the
    other words are in `language`. `full_cents` is what the actions cost for the whole length of the plan, as budgets
    count, `counted_cents` the same with the unscheduled ones; `short_...` is by how much these break the budget or the
    hours, `must_short_...` by how much the must-haves alone do. `challenges`, `without_gap` and `frontier` are empty
    unless asked for; with `frontier` come the suggested budget and what its choice costs.
    """

    number: int
    title: str
    language: str
    currency: str
    state: str
    state_words: str
    revision: int
    approved_on: date | None
    approved_by: str
    approved_cents: int | None
    approved_percent: int | None
    created_at: datetime
    updated_at: datetime
    start_year: int
    start_quarter: int
    horizon_years: int
    quarters: tuple[str, ...]  # "Q4 2026", ...
    years: tuple[str, ...]  # "Oct 2026 to Sep 2027", ...
    budget_cents: int | None
    yearly_limit_cents: int | None
    capacity: Fraction
    hours_limit: Fraction
    hours: Fraction
    hours_by_quarter: tuple[Fraction, ...]
    assessments: tuple[int, ...]
    actions: tuple[ActionPicture, ...]
    unscheduled: tuple[LeftOutPicture, ...]
    left_out: tuple[LeftOutPicture, ...]
    done: tuple[Named, ...]
    proposed_done: tuple[DoneAlready, ...]
    challenges: tuple[ChallengePicture, ...]
    contradictions: tuple[Named, ...]
    without_gap: tuple[ChallengePicture, ...]
    unreached: tuple[tuple[Named, Named], ...]  # cell and challenge that nothing in the catalogue helps
    cells: tuple[CellPicture, ...]
    goals: tuple[GoalPicture, ...]
    numbers: tuple[NumberPicture, ...]
    cost: CostPicture
    gap: Fraction
    gained: Fraction
    closes: Fraction | None
    first: tuple[FirstPicture, ...]
    best_everywhere: bool
    short_cents: int = 0
    short_hours: Fraction = Fraction(0)
    must_short_cents: int = 0
    must_short_hours: Fraction = Fraction(0)
    full_cents: int = 0
    counted_cents: int = 0
    targets: TargetsPicture = field(default_factory=lambda: TargetsPicture(False, 0, 0))
    frontier: tuple[StepPicture, ...] = field(default=())
    suggested_cents: int | None = None
    suggested_cost_cents: int | None = None

    @property
    def approved(self) -> Figures:
        """What was approved."""
        return Figures(self.approved_cents, self.approved_percent)

    @property
    def comes_to(self) -> Figures:
        """What an approval would keep now."""
        return Figures.of(self.cost.total.likely, self.closes)

    def action(self, key: str) -> ActionPicture | None:
        """Return a chosen action by key, or None."""
        return next((found for found in self.actions if found.key == key), None)
