"""Explain gaps by challenges: strengths, what is shown first, and each cell's gap split among its causes.

A question with a gap gives weight x gap to its challenges, in shares 1, 1/2, 1/3, ... of their sum; times 2
when the inventory shows the challenge or a person accepted it, 0 when rejected, 1/2 when the inventory rules
it out, else 1. Several instruments: each one's strengths are scaled to the same sum (the mean of their sums),
then merged. Ties end in the order of keys. Source: docs/arithmetic.md.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate

from assessments.core.values import QuestionResult, Result
from planning.core.exact import added, added_by
from planning.core.values import (
    CellFinding,
    ChallengeFinding,
    Contribution,
    Findings,
    RuleReading,
    RuleState,
    Stance,
    Verdict,
)

FIRST = 8
ZERO, HALF, ONE, DOUBLE = Fraction(0), Fraction(1, 2), Fraction(1), Fraction(2)


@lru_cache(maxsize=32)
def shares(number: int) -> tuple[Fraction, ...]:
    """Return the shares 1, 1/2, 1/3, ... normalised to a sum of 1."""
    raw = [Fraction(1, place) for place in range(1, number + 1)]
    return tuple(share / sum(raw) for share in raw)


def factor(reading: RuleReading | None, verdict: Verdict | None) -> Fraction:
    """Return what the inventory and a person's word make of a challenge's strength."""
    if verdict is not None:
        return ZERO if verdict.stance is Stance.REJECTED else DOUBLE
    if reading is not None and reading.state is RuleState.SHOWN:
        return DOUBLE
    if reading is not None and reading.state is RuleState.NOT_SHOWN:
        return HALF
    return ONE


def contributions_of(
    question: QuestionResult, cell: str, factors: Mapping[str, Fraction]
) -> list[tuple[str, Contribution]]:
    """Return what a question gives to each of its challenges; nothing without a gap."""
    if not question.gap:
        return []
    gap = question.gap
    return [
        (challenge, Contribution(question.key, cell, question.weight, gap, share, factors[challenge]))
        for challenge, share in zip(question.challenges, shares(len(question.challenges)), strict=True)
    ]


def find_challenges(
    results: Sequence[Result], readings: Mapping[str, RuleReading], verdicts: Mapping[str, Verdict]
) -> Findings:
    """Return why the gaps are there.

    Args:
        results: one scored assessment for each instrument.
        readings: the inventory rules by challenge; empty without an inventory.
        verdicts: what people accepted or rejected, by challenge.

    Raises ValueError when two results are of one instrument.
    """
    if len({result.instrument for result in results}) < len(results):
        raise ValueError("A plan takes one result for each instrument.")
    named = {
        challenge for result in results for question in result.questions for challenge in question.challenges
    }
    keys = named | set(readings) | set(verdicts)
    factors = {key: factor(readings.get(key), verdicts.get(key)) for key in keys}
    given = merge([contributions(result, factors) for result in results])
    found = [
        ChallengeFinding(
            key=key,
            strength=added(one.amount for one in given.get(key, ())),
            factor=factors[key],
            contributions=tuple(given.get(key, ())),
            reading=readings.get(key),
            verdict=verdicts.get(key),
        )
        for key in keys
    ]
    ranked = sorted(filter(is_told, found), key=lambda one: (-one.strength, one.key))
    return Findings(
        challenges=tuple(ranked),
        cells=tuple(cell for result in results for cell in split_cells(result, given)),
        first=shown_first(ranked),
        contradictions=tuple(one.key for one in ranked if one.contradicted),
        without_gap=tuple(
            one.key for one in ranked if one.shown and not one.rejected and not one.contributions
        ),
    )


def is_told(found: ChallengeFinding) -> bool:
    """Return whether anything points to a challenge: a gap, the inventory or a person."""
    return bool(found.contributions) or found.shown or found.verdict is not None


def contributions(result: Result, factors: Mapping[str, Fraction]) -> dict[str, list[Contribution]]:
    """Return one instrument's contributions by challenge, in the order of its questions."""
    given: dict[str, list[Contribution]] = defaultdict(list)
    for cell in result.cells:
        for question in cell.questions:
            for challenge, one in contributions_of(question, f"{result.instrument}/{cell.key}", factors):
                given[challenge].append(one)
    return given


def merge(instruments: list[dict[str, list[Contribution]]]) -> dict[str, list[Contribution]]:
    """Return all contributions, each instrument's scaled to the mean of the sums of those that have any."""
    if len(instruments) == 1:
        return instruments[0]
    sums = [added(one.amount for ones in given.values() for one in ones) for given in instruments]
    positive = [total for total in sums if total]
    merged: dict[str, list[Contribution]] = defaultdict(list)
    for given, total in zip(instruments, sums, strict=True):
        scale = sum(positive, ZERO) / len(positive) / total if total else ONE
        for challenge, ones in given.items():
            merged[challenge] += [replace(one, scale=scale) for one in ones]
    return merged


def shown_first(ranked: Sequence[ChallengeFinding]) -> tuple[str, ...]:
    """Return the fewest strongest whose sum reaches half of all strength, at most 8."""
    total = added(one.strength for one in ranked)
    if not total:
        return ()
    sums = accumulate(one.strength for one in ranked)
    number = next(place for place, reached in enumerate(sums, 1) if 2 * reached >= total)
    return tuple(one.key for one in ranked[: min(number, FIRST)])


def split_cells(result: Result, given: Mapping[str, Sequence[Contribution]]) -> list[CellFinding]:
    """Return the cells of one instrument, each gap split in proportion to the strengths in that cell."""
    strengths: dict[str, dict[str, Fraction]] = defaultdict(dict)
    sums = added_by(((one.cell, challenge), one.amount) for challenge, ones in given.items() for one in ones)
    for (cell_key, challenge), amount in sums.items():
        strengths[cell_key][challenge] = amount
    cells = []
    for cell in result.cells:
        key = f"{result.instrument}/{cell.key}"
        inside = {challenge: amount for challenge, amount in strengths[key].items() if amount}
        total = added(inside.values())
        ranked = sorted(inside.items(), key=lambda item: (-item[1], item[0]))
        parts = {challenge: cell.gap * amount / total for challenge, amount in ranked} if cell.gap else {}
        cells.append(
            CellFinding(
                key, result.instrument, cell.area, cell.quality, cell.score, cell.target, cell.gap, parts
            )
        )
    return cells
