"""Scores in which nobody's answer can be read. Plain Python, no framework.

Three people may have answered an assessment, and only one or two of them a certain question or a whole cell. What they
said stays with them: the questions are closed, and where too few stand behind the cell its score is withheld.
Unit: levels, exact fractions. Source: docs/arithmetic.md.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from assessments.core.instruments import Instrument
from assessments.core.scoring import NO_TARGETS, result_of_cells, score_cells, shown
from assessments.core.values import CellResult, Consensus, QuestionResult, Response, Result, State, Targets
from assessments.core.views import ENOUGH


def score_for_all(
    instrument: Instrument,
    *,
    asked: Collection[str],
    responses: Sequence[Response],
    agreeing: Collection[str],
    consensus: Sequence[Consensus] = (),
    targets: Targets = NO_TARGETS,
) -> Result:
    """Return `scoring.score` as it may be shown; `agreeing` are the respondents who agreed to show results."""
    cells = score_cells_for_all(
        instrument,
        instrument.by_cell,
        asked=asked,
        responses=responses,
        people=len({one.respondent for one in responses}),
        agreeing=agreeing,
        consensus=consensus,
        targets=targets,
    )
    return result_of_cells(instrument, cells)


def score_cells_for_all(
    instrument: Instrument,
    wanted: Collection[str],
    *,
    asked: Collection[str],
    responses: Sequence[Response],
    people: int,
    agreeing: Collection[str],
    consensus: Sequence[Consensus] = (),
    targets: Targets = NO_TARGETS,
) -> list[CellResult]:
    """Return `scoring.score_cells` as they may be shown.

    `people` is how many have answered the assessment at all. With fewer than three nothing is closed here, because who
    sees such a result at all may see all of it.
    """
    cells = score_cells(
        instrument, wanted, asked=asked, responses=responses, consensus=consensus, targets=targets
    )
    if people < ENOUGH:
        return cells
    few = {one.key: cell.key for cell in cells for one in cell.questions if _few(one)}
    if not few:
        return cells
    counted = _counted(instrument, asked, responses)
    telling = {few[one.question] for one in counted if one.question in few and one.respondent not in agreeing}
    kept = {
        key: level for key, level in targets.questions.items() if instrument.by_key[key].cell not in telling
    }
    if len(kept) != len(targets.questions):
        targets = replace(targets, questions=kept)
        cells = score_cells(
            instrument, wanted, asked=asked, responses=responses, consensus=consensus, targets=targets
        )
    return [_closed(cell, counted, agreeing) if cell.key in telling else cell for cell in cells]


def _counted(instrument: Instrument, asked: Collection[str], responses: Sequence[Response]) -> list[Response]:
    """Return the answers to questions that their respondent is shown."""
    own: dict[str, list[Response]] = {}
    for one in responses:
        own.setdefault(one.respondent, []).append(one)
    visible = {who: shown(instrument, answers, asked=asked) for who, answers in own.items()}
    return [one for one in responses if one.question in visible[one.respondent]]


def _few(question: QuestionResult) -> bool:
    """One or two people stand behind what is said of this question, and no consensus."""
    count = question.people if question.level is None else sum(question.counts)
    return not question.agreed and 0 < count < ENOUGH


def _closed(cell: CellResult, counted: Sequence[Response], agreeing: Collection[str]) -> CellResult:
    """Close the questions of a cell, and withhold its score where one or two people who do not all agree gave levels.

    The whole cell is closed, because its mean and the other levels would tell the hidden one.
    """
    own = {question.key for question in cell.questions if not question.agreed}
    levelling = {one.respondent for one in counted if one.question in own and one.level is not None}
    questions = tuple(replace(question, closed=True) for question in cell.questions)
    if len(levelling) >= ENOUGH or levelling <= set(agreeing):
        return replace(cell, questions=questions)
    return replace(
        cell,
        score=None,
        low=None,
        high=None,
        gap=None,
        base=0,
        withheld=True,
        questions=tuple(_blank(question) for question in questions),
    )


def _blank(question: QuestionResult) -> QuestionResult:
    """Return a question of a withheld cell: it counts like one whose level nobody knows."""
    if question.level is None:
        return question
    return replace(question, state=State.UNKNOWN, level=None, low=None, high=None, gap=None)
