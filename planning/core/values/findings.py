"""What the inventory shows, and why the gaps are there: rules, challenges, cells, goals.

Levels are exact fractions. A cell is named ``"instrument/area/quality"``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

Figure = int | Fraction | date | str | None


class Spot(NamedTuple):
    """One challenge in one cell: where a gap has a cause, and where an action can help."""

    cell: str
    challenge: str


class RuleState(StrEnum):
    """What the inventory says about a challenge."""

    SHOWN = "shown"
    NOT_SHOWN = "not-shown"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a rule: true, false or (None) not answered, with the numbers that a sentence needs.

    `code` is one of `planning.core.rules.PART_CODES`.
    """

    code: str
    holds: bool | None
    numbers: Mapping[str, Figure] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RuleReading:
    """One inventory rule, read on the day of the inventory."""

    challenge: str
    state: RuleState
    parts: tuple[Part, ...] = ()

    @property
    def proof(self) -> tuple[Part, ...]:
        """The parts that hold: what the inventory shows."""
        return tuple(part for part in self.parts if part.holds)


class Stance(StrEnum):
    """What a person said about a challenge."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A person accepted or rejected a challenge; a rejection has a reason."""

    challenge: str
    stance: Stance
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one question with a gap gives to one challenge: `amount` is weight x gap x share x factor x scale."""

    question: str
    cell: str
    weight: int
    gap: Fraction
    share: Fraction
    factor: Fraction
    scale: Fraction = Fraction(1)
    amount: Fraction = field(init=False)

    def __post_init__(self) -> None:
        over, under = self.weight, 1  # one fraction of whole numbers: there are hundreds of these
        for one in (self.gap, self.share, self.factor, self.scale):
            over, under = over * one.numerator, under * one.denominator
        object.__setattr__(self, "amount", Fraction(over, under))


@dataclass(frozen=True, slots=True)
class ChallengeFinding:
    """One challenge, its strength and where it comes from. `factor` is 0, 1/2, 1 or 2."""

    key: str
    strength: Fraction
    factor: Fraction
    contributions: tuple[Contribution, ...] = ()
    reading: RuleReading | None = None
    verdict: Verdict | None = None

    @property
    def shown(self) -> bool:
        """The inventory shows it."""
        return self.reading is not None and self.reading.state is RuleState.SHOWN

    @property
    def accepted(self) -> bool:
        return self.verdict is not None and self.verdict.stance is Stance.ACCEPTED

    @property
    def rejected(self) -> bool:
        return self.verdict is not None and self.verdict.stance is Stance.REJECTED

    @property
    def contradicted(self) -> bool:
        """A person rejected what the inventory shows."""
        return self.rejected and self.shown


@dataclass(frozen=True, slots=True)
class CellFinding:
    """One cell and its gap, split among its challenges: `parts`, strongest first, need not explain all."""

    key: str
    instrument: str
    area: str
    quality: str
    score: Fraction | None
    target: Fraction | None
    gap: Fraction | None
    parts: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Findings:
    """Why the gaps are there. `challenges` strongest first; the other tuples hold keys.

    `first` are those shown first; `contradictions` were rejected although the inventory shows them;
    `without_gap` are shown by the inventory but explain no gap.
    """

    challenges: tuple[ChallengeFinding, ...]
    cells: tuple[CellFinding, ...]
    first: tuple[str, ...] = ()
    contradictions: tuple[str, ...] = ()
    without_gap: tuple[str, ...] = ()

    def challenge(self, key: str) -> ChallengeFinding | None:
        """Return the finding of a challenge, or None where nothing points to it."""
        return next((found for found in self.challenges if found.key == key), None)

    @property
    def parts(self) -> dict[Spot, Fraction]:
        """All positive parts."""
        return {
            Spot(cell.key, challenge): levels
            for cell in self.cells
            for challenge, levels in cell.parts.items()
            if levels > 0
        }


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal of the organization: `areas` are area keys, `weight` is 1 to 3."""

    key: str
    areas: frozenset[str]
    weight: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.weight <= 3:
            raise ValueError("A goal's weight lies between 1 and 3.")
