"""What changed between two assessments, and where things stand now. Plain Python, no framework.

Unit: levels, exact fractions. Only questions with a level in both are compared, so that asking more, or
less, never looks like a change. Weights are those of the later assessment. Source: docs/arithmetic.md.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessments.core.instruments import Instrument
from assessments.core.scoring import plain_mean, result_of_cells, weighted_mean
from assessments.core.values import CellResult, QuestionResult, Result, State


@dataclass(frozen=True, slots=True)
class Shift:
    """Two means over the same questions."""

    before: Fraction
    after: Fraction

    @property
    def rise(self) -> Fraction:
        """Levels gained; below 0 when lost."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell over its `base` common questions; `shift` is None when it has none."""

    key: str
    shift: Shift | None
    base: int


@dataclass(frozen=True, slots=True)
class Who:
    """How many people answered the earlier one, the later one, and both."""

    before: int
    after: int
    both: int


@dataclass(frozen=True, slots=True)
class Change:
    """The change cell by cell; an area, a quality or the whole is None unless both asked all its cells."""

    cells: tuple[CellChange, ...]
    areas: Mapping[str, Shift | None]
    qualities: Mapping[str, Shift | None]
    overall: Shift | None
    who: Who

    def cell(self, key: str) -> CellChange:
        """Return the change of this cell; raises KeyError when there is none."""
        for cell in self.cells:
            if cell.key == key:
                return cell
        raise KeyError(key)


def compare(
    before: Result,
    after: Result,
    *,
    who_before: Collection[str] = (),
    who_after: Collection[str] = (),
) -> Change:
    """Return what changed from one result to a later one of the same instrument.

    `who_before` and `who_after` name the people who answered, by anything that stays the same for a person.
    """
    earlier = {(question.cell, question.key): question for question in before.questions}
    cells: list[CellChange] = []
    asked: set[str] = set()
    for cell in after.cells:
        pairs = [
            (earlier[cell.key, question.key], question)
            for question in cell.questions
            if (cell.key, question.key) in earlier
        ]
        cells.append(_cell(cell.key, pairs))
        if any(_asked(old) for old, _ in pairs) and any(_asked(new) for _, new in pairs):
            asked.add(cell.key)

    def mean(keys: Iterable[str]) -> Shift | None:
        wanted = set(keys)
        return _mean(one for one in cells if one.key in wanted) if wanted <= asked else None

    people_before, people_after = set(who_before), set(who_after)
    return Change(
        cells=tuple(cells),
        areas={area: mean(c.key for c in after.cells if c.area == area) for area in after.areas},
        qualities={
            quality: mean(c.key for c in after.cells if c.quality == quality) for quality in after.qualities
        },
        overall=mean(c.key for c in after.cells),
        who=Who(len(people_before), len(people_after), len(people_before & people_after)),
    )


def current(instrument: Instrument, results: Sequence[Result]) -> Result:
    """Return where things stand: each cell as of the last of `results` (oldest first) that scored it.

    A cell that none of them scored is taken from the last in which it was answered at all, else the last.
    Cells that only earlier versions of the instrument had are left out. Raises ValueError without a result.
    """
    if not results:
        raise ValueError("There is no result to take the current state from.")
    cells = []
    for key in instrument.cells:
        known = [cell for result in results for cell in result.cells if cell.key == key]
        scored = [cell for cell in known if cell.score is not None]
        answered = [cell for cell in known if cell.applicable]
        cells.append((scored or answered or known or [_nothing(key)])[-1])
    return result_of_cells(instrument, cells)


def _nothing(key: str) -> CellResult:
    area, _, quality = key.partition("/")
    return CellResult(area, quality, None, None, None, None, None, base=0, applicable=0)


def _asked(question: QuestionResult) -> bool:
    return question.state is not State.NOT_ASKED


def _cell(key: str, pairs: Sequence[tuple[QuestionResult, QuestionResult]]) -> CellChange:
    common = [(old, new) for old, new in pairs if old.level is not None and new.level is not None]
    before = weighted_mean((old.level, new.weight) for old, new in common)
    after = weighted_mean((new.level, new.weight) for _, new in common)
    shift = None if before is None or after is None else Shift(before, after)
    return CellChange(key=key, shift=shift, base=len(common))


def _mean(cells: Iterable[CellChange]) -> Shift | None:
    shifts = [cell.shift for cell in cells if cell.shift is not None]
    before = plain_mean(shift.before for shift in shifts)
    after = plain_mean(shift.after for shift in shifts)
    return None if before is None or after is None else Shift(before, after)
