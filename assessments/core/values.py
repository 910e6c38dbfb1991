"""The values that scoring takes and gives. Plain Python, no framework.

Unit: levels, 0 (absent) to 4 (top), exact fractions. None means "nothing to score", which is not 0.
A cell is one area under one quality; its key is ``"area/quality"``.
Source: docs/arithmetic.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

TOP = 4
DEFAULT_TARGET = 3


class Kind(StrEnum):
    """What one person said to one question."""

    LEVEL = "level"
    NOT_APPLICABLE = "not-applicable"
    UNKNOWN = "dont-know"


class State(StrEnum):
    """Where a question stands for the organization as a whole."""

    LEVEL = "level"
    NOT_APPLICABLE = "not-applicable"
    UNKNOWN = "dont-know"
    UNANSWERED = "unanswered"
    HIDDEN = "hidden"
    NOT_ASKED = "not-asked"


@dataclass(frozen=True, slots=True)
class Response:
    """One person's answer to one question; `level` is 0..4 with kind LEVEL, else None."""

    question: str
    respondent: str
    kind: Kind
    level: int | None = None
    guess: bool = False

    def __post_init__(self) -> None:
        if (self.kind is Kind.LEVEL) != (self.level is not None):
            raise ValueError("A level goes with an answer of kind level, and only with that.")
        if self.level is not None and not 0 <= self.level <= TOP:
            raise ValueError("A level lies between 0 and 4.")


@dataclass(frozen=True, slots=True)
class Consensus:
    """What the respondents agreed on for one question: a level, or that it does not apply (level None)."""

    question: str
    level: int | None


@dataclass(frozen=True, slots=True)
class Targets:
    """Wanted levels, whole 0..4: by question key and by cell key."""

    questions: Mapping[str, int] = field(default_factory=dict)
    cells: Mapping[str, int] = field(default_factory=dict)

    def of(self, question: str, cell: str, own: int | None = None) -> int:
        """Return the target of a question: its own, its cell's, the instrument's (`own`), else 3."""
        if question in self.questions:
            return self.questions[question]
        if cell in self.cells:
            return self.cells[cell]
        return DEFAULT_TARGET if own is None else own


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One question for the whole organization.

    `level`, `low`, `high`, `gap` are exact levels or None; `counts` holds how many people gave level 0..4;
    `unknown`, `not_applicable`, `guesses` count people; `agreed` says that a consensus was recorded.
    `challenges` are the keys of what explains a low answer, likeliest first. `closed`: the answers of single people
    could be read out of its figures, so no page and no report shows them.
    """

    key: str
    area: str
    quality: str
    weight: int
    state: State
    level: Fraction | None
    low: Fraction | None
    high: Fraction | None
    target: int
    gap: Fraction | None
    counts: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)
    unknown: int = 0
    not_applicable: int = 0
    guesses: int = 0
    agreed: bool = False
    challenges: tuple[str, ...] = ()
    closed: bool = False

    @property
    def cell(self) -> str:
        return f"{self.area}/{self.quality}"

    @property
    def applicable(self) -> bool:
        """Asked, shown to somebody, answered, and not 'does not apply'."""
        return self.state in (State.LEVEL, State.UNKNOWN)

    @property
    def people(self) -> int:
        """How many people answered in any way."""
        return sum(self.counts) + self.unknown + self.not_applicable

    @property
    def knowledge_gap(self) -> bool:
        """At least half of those who answered do not know."""
        return self.people > 0 and 2 * self.unknown >= self.people


@dataclass(frozen=True, slots=True)
class CellResult:
    """One cell. `base` questions of the `applicable` ones carry a level; None where nothing is scored.

    `withheld`: too few people stand behind the cell, so it shows nothing that they said (see `closing`).
    """

    area: str
    quality: str
    score: Fraction | None
    low: Fraction | None
    high: Fraction | None
    target: Fraction | None
    gap: Fraction | None
    base: int
    applicable: int
    questions: tuple[QuestionResult, ...] = ()
    withheld: bool = False

    @property
    def key(self) -> str:
        return f"{self.area}/{self.quality}"

    @property
    def wide(self) -> bool:
        """The range is wider than half a level and is shown."""
        return self.low is not None and self.high is not None and self.high - self.low > Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Result:
    """One scored assessment: cells in the instrument's order, plain means by area, quality and overall."""

    instrument: str
    cells: tuple[CellResult, ...]
    areas: Mapping[str, Fraction | None]
    qualities: Mapping[str, Fraction | None]
    overall: Fraction | None

    def cell(self, key: str) -> CellResult:
        """Return the cell with this key; raises KeyError when the instrument has none."""
        for cell in self.cells:
            if cell.key == key:
                return cell
        raise KeyError(key)

    @property
    def questions(self) -> tuple[QuestionResult, ...]:
        return tuple(question for cell in self.cells for question in cell.questions)
