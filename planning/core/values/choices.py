"""A choice under limits, and what is suggested. Gains are exact fractions, money is integer cents."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Limits:
    """What a choice keeps: cents and staff hours over `years` (None = no limit), musts in, excluded out."""

    budget_cents: int | None = None
    hours: Fraction | None = None
    must: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    years: int = 3


class Reason(StrEnum):
    """Why an action is not in a choice."""

    BUDGET = "budget"
    HOURS = "hours"
    PREREQUISITE = "prerequisite"
    NOTHING_TO_GAIN = "nothing-to-gain"
    TOO_LITTLE = "too-little-to-gain"
    NOT_CHOSEN = "not-chosen"
    EXCLUDED = "excluded"
    NUMBER_MISSING = "number-missing"
    NONE_TO_COUNT = "count-zero"
    YEAR_LIMIT = "year-limit"
    HORIZON = "horizon"
    STAFF_HOURS = "staff-hours"  # the weeks would do, and other actions take the hours


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Why an action is left out, tried together with the prerequisites that it would need (`needs`).

    `gain`, `cost_cents` and `hours` are what the action and `needs` would add; `over_cents` and `over_hours`
    say by how much they break a limit, `short_cents` and `short_hours` by how much the chosen ones alone break it
    already; `blocked_by` names prerequisites that cannot be had; `numbers_missing`
    what is asked. `no_gap`: it closes no gap itself; `needed_by` are the candidates that it would come before.
    """

    action: str
    reason: Reason
    needs: tuple[str, ...] = ()
    gain: Fraction = Fraction(0)
    cost_cents: int = 0
    hours: Fraction = Fraction(0)
    over_cents: int = 0
    over_hours: Fraction = Fraction(0)
    short_cents: int = 0
    short_hours: Fraction = Fraction(0)
    blocked_by: tuple[str, ...] = ()
    numbers_missing: tuple[str, ...] = ()
    no_gap: bool = False
    needed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A chosen set, re-checked in fractions and cents. `chosen` is sorted by key.

    `best` is the most that the limits allow; `most` is the most without a budget. `short_cents` and
    `short_hours`: the must-haves with their prerequisites need so much more than the limits give; then they
    alone are chosen.
    """

    chosen: tuple[str, ...]
    gain: Fraction
    cost_cents: int
    hours: Fraction
    best: Fraction
    most: Fraction
    limits: Limits
    left_out: tuple[LeftOut, ...] = ()
    short_cents: int = 0
    short_hours: Fraction = Fraction(0)

    @property
    def share(self) -> Fraction | None:
        """The gain as a share of the most that can be gained; None where nothing can."""
        return self.gain / self.most if self.most else None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A set chosen by hand beside the limits: why each other action is left out, and what it needs above them.

    `must_short_cents` and `must_short_hours`: what its must-haves with their prerequisites alone need above them.
    `cost_cents` is what the set costs for the whole horizon, as budgets count.
    """

    left_out: tuple[LeftOut, ...]
    short_cents: int
    short_hours: Fraction
    must_short_cents: int = 0
    must_short_hours: Fraction = Fraction(0)
    cost_cents: int = 0


@dataclass(frozen=True, slots=True)
class MustHave:
    """The cheapest action that does most against one of the strongest challenges, with its prerequisites.

    `does` and `most` are the gains against the challenge of this action and of the best one.
    """

    challenge: str
    action: str
    needs: tuple[str, ...]
    cost_cents: int
    does: Fraction
    most: Fraction


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The suggested budget, whole hundreds of dollars in cents, and the choice that it buys."""

    budget_cents: int
    choice: Choice


@dataclass(frozen=True, slots=True)
class ProjectedCell:
    """A cell before and after a chosen set; `actions` are those that gain something in it, most first."""

    key: str
    score: Fraction | None
    target: Fraction | None
    after: Fraction | None
    actions: tuple[str, ...] = ()
