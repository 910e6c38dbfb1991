"""Scores in which nobody's answer can be read. Plain Python, no framework.

Three people may have answered an assessment, and only one or two of them a certain question or a whole cell. What they
said stays with them: the questions are closed, and where too few stand behind the cell its score is withheld.
Unit: levels, exact fractions. Source: docs/arithmetic.md.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from assessments.core.instruments import Instrument
from assessments.core.scoring import NO_TARGETS, result_of_cells, score_cells, shown, weighted_mean
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

    def scored(targets: Targets) -> list[CellResult]:
        return score_cells(
            instrument, wanted, asked=asked, responses=responses, consensus=consensus, targets=targets
        )

    cells = scored(targets)
    if people < ENOUGH:
        return cells
    few = {one.key: cell.key for cell in cells for one in cell.questions if _few(one)}
    counted = _counted(instrument, asked, responses) if few else []
    telling = {few[one.question] for one in counted if one.question in few and one.respondent not in agreeing}
    kept = {
        key: level for key, level in targets.questions.items() if instrument.by_key[key].cell not in telling
    }
    if len(kept) != len(targets.questions):
        cells = scored(replace(targets, questions=kept))
    follow_ups = instrument.follow_ups
    return [
        _closed(cell, counted, follow_ups) if cell.key in telling else _without_open(cell, follow_ups)
        for cell in cells
    ]


def _without_open(cell: CellResult, follow_ups: Collection[str]) -> CellResult:
    """Return a cell whose follow-ups that wait for an answer look like hidden ones: else they tell another answer."""
    if not any(one.key in follow_ups and one.state is State.UNANSWERED for one in cell.questions):
        return cell
    questions = (
        replace(one, state=State.HIDDEN) if one.key in follow_ups and one.state is State.UNANSWERED else one
        for one in cell.questions
    )
    return replace(cell, questions=tuple(questions))


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


def _closed(cell: CellResult, counted: Sequence[Response], follow_ups: Collection[str]) -> CellResult:
    """Close the questions of a cell, and withhold its score where fewer than three people gave it a level.

    The whole cell is closed, because its mean and the other levels would tell the hidden one.
    """
    own = {question.key for question in cell.questions if not question.agreed}
    levelling = {one.respondent for one in counted if one.question in own and one.level is not None}
    closed = tuple(replace(question, closed=True) for question in cell.questions)
    if len(levelling) >= ENOUGH:
        return _without_open(replace(cell, questions=closed), follow_ups)
    questions = tuple(_blank(question, follow_ups) for question in closed)
    left = [question for question in questions if question.applicable]
    return replace(
        cell,
        score=None,
        low=None,
        high=None,
        target=weighted_mean((question.target, question.weight) for question in left),
        gap=None,
        base=0,
        applicable=len(left),
        withheld=True,
        questions=questions,
    )


def _blank(question: QuestionResult, follow_ups: Collection[str]) -> QuestionResult:
    """Return a question of a withheld cell, the same whatever somebody said: like one whose level nobody knows.

    A follow-up is hidden, as whether it appears would tell. What nobody answered, or all agreed not to apply, stays so.
    """
    state = question.state
    if not question.agreed and question.key in follow_ups and state is not State.NOT_ASKED:
        state = State.HIDDEN
    elif question.agreed and question.level is None:
        state = State.NOT_APPLICABLE
    elif question.agreed or question.people:
        state = State.UNKNOWN
    return replace(
        question,
        state=state,
        level=None,
        low=None,
        high=None,
        gap=None,
        counts=(0, 0, 0, 0, 0),
        unknown=0,
        not_applicable=0,
        guesses=0,
    )
