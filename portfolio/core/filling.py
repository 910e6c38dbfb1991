"""Fill in the answers of the demonstration cohort: no random number, so every load gives the same. Plain Python.

Levels run from 0 to 4. All numbers are exact fractions: floats fill some answers differently.
Source: the comment at the top of `content/demo/cohort.yaml`, whose steps are numbered here.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from assessments.core.content import Text
from assessments.core.instruments import Instrument, Question
from assessments.core.scoring import shown
from assessments.core.values import TOP, Kind, Response
from portfolio.core.cohort import AnswerEntry

HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Filled:
    """One answer of one person; `level` is 0..4 with kind LEVEL, else None. `note` is a comment of that person."""

    question: str
    kind: Kind
    level: int | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class CellTarget:
    """A wanted whole level; `written` is the half that it was rounded down from, else None."""

    level: int
    written: Decimal | None = None


def fill(instrument: Instrument, organization: str, entry: AnswerEntry) -> tuple[Filled, ...]:
    """Return one person's answers in one round, in the order of the questions."""
    asked = instrument.asked(entry.form)
    if entry.only is not None:
        asked = tuple(question for question in asked if question.cell in entry.only)
    answers: dict[str, Filled] = {}
    for cell in instrument.cells:
        questions = [question for question in asked if question.cell == cell]
        answers |= _fill_cell(cell, questions, organization, entry)
    # 4. What is not shown is dropped; `shown` follows conditions on conditions.
    given = [Response(one.question, entry.person, one.kind, one.level) for one in answers.values()]
    visible = shown(instrument, given, asked=[question.key for question in asked])
    kept = {question.key: answers[question.key] for question in asked if question.key in visible}
    for comment in entry.comments:
        _comment(instrument, kept, comment.cell, comment.text)
    return tuple(kept.values())


def cell_targets(
    instrument: Instrument, targets: Mapping[str, Decimal], *, own: bool
) -> dict[str, CellTarget]:
    """Return the target of each cell that has one; a half is rounded down.

    `own` = the instrument that the cohort is about; in others only entries without a star hold.
    """
    found = {}
    for cell in instrument.cells:
        value = look_up(targets, cell) if own else targets.get(cell)
        if value is not None:
            whole = floor(value)
            found[cell] = CellTarget(whole, None if value == whole else value)
    return found


def look_up(table: Mapping[str, Decimal], cell: str) -> Decimal | None:
    """Return the entry for a cell: that with the fewest stars, with one star each that names the area; or None."""
    area, _, quality = cell.partition("/")
    for pattern in (cell, f"{area}/*", f"*/{quality}", "*/*"):
        if pattern in table:
            return table[pattern]
    return None


def draw(organization: str, person: str, in_round: str, question: str) -> tuple[int, Fraction]:
    """Return H and u of step 1: a number that stands for chance, and its first 32 bits as a share of 1."""
    digest = hashlib.sha256(f"{organization}|{person}|{in_round}|{question}".encode()).hexdigest()
    return int(digest, 16), Fraction(int(digest[:8], 16), 2**32)


def spread_levels(level: Fraction, spread: Fraction, count: int) -> list[int]:
    """Return the levels of step 3 for `count` questions in order: uneven as `spread` says, with the mean kept."""
    levels, carry = [], Fraction()
    for i in range(count):
        wish = level + spread * (2 * (i + HALF) / count - 1)
        x = wish + carry
        answer = min(TOP, max(0, floor(x + HALF)))
        carry = x - answer
        levels.append(answer)
    return levels


def _fill_cell(
    cell: str, questions: list[Question], organization: str, entry: AnswerEntry
) -> dict[str, Filled]:
    area, _, quality = cell.partition("/")
    level = Fraction(entry.levels.get(area, {}).get(quality, entry.fallback))
    not_applicable = Fraction(look_up(entry.not_applicable, cell) or 0)
    unknown = Fraction(look_up(entry.dont_know, cell) or 0)
    answers: dict[str, Filled] = {}
    ordered: list[tuple[int, str]] = []
    for question in questions:
        number, u = draw(organization, entry.person, entry.round, question.key)
        if u < not_applicable:
            answers[question.key] = Filled(question.key, Kind.NOT_APPLICABLE)
        elif u < not_applicable + unknown:
            answers[question.key] = Filled(question.key, Kind.UNKNOWN)
        else:
            ordered.append((number, question.key))
    levels = spread_levels(level, Fraction(entry.spread), len(ordered))
    for (_, key), found in zip(sorted(ordered), levels, strict=True):
        answers[key] = Filled(key, Kind.LEVEL, found)
    return answers


def _comment(instrument: Instrument, kept: dict[str, Filled], cell: str, text: Text) -> None:
    """Put a comment on the first question of its cell that has a level."""
    for question in instrument.by_cell.get(cell, ()):
        one = kept.get(question.key)
        if one is not None and one.level is not None:
            kept[question.key] = Filled(one.question, one.kind, one.level, text)
            return
