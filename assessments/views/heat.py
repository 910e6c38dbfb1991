"""What the results page shows, made from a result: the heat map, the strongest and the weakest, why a number is so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments import wording
from assessments.core.instruments import Instrument
from assessments.core.scoring import nearest_level
from assessments.core.values import CellResult, QuestionResult, Result, State
from assessments.core.views import ENOUGH
from assessments.models import Target

LISTED = 3
STATES = {
    State.NOT_APPLICABLE: gettext_lazy("Does not apply"),
    State.UNKNOWN: gettext_lazy("Not known"),
    State.UNANSWERED: gettext_lazy("Not answered"),
}


@dataclass(frozen=True)
class Reader:
    """An instrument in one language, for the words of the page."""

    instrument: Instrument
    language: str

    @property
    def labels(self) -> list[str]:
        """The names of the five levels."""
        return [level.label.in_(self.language) for level in self.instrument.scale]

    @property
    def areas(self) -> dict[str, str]:
        """The names of the areas."""
        return {area.key: area.title.in_(self.language) for area in self.instrument.areas}

    @property
    def qualities(self) -> dict[str, str]:
        """The names of the qualities."""
        return {quality.key: quality.title.in_(self.language) for quality in self.instrument.qualities}

    def cell_name(self, cell: CellResult) -> str:
        """Return the name of a cell: 'Collaboration, efficient'; only the area where there is one quality."""
        return wording.cell_name(cell.area, cell.quality, areas=self.areas, qualities=self.qualities)


def colour(score: Any) -> str:
    """Return the class that colours a score."""
    return "l-none" if score is None else f"l{nearest_level(score)}"


def first_sentence(words: str) -> str:
    """Return the first sentence of a text, for a narrow place."""
    first, point, _rest = words.partition(". ")
    return f"{first}." if point else words


def heat_map(result: Result, reader: Reader, chosen: str) -> dict[str, Any]:
    """Return the rows and columns of the heat map; the lowest cell says so."""
    scored = [cell for cell in result.cells if cell.score is not None]
    lowest = min((cell.score for cell in scored if cell.score is not None), default=None)
    highest = max((cell.score for cell in scored if cell.score is not None), default=None)
    cells = {cell.key: cell for cell in result.cells}
    rows = []
    lowest_count = sum(cell.score == lowest for cell in scored) if lowest != highest else 0
    for area in reader.instrument.areas:
        row = []
        for quality in reader.instrument.qualities:
            cell = cells[f"{area.key}/{quality.key}"]
            is_lowest = lowest_count > 0 and cell.score == lowest
            row.append(
                {
                    "key": cell.key,
                    "class": colour(cell.score),
                    "score": cell.score,
                    "word": wording.empty_word(cell)
                    if cell.score is None
                    else wording.short_word(cell.score, reader.labels),
                    "lowest": is_lowest,
                    "chosen": cell.key == chosen,
                    "quality": quality.title.in_(reader.language),
                }
            )
        rows.append({"title": area.title.in_(reader.language), "cells": row, "mean": result.areas[area.key]})
    return {
        "rows": rows,
        "qualities": [
            {
                "title": quality.title.in_(reader.language),
                "summary": first_sentence(quality.summary.in_(reader.language)),
                "mean": result.qualities[quality.key],
            }
            for quality in reader.instrument.qualities
        ],
        "lowest_count": lowest_count,
        "several": len(reader.instrument.qualities) > 1,
        "key": list(enumerate(reader.labels)),
    }


@dataclass(frozen=True)
class Listed:
    """The first few results from one end, and the names of more that stand at exactly the level of the last one."""

    rows: list[dict[str, Any]]
    more: list[str]

    @property
    def named(self) -> str:
        """The names of the others, where they are few."""
        return "; ".join(self.more) if len(self.more) <= wording.MOST_NAMED else ""


def strongest_and_weakest(result: Result, reader: Reader) -> tuple[Listed, Listed]:
    """Return the three best and the three lowest cells; no cell stands in both lists."""
    scored = [cell for cell in result.cells if cell.score is not None]
    weakest = sorted(scored, key=lambda cell: cell.score or 0)
    strongest = sorted(scored, key=lambda cell: -(cell.score or 0))
    return _listed(strongest, reader), _listed(weakest, reader)


def _listed(ordered: Sequence[CellResult], reader: Reader) -> Listed:
    count = min(LISTED, len(ordered) // 2)
    rest = ordered[count:] if count else []
    more = [reader.cell_name(cell) for cell in rest if cell.score == ordered[count - 1].score]
    return Listed([_line(cell, reader) for cell in ordered[:count]], more)


def _line(cell: CellResult, reader: Reader) -> dict[str, Any]:
    meaning = wording.long_word(cell.score, reader.labels)
    return {
        "key": cell.key,
        "name": reader.cell_name(cell),
        "class": colour(cell.score),
        "score": cell.score,
        "says": _("%(meaning)s, %(base)s")
        % {"meaning": wording.capital(meaning), "base": wording.base(cell)},
    }


def unknown_questions(result: Result, reader: Reader) -> list[dict[str, str]]:
    """Return the questions that at least half of those who answered could not answer."""
    cells = {cell.key: reader.cell_name(cell) for cell in result.cells}
    return [
        {
            "text": reader.instrument.by_key[question.key].text.in_(reader.language),
            "cell": cells[question.cell],
        }
        for question in result.questions
        if question.knowledge_gap and not question.closed
    ]


def first_open_area(result: Result) -> str:
    """Return the area of the first question without an answer; '' when none is left."""
    return next((one.area for one in result.questions if one.state is State.UNANSWERED), "")


def first_cell(result: Result) -> str:
    """Return the cell that the page explains unless another is chosen: that of the lowest score."""
    scored = [cell for cell in result.cells if cell.score is not None]
    return min(scored, key=lambda cell: cell.score or 0).key if scored else ""


def why(
    cell: CellResult,
    reader: Reader,
    *,
    single_answers: bool,
    notes: Sequence[Mapping[str, str]],
    targets: Mapping[str, Target],
) -> dict[str, Any]:
    """Return what explains the number of one cell."""
    closed = any(question.closed for question in cell.questions)
    counted = [
        q for q in cell.questions if q.level is not None or (closed and q.state is not State.NOT_ASKED)
    ]
    weights = {question.weight for question in counted} if cell.score is not None else set()
    return {
        "key": cell.key,
        "area": cell.area,
        "quality": cell.quality,
        "name": reader.cell_name(cell),
        "sentence": wording.cell_sentence(cell, reader.labels),
        "range": wording.range_sentence(cell),
        "score": cell.score,
        "target": cell.target,
        "gap": cell.gap,
        "base": cell.base,
        "weighted": len(weights) > 1,
        "several": cell.score is not None and len(counted) > 1,
        "own_target": targets.get(cell.key),
        "dots": single_answers,
        "notes": notes,
        "questions": [
            _question(question, reader, single_answers=single_answers, target=targets.get(question.key))
            for question in cell.questions
            if question.state not in (State.NOT_ASKED, State.HIDDEN)
        ],
        "closed": closed,
        "not_asked": sum(question.state is State.NOT_ASKED for question in cell.questions),
    }


def _question(
    question: QuestionResult, reader: Reader, *, single_answers: bool, target: Target | None
) -> dict[str, Any]:
    dots: list[int] = []
    if single_answers and sum(question.counts) >= ENOUGH and not question.closed:
        dots = [level for level, count in enumerate(question.counts) for _times in range(count)]
    return {
        "key": question.key,
        "text": reader.instrument.by_key[question.key].text.in_(reader.language),
        "dots": dots,
        "said": ", ".join(str(level) for level in dots),
        "unknown": question.unknown if single_answers and not question.closed else 0,
        "level": None if question.closed else question.level,
        "state": _("Not shown") if question.closed else STATES.get(question.state, ""),
        "weight": question.weight,
        "target": question.target,
        "own_target": target,
        "gap": None if question.closed else question.gap,
        "agreed": question.agreed,
    }
