"""Score one assessment from its answers. Plain Python, no framework.

Unit: levels, 0 (absent) to 4 (top), exact fractions. "Does not apply" and "I don't know" carry no level
and leave a score alone; None means "nothing to score", which is not 0. The order of answers never matters.
Source: docs/arithmetic.md and docs/adr/0004-scoring-method.md.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor, lcm

from assessments.core.instruments import Instrument, Question
from assessments.core.values import (
    TOP,
    CellResult,
    Consensus,
    Kind,
    QuestionResult,
    Response,
    Result,
    State,
    Targets,
)

NO_TARGETS = Targets()
QUARTER = Fraction(1, 4)
HALVES = tuple(Fraction(number, 2) for number in range(2 * TOP + 1))  # made once: scoring asks for hundreds


def score(
    instrument: Instrument,
    *,
    asked: Collection[str],
    responses: Iterable[Response],
    consensus: Iterable[Consensus] = (),
    targets: Targets = NO_TARGETS,
) -> Result:
    """Return the result of one assessment.

    Args:
        asked: keys of the questions that the form asks; the others are 'not asked' and count nowhere.
        responses: all answers of all respondents; those to questions that their respondent is not shown
            (see `shown`) are kept out.
        consensus: what was agreed on; it goes before the respondents' answers.

    Raises ValueError for an answer to a question that the instrument lacks, or a person's second one to it.
    """
    cells = score_cells(
        instrument,
        instrument.by_cell,
        asked=asked,
        responses=responses,
        consensus=consensus,
        targets=targets,
    )
    return result_of_cells(instrument, cells)


def score_cells(
    instrument: Instrument,
    wanted: Iterable[str],
    *,
    asked: Collection[str],
    responses: Iterable[Response],
    consensus: Iterable[Consensus] = (),
    targets: Targets = NO_TARGETS,
) -> list[CellResult]:
    """Return the `wanted` cells of `score`, in their order; the rest of an assessment is left alone."""
    agreed = _one_each(instrument, consensus)
    given = _by_respondent(instrument, responses)
    visible, counted = _visible(instrument, frozenset(asked), given, agreed)
    cells = []
    for key in wanted:
        results = []
        for question in instrument.by_cell[key]:
            target = targets.of(question.key, key, question.target)
            if question.key not in asked:
                state = State.NOT_ASKED
            else:
                state = State.UNANSWERED if question.key in visible else State.HIDDEN
            results.append(
                _question(question, state, counted.get(question.key, ()), agreed.get(question.key), target)
            )
        cells.append(_cell(key, tuple(results)))
    return cells


def shown(
    instrument: Instrument, responses: Iterable[Response], *, asked: Collection[str] | None = None
) -> frozenset[str]:
    """Return the keys of the questions that one respondent is shown, of those asked (all, where not given).

    A question with `show_if` is shown once the question that it names has been answered with a level that is
    high enough, or with "I don't know". It is hidden while that one is unasked, hidden itself, not yet
    answered, answered with a lower level, or does not apply.
    """
    answers = {response.question: response for response in responses}
    keys = instrument.by_key.keys() if asked is None else asked
    found: dict[str, bool] = {}

    def look(key: str) -> bool:
        if key not in found:
            condition = instrument.by_key[key].show_if
            found[key] = key in keys and (
                condition is None
                or (look(condition.question) and _meets(answers.get(condition.question), condition.at_least))
            )
        return found[key]

    return frozenset(key for key in instrument.by_key if look(key))


def result_of_cells(instrument: Instrument, cells: Sequence[CellResult]) -> Result:
    """Return the result with plain means over the cells that have a score."""
    return Result(
        instrument=instrument.slug,
        cells=tuple(cells),
        areas={
            area.key: plain_mean(c.score for c in cells if c.area == area.key) for area in instrument.areas
        },
        qualities={
            quality.key: plain_mean(c.score for c in cells if c.quality == quality.key)
            for quality in instrument.qualities
        },
        overall=plain_mean(c.score for c in cells),
    )


# ---- Words and numbers for people ----


def word_of(score: Fraction) -> tuple[int, ...]:
    """Return the level that names a score, or the two that it lies between.

    One level when the score is within a quarter of it (2.25 is still 2), else both: 2.3 lies between 2 and 3.
    """
    below = floor(score)
    over = score - below
    if over <= QUARTER:
        return (below,)
    if over >= 1 - QUARTER:
        return (below + 1,)
    return (below, below + 1)


def nearest_level(score: Fraction) -> int:
    """Return the level that colours a score, from the number that is shown: two that read 2.5 look alike."""
    return floor(Fraction(rounded(score)) + Fraction(1, 2))


def rounded(score: Fraction, places: int = 1) -> Decimal:
    """Return a score as it is shown, rounded half up."""
    scaled = floor(abs(score) * 10**places + Fraction(1, 2))
    return Decimal(scaled if score >= 0 else -scaled).scaleb(-places)


# ---- Means and medians ----


def plain_mean(scores: Iterable[Fraction | None]) -> Fraction | None:
    """Return the mean of those that are not None; None where there is none."""
    return weighted_mean((one, 1) for one in scores)


def weighted_mean(pairs: Iterable[tuple[Fraction | int | None, int]]) -> Fraction | None:
    """Return the mean of (value, weight) pairs, leaving out values that are None; None where none is left."""
    known = [(value, weight) for value, weight in pairs if value is not None]
    weights = sum(weight for _, weight in known)
    if not weights:
        return None
    # In whole numbers over one denominator: exact as well, and ten times as fast as adding fractions.
    common = lcm(*(value.denominator for value, _ in known))
    total = sum(value.numerator * (common // value.denominator) * weight for value, weight in known)
    return Fraction(total, common * weights)


def median(levels: Sequence[int]) -> Fraction:
    """Return the middle level, or the mean of the middle two."""
    ordered = sorted(levels)
    middle = len(ordered) // 2
    return HALVES[ordered[middle] + ordered[middle if len(ordered) % 2 else middle - 1]]


# ---- Steps of `score` ----


def _meets(answer: Response | Consensus | None, at_least: int) -> bool:
    """Say whether an answer lets a question be shown that asks for at least this level."""
    if answer is None:
        return False
    if isinstance(answer, Response) and answer.kind is Kind.UNKNOWN:
        return True
    return answer.level is not None and answer.level >= at_least


def _one_each(instrument: Instrument, consensus: Iterable[Consensus]) -> dict[str, Consensus]:
    agreed: dict[str, Consensus] = {}
    for one in consensus:
        if one.question not in instrument.by_key:
            raise ValueError(f"{one.question!r} is not a question of {instrument.slug}.")
        if one.question in agreed:
            raise ValueError(f"Two consensus values for {one.question!r}.")
        agreed[one.question] = one
    return agreed


def _by_respondent(instrument: Instrument, responses: Iterable[Response]) -> dict[str, dict[str, Response]]:
    given: dict[str, dict[str, Response]] = {}
    for one in responses:
        if one.question not in instrument.by_key:
            raise ValueError(f"{one.question!r} is not a question of {instrument.slug}.")
        own = given.setdefault(one.respondent, {})
        if one.question in own:
            raise ValueError(f"Two answers of one respondent to {one.question!r}.")
        own[one.question] = one
    return given


def _visible(
    instrument: Instrument,
    asked: frozenset[str],
    given: Mapping[str, Mapping[str, Response]],
    agreed: Mapping[str, Consensus],
) -> tuple[frozenset[str], dict[str, list[Response]]]:
    """Return the questions shown to somebody, and the answers that count, by question.

    A question without a condition is shown to everybody. The group as a whole counts as somebody: a consensus
    on the question that a condition names shows the conditional one as a person's level would.
    """
    visible = {key for key in asked if instrument.by_key[key].show_if is None}
    counted: dict[str, list[Response]] = {}
    for own in given.values():
        mine = shown(instrument, own.values(), asked=asked)
        visible |= mine
        for key, response in own.items():
            if key in mine:
                counted.setdefault(key, []).append(response)
    waiting = [question for question in instrument.questions if question.show_if and question.key in asked]
    grew = True
    while grew:  # conditions may hang on conditions, in any order
        grew = False
        for question in waiting:
            condition = question.show_if
            if condition is None or question.key in visible or condition.question not in visible:
                continue
            if _meets(agreed.get(condition.question), condition.at_least):
                visible.add(question.key)
                grew = True
    return frozenset(visible), counted


def _question(
    question: Question,
    state: State,
    answers: Sequence[Response],
    agreed: Consensus | None,
    target: int,
) -> QuestionResult:
    """Return one question; `state` says whether it is not asked, hidden or (so far) unanswered."""
    level = low = high = None
    if state is not State.UNANSWERED:
        answers, agreed = (), None
    levels = [one.level for one in answers if one.level is not None]
    unknown = sum(one.kind is Kind.UNKNOWN for one in answers)
    not_applicable = sum(one.kind is Kind.NOT_APPLICABLE for one in answers)
    if agreed is not None:
        if agreed.level is None:
            state = State.NOT_APPLICABLE
        else:
            state = State.LEVEL
            level = low = high = Fraction(agreed.level)
    elif levels:
        state, level = State.LEVEL, median(levels)
        low, high = _range(answers)
    elif not_applicable > unknown:
        state = State.NOT_APPLICABLE
    elif unknown:
        state, low, high = State.UNKNOWN, Fraction(0), Fraction(TOP)
    return QuestionResult(
        key=question.key,
        area=question.area,
        quality=question.quality,
        weight=question.weight,
        state=state,
        level=level,
        low=low,
        high=high,
        target=target,
        gap=None if level is None else max(Fraction(0), target - level),
        counts=(levels.count(0), levels.count(1), levels.count(2), levels.count(3), levels.count(4)),
        unknown=unknown,
        not_applicable=not_applicable,
        guesses=sum(one.guess and one.level is not None for one in answers),
        agreed=agreed is not None,
        challenges=question.challenges,
    )


def _range(answers: Sequence[Response]) -> tuple[Fraction, Fraction]:
    """Return the medians with each guess a level lower (higher) and each 'I don't know' at 0 (at the top)."""
    lows, highs = [], []
    for one in answers:
        if one.level is not None:
            lows.append(max(0, one.level - one.guess))
            highs.append(min(TOP, one.level + one.guess))
        elif one.kind is Kind.UNKNOWN:
            lows.append(0)
            highs.append(TOP)
    return median(lows), median(highs)


def _cell(key: str, questions: tuple[QuestionResult, ...]) -> CellResult:
    area, _, quality = key.partition("/")
    applicable = [one for one in questions if one.applicable]
    score = weighted_mean((one.level, one.weight) for one in applicable)
    ranged = applicable if score is not None else []
    return CellResult(
        area=area,
        quality=quality,
        score=score,
        low=weighted_mean((one.low, one.weight) for one in ranged),
        high=weighted_mean((one.high, one.weight) for one in ranged),
        target=weighted_mean((one.target, one.weight) for one in applicable),
        gap=weighted_mean((one.gap, one.weight) for one in applicable),
        base=sum(one.level is not None for one in applicable),
        applicable=len(applicable),
        questions=questions,
    )
