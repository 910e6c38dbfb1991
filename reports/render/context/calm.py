"""The page of a plan without actions: what stands, what was checked, when to ask again. Nothing is asked for."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.core.document import Document
from reports.render.context.say import Row, Say
from reports.render.context.standing import base_rows

MOST_RESULTS = 15


@dataclass(frozen=True)
class Calm:
    """What the summary says instead of a request. `results` are (name, word, level today, target), lowest first."""

    head: str
    text: str
    results: tuple[tuple[str, str, str, str], ...]
    checked: tuple[Row, ...]
    again: str


def nothing_needed(document: Document) -> bool:
    """Say whether there are results, none is left out of this copy, and all reach their targets."""
    return document.shown.security and bool(document.scored) and not any(cell.gap for cell in document.scored)


def calm(say: Say) -> Calm | None:
    """Return the summary of a plan without actions; None where there are actions or no results."""
    document = say.document
    if document.plan.actions or not document.scored:
        return None
    cells = sorted(document.scored, key=lambda cell: (cell.score or 0, cell.key))
    return Calm(
        head=_("Nothing is asked for."),
        text=_text(say),
        results=tuple(
            (
                say.cell_names[cell.key],
                say.word(cell.score, document.instrument(cell.instrument)),
                say.level(cell.score),
                say.level(cell.target),
            )
            for cell in cells[:MOST_RESULTS]
        ),
        checked=tuple(base_rows(say)),
        again=_again(document, say),
    )


def _text(say: Say) -> str:
    """Return why nothing is asked for: every target is reached, or no action is chosen yet."""
    document = say.document
    number = len(document.scored)
    if nothing_needed(document):
        return ngettext(
            "The %(count)d result reaches its target, so this plan has no action and no cost.",
            "All %(count)d results reach their targets, so this plan has no action and no cost.",
            number,
        ) % {"count": number}
    below = sum(bool(cell.gap) for cell in document.scored)
    if not below:
        return _("No action is in the plan yet.")
    short = ngettext(
        "%(count)d result lies below its target, and no action is in the plan yet.",
        "%(count)d results lie below their targets, and no action is in the plan yet.",
        below,
    )
    return say.of_shown(short % {"count": below})


def _again(document: Document, say: Say) -> str:
    """Return by when the questions are asked again: a year after the last of these answers."""
    days = [part.closed_on or part.opened_on for part in document.assessments]
    last = max((day for day in days if day), default=document.taken_at.date())
    return _(
        "TechPlan suggests answering the same questions again by %(month)s, a year after these answers, and "
        "sooner if people, work or equipment change. What has moved then shows question by question."
    ) % {"month": say.month(date(last.year + 1, last.month, 1))}
