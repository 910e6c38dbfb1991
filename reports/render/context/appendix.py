"""Every question with its answer, as the appendix shows it."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from reports.core.document import Question
from reports.render.context.actions import MANY
from reports.render.context.say import Say, first_sentences
from reports.render.context.standing import anchor

MOST_LETTERS, FEW_LETTERS = 240, 170  # of what a level means; the fewer in a long report


@dataclass(frozen=True)
class AnswerRow:
    """One question of the appendix."""

    text: str
    level: str
    counts: tuple[tuple[int, int], ...]  # (level, people) for each level
    hidden: bool
    unknown: int
    reached: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class AnswerCell:
    """The questions of one cell."""

    name: str
    score: str
    anchor: str
    rows: tuple[AnswerRow, ...]


@dataclass(frozen=True)
class AnswerArea:
    """The questions of one area."""

    title: str
    cells: tuple[AnswerCell, ...] = field(default_factory=tuple)


def answered(say: Say) -> list[AnswerArea]:
    """Return every question with its answer, by area and quality."""
    document = say.document
    by_cell: dict[str, list[Question]] = {}
    for question in document.questions:
        by_cell.setdefault(question.cell, []).append(question)
    most = FEW_LETTERS if len(document.plan.actions) > MANY else MOST_LETTERS
    areas = []
    for wording in document.wording:
        for part in wording.areas:
            cells = [
                AnswerCell(
                    name=say.part(wording, cell.quality) if len(wording.qualities) > 1 else "",
                    score=say.level(cell.score),
                    anchor=anchor(cell.key),
                    rows=tuple(answer_row(say, row, most=most) for row in by_cell.get(cell.key, [])),
                )
                for cell in document.cells
                if (cell.instrument, cell.area) == (wording.slug, part.key) and by_cell.get(cell.key)
            ]
            if cells:
                areas.append(AnswerArea(say.words(part.title), tuple(cells)))
    return areas


def answer_row(say: Say, row: Question, *, most: int) -> AnswerRow:
    """Return one question as the appendix shows it, with what its level means; `most`: in so many characters."""
    state = {
        "not-applicable": _("does not apply"),
        "dont-know": _("not known"),
        "unanswered": _("no answer"),
        "hidden": _("not shown"),
        "closed": _("not shown"),
        "not-asked": _("not asked"),
    }
    level = say.level(row.level) if row.level is not None else state.get(row.state, "–")
    notes = [f"{note.name}: {note.text}" if note.name else note.text for note in row.notes]
    return AnswerRow(
        text=say.words(row.text),
        level=level,
        counts=tuple(enumerate(row.counts or ())),
        hidden=row.counts is None,
        unknown=row.unknown,
        reached=_meaning(say, row, most),
        notes=tuple(notes),
    )


def _meaning(say: Say, row: Question, most: int) -> str:
    """Return what the level of a question means; of a level between two it says which of them is described."""
    if row.reached is None or row.level is None:
        return ""
    meaning = first_sentences(say.words(row.reached), most)
    if row.level.denominator == 1:
        return meaning
    words = {"level": int(row.level), "next": int(row.level) + 1, "meaning": meaning}
    return _("Between %(level)d and %(next)d; level %(level)d means: %(meaning)s") % words
