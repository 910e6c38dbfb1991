"""A second, naive scoring, written from the rules alone and sharing no step with the real one.

It knows no structures: everything is looked up again and again in plain lists.
"""

from collections.abc import Collection, Sequence
from fractions import Fraction
from statistics import median

from assessments.core.instruments import Instrument
from assessments.core.values import (
    CellResult,
    Consensus,
    Kind,
    QuestionResult,
    Response,
    Result,
    State,
    Targets,
)


def naive_score(
    instrument: Instrument,
    asked: Collection[str],
    responses: Sequence[Response],
    consensus: Sequence[Consensus],
    targets: Targets,
) -> Result:
    cells = []
    for area in instrument.areas:
        for quality in instrument.qualities:
            found = tuple(
                _question(instrument, question.key, asked, responses, consensus, targets)
                for question in instrument.questions
                if (question.area, question.quality) == (area.key, quality.key)
            )
            cells.append(_cell(area.key, quality.key, found))
    return Result(
        instrument=instrument.slug,
        cells=tuple(cells),
        areas={a.key: _plain([c.score for c in cells if c.area == a.key]) for a in instrument.areas},
        qualities={
            q.key: _plain([c.score for c in cells if c.quality == q.key]) for q in instrument.qualities
        },
        overall=_plain([c.score for c in cells]),
    )


def sees(
    instrument: Instrument,
    key: str,
    asked: Collection[str],
    own: Sequence[Response],
) -> bool:
    """One person sees a question when each condition on the way to it is met."""
    while True:
        if key not in asked:
            return False
        condition = next(one.show_if for one in instrument.questions if one.key == key)
        if condition is None:
            return True
        said = [one for one in own if one.question == condition.question]
        if not said or said[0].kind is Kind.NOT_APPLICABLE:
            return False
        if said[0].kind is Kind.LEVEL and (said[0].level or 0) < condition.at_least:
            return False
        key = condition.question


def _somebody_sees(
    instrument: Instrument,
    key: str,
    asked: Collection[str],
    responses: Sequence[Response],
    consensus: Sequence[Consensus],
) -> bool:
    if key not in asked:
        return False
    condition = next(one.show_if for one in instrument.questions if one.key == key)
    if condition is None:
        return True
    for person in {one.respondent for one in responses}:
        if sees(instrument, key, asked, [one for one in responses if one.respondent == person]):
            return True
    agreed = [one.level for one in consensus if one.question == condition.question]
    return (
        bool(agreed)
        and agreed[0] is not None
        and agreed[0] >= condition.at_least
        and _somebody_sees(instrument, condition.question, asked, responses, consensus)
    )


def _question(
    instrument: Instrument,
    key: str,
    asked: Collection[str],
    responses: Sequence[Response],
    consensus: Sequence[Consensus],
    targets: Targets,
) -> QuestionResult:
    question = next(one for one in instrument.questions if one.key == key)
    cell = f"{question.area}/{question.quality}"
    target = 3 if question.target is None else question.target
    target = targets.cells.get(cell, target)
    target = targets.questions.get(key, target)
    open_now = _somebody_sees(instrument, key, asked, responses, consensus)
    counted = [
        one
        for one in responses
        if open_now
        and one.question == key
        and sees(instrument, key, asked, [own for own in responses if own.respondent == one.respondent])
    ]
    agreed = [one for one in consensus if open_now and one.question == key]
    levels = [one.level for one in counted if one.level is not None]
    unknown = len([one for one in counted if one.kind is Kind.UNKNOWN])
    not_applicable = len(counted) - len(levels) - unknown
    level = low = high = None
    if key not in asked:
        state = State.NOT_ASKED
    elif not open_now:
        state = State.HIDDEN
    elif agreed:
        state = State.NOT_APPLICABLE if agreed[0].level is None else State.LEVEL
        level = low = high = None if agreed[0].level is None else Fraction(agreed[0].level)
    elif levels:
        state = State.LEVEL
        level = median([Fraction(one) for one in levels])
        down = [
            Fraction(max(0, one.level - 1 if one.guess else one.level))
            for one in counted
            if one.level is not None
        ]
        up = [
            Fraction(min(4, one.level + 1 if one.guess else one.level))
            for one in counted
            if one.level is not None
        ]
        low = median(down + [Fraction(0)] * unknown)
        high = median(up + [Fraction(4)] * unknown)
    elif not_applicable > unknown:
        state = State.NOT_APPLICABLE
    elif unknown:
        state, low, high = State.UNKNOWN, Fraction(0), Fraction(4)
    else:
        state = State.UNANSWERED
    return QuestionResult(
        key=key,
        area=question.area,
        quality=question.quality,
        weight=question.weight,
        state=state,
        level=level,
        low=low,
        high=high,
        target=target,
        gap=None if level is None else (target - level if target > level else Fraction(0)),
        counts=tuple(levels.count(step) for step in range(5)),  # type: ignore[arg-type]
        unknown=unknown,
        not_applicable=not_applicable,
        guesses=len([one for one in counted if one.guess and one.level is not None]),
        agreed=bool(agreed),
        challenges=question.challenges,
    )


def _cell(area: str, quality: str, questions: tuple[QuestionResult, ...]) -> CellResult:
    applicable = [one for one in questions if one.state in (State.LEVEL, State.UNKNOWN)]
    with_level = [one for one in applicable if one.level is not None]
    # Each question once for each unit of its weight: then every weighted mean is a plain one.
    every = [one for one in applicable for _ in range(one.weight)]
    leveled = [one for one in with_level for _ in range(one.weight)]
    return CellResult(
        area=area,
        quality=quality,
        score=_plain([one.level for one in leveled]),
        low=_plain([one.low for one in every]) if leveled else None,
        high=_plain([one.high for one in every]) if leveled else None,
        target=_plain([Fraction(one.target) for one in every]),
        gap=_plain([one.gap for one in leveled]),
        base=len(with_level),
        applicable=len(applicable),
        questions=questions,
    )


def _plain(values: Sequence[Fraction | None]) -> Fraction | None:
    known = [one for one in values if one is not None]
    if not known:
        return None
    total = Fraction(0)
    for one in known:
        total += one
    return total / len(known)
