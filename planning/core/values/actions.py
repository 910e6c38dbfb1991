"""Actions, what they cost, and where each stands for one organization.

Levels and hours are exact fractions, money is integer cents.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from itertools import chain

from planning.core.values.findings import Spot

CATEGORIES = ("consulting", "staffing", "gear", "software", "training", "connectivity")
BASES = ("per-organisation", "per-person", "per-device", "per-site")


@dataclass(frozen=True, slots=True)
class Lift:
    """The expected rise of a cell's score, in levels, when an action is done."""

    cell: str
    levels: Fraction


@dataclass(frozen=True, slots=True)
class CostRow:
    """The price of one unit in cents, low and high, once and a year; `count` names what is counted."""

    category: str
    basis: str
    one_time: tuple[int, int]
    yearly: tuple[int, int]
    year: int | None = None
    source: str = ""
    count: str | None = None

    def __post_init__(self) -> None:
        if self.category not in CATEGORIES or self.basis not in BASES:
            raise ValueError(f"Unknown category {self.category!r} or basis {self.basis!r}.")
        if not (0 <= self.one_time[0] <= self.one_time[1] and 0 <= self.yearly[0] <= self.yearly[1]):
            raise ValueError("A cost goes from low to high and is never below 0.")


@dataclass(frozen=True, slots=True)
class DoneWhen:
    """What in the inventory shows that an action is done already."""

    fact: str
    value: str


@dataclass(frozen=True, slots=True)
class Action:
    """One action as the arithmetic sees it, from the catalogue or an organization's own (`own`).

    An own action without `resolves` helps against every challenge of the cells that it lifts.
    """

    key: str
    kind: str
    resolves: tuple[str, ...] = ()
    lifts: tuple[Lift, ...] = ()
    requires: tuple[str, ...] = ()
    weeks: int = 1
    staff_hours: tuple[Fraction, Fraction] = (Fraction(0), Fraction(0))
    training_hours_per_person: Fraction = Fraction(0)
    assistance_hours: tuple[Fraction, Fraction] = (Fraction(0), Fraction(0))
    costs: tuple[CostRow, ...] = ()
    done_when: DoneWhen | None = None
    own: bool = False

    @property
    def hours(self) -> Fraction:
        """Staff hours for the whole organization: the midpoint."""
        return (self.staff_hours[0] + self.staff_hours[1]) / 2


@dataclass(frozen=True, slots=True)
class Numbers:
    """What cost rows are multiplied by; None = not known, the plan asks. `people` are paid staff.

    `counts` holds the numbers of the inventory by count key (also those that somebody corrected).
    """

    people: int | None = None
    devices: int | None = None
    sites: int | None = None
    counts: Mapping[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OwnRow:
    """An organization's own figures for one cost row; None = as in the catalogue. Amounts are for all units.

    `lots`: how many units are bought in the first, second, ... year from the start; empty = all at the start.
    """

    number: int | None = None
    one_time_cents: int | None = None
    yearly_cents: int | None = None
    lots: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnFigures:
    """An organization's own figures for one action. `without_help`: 'we do this without outside help'."""

    rows: Mapping[int, OwnRow] = field(default_factory=dict)
    without_help: bool = False
    hours: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in cents: low, likely, high."""

    low: int = 0
    likely: int = 0
    high: int = 0

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.low + other.low, self.likely + other.likely, self.high + other.high)

    def times(self, factor: int) -> "Amount":
        """Return the amount so many times."""
        return Amount(self.low * factor, self.likely * factor, self.high * factor)


@dataclass(frozen=True, slots=True)
class RowCost:
    """One cost row of one action with the organization's number; `row` counts from 0.

    `own`: a figure is the organization's; `year` and `source` are those of the catalogue's prices, none where all
    figures are own. `waived`: done without outside help, so 0.
    """

    action: str
    row: int
    category: str
    basis: str
    number: int | None
    one_time: Amount
    yearly: Amount
    year: int | None
    source: str
    count: str | None = None
    own: bool = False
    waived: bool = False
    lots: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ActionCost:
    """What one action costs: once, a year, and over the horizon as the choice counts it."""

    action: str
    rows: tuple[RowCost, ...] = ()

    @property
    def one_time(self) -> Amount:
        return sum((row.one_time for row in self.rows), Amount())

    @property
    def yearly(self) -> Amount:
        return sum((row.yearly for row in self.rows), Amount())

    def over(self, years: int = 3) -> Amount:
        """One-time + years x yearly."""
        return self.one_time + self.yearly.times(years)


class Standing(StrEnum):
    """Where an action stands before anything is chosen."""

    CANDIDATE = "candidate"
    DONE = "done"
    NO_GAP = "no-gap"  # no positive part in its lifts, not needed by a candidate, not added by hand
    NONE_TO_COUNT = "count-zero"  # a count in one of its rows is 0
    ASKS_NUMBER = "number-missing"  # a number is not known: the plan asks for it
    IMPOSSIBLE = "prerequisite"  # a prerequisite is neither done nor a candidate


class Why(StrEnum):
    """Why an action is a candidate."""

    GAP = "gap"
    PREREQUISITE = "prerequisite"
    BY_HAND = "by-hand"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One action of the catalogue (or an own one) for one organization.

    `reach` is its lift split among the challenges of each cell, in levels; `gain` is what it gains alone
    (relevance x min(part, lift)). `numbers_missing` are count keys or "people" | "devices" | "sites" that the
    plan asks for; `blocked_by` are prerequisites neither done nor candidates. `proposed_done`: the inventory
    says that it is done, nobody has confirmed it. `goals`, `challenges` and `cells` are the golden thread:
    what it serves, most first (goals in their own order); `needed_by` are candidates that require it.
    """

    action: Action
    standing: Standing
    why: Why | None = None
    reach: Mapping[Spot, Fraction] = field(default_factory=dict)
    gain: Fraction = Fraction(0)
    cost: ActionCost | None = None
    hours: Fraction = Fraction(0)
    numbers_missing: tuple[str, ...] = ()
    blocked_by: tuple[str, ...] = ()
    proposed_done: bool = False
    goals: tuple[str, ...] = ()
    challenges: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    needed_by: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return self.action.key


@dataclass(frozen=True, slots=True)
class Candidates:
    """Every action with its standing, and what the choice needs to know.

    `parts` are the gaps by cell and challenge, `relevance` is by cell.
    """

    actions: Mapping[str, Candidate]
    parts: Mapping[Spot, Fraction]
    relevance: Mapping[str, Fraction]

    @property
    def open(self) -> dict[str, Candidate]:
        """Those that may be chosen, by key in order."""
        return {
            key: found for key, found in sorted(self.actions.items()) if found.standing is Standing.CANDIDATE
        }

    def may_help(self, key: str) -> bool:
        """Say whether an action can be done, now or once the numbers are given that it or what it needs waits for."""
        found = self.actions.get(key)
        if found is not None and found.standing is Standing.IMPOSSIBLE:
            return all(self.may_help(needed) for needed in found.blocked_by)
        return found is not None and found.standing in (Standing.CANDIDATE, Standing.ASKS_NUMBER)

    def waits_for(self, key: str) -> tuple[str, ...]:
        """Return the numbers that an action waits for, and those that what it needs waits for, by name in order."""
        found = self.actions[key]
        deeper = (self.waits_for(needed) for needed in found.blocked_by)
        return tuple(sorted({*found.numbers_missing, *chain.from_iterable(deeper)}))

    @property
    def unreached(self) -> tuple[Spot, ...]:
        """The spots that no action of these reaches that may help ('nothing left in the catalogue helps here')."""
        reached = {spot for key, one in self.actions.items() if self.may_help(key) for spot in one.reach}
        return tuple(sorted(spot for spot in self.parts if spot not in reached))

    @property
    def asked(self) -> tuple[str, ...]:
        """The numbers that the plan asks for, by name in order."""
        return tuple(sorted({name for found in self.actions.values() for name in found.numbers_missing}))

    @property
    def done(self) -> frozenset[str]:
        return frozenset(key for key, found in self.actions.items() if found.standing is Standing.DONE)
