"""How it was assessed and where it stands: the numbers that the results rest on, the finding, the heat map."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.wording import does_its_job, stands_at
from assessments.wording import extremes as highest_and_lowest
from planning.sentences.numbers import shown_level, shown_rise
from reports.core.document import (
    Cell,
    Document,
    Wording,
)
from reports.render.context.index import Index
from reports.render.context.say import Row, Say

CLEAR = Fraction(1, 2)
MOST_LIFTING = 5
ENOUGH = 3  # people behind what is told of single questions


@dataclass(frozen=True)
class CellRow:
    """One row of the numbers behind the heat map."""

    anchor: str
    name: str
    score: str
    range: str
    base: str
    target: str
    gap: str
    after: str
    actions: tuple[int, ...]
    more: int
    new_area: bool


def base_title(say: Say) -> str:
    """Return the heading of those numbers: in a copy without some results they count the others alone."""
    return _("The base") if say.document.shown.security else _("The base of the results shown here")


def base_rows(say: Say) -> list[Row]:
    """Return the numbers that the results rest on."""
    document = say.document
    answers = sum(cell.answers for cell in document.cells)
    unknown = sum(cell.unknown for cell in document.cells)
    questions = sum(cell.applicable for cell in document.cells)
    people = _answered(document)
    days = [part.closed_on or part.opened_on for part in document.assessments]
    rows = [
        Row(_("Answered"), "; ".join(dict.fromkeys(say.day(day) for day in days if day))),
        Row(_("People"), _groups(say, people)),
    ]
    if not any(cell.closed for cell in document.cells):  # else the rest of a sum tells what is left out
        rows += [
            Row(_("Questions"), _of_asked(say, questions)),
            Row(_("Answers"), say.number(answers)),
            Row(_("Not known"), say.number(unknown)),
        ]
    if document.inventory:
        rows.append(Row(_("Equipment"), say.day(document.inventory.recorded_on)))
    return [row for row in rows if row.text]


def _groups(say: Say, people: int) -> str:
    names = {
        "director": _("director"),
        "board": _("board"),
        "staff": _("staff"),
        "tech": _("looks after technology"),
    }
    found: dict[str, int] = {}
    for part in say.document.assessments:
        for key, count in part.groups.items():
            found[key] = max(found.get(key, 0), count)
    if people < 2 or len(found) < 2:
        return say.number(people)
    parts = ", ".join(f"{names.get(key, key)} {count}" for key, count in sorted(found.items()))
    return f"{say.number(people)}: {parts}"


def widest(document: Document) -> Cell | None:
    """Return the cell with the widest range; None where no range is wider than half a level."""
    wide = [cell for cell in document.scored if cell.wide]
    return max(wide, key=lambda c: ((c.high or 0) - (c.low or 0), c.key), default=None)


def assessed_lead(say: Say) -> str:
    """Return how many people answered, and how."""
    people = _answered(say.document)
    if not people:
        return _("Nobody has answered yet.")
    return ngettext(
        "%(count)d person answered, by describing what a visitor would see today. Nobody was graded.",
        "%(count)d people answered, each on their own, by describing what a visitor would see today. "
        "Nobody was graded.",
        people,
    ) % {"count": people}


def _of_asked(say: Say, applicable: int) -> str:
    """Return how many questions apply, and of how many in the appendix."""
    asked = len(say.document.questions)
    if asked <= applicable:
        return say.number(applicable)
    words = {"asked": say.number(asked), "applicable": say.number(applicable)}
    return _("%(asked)s, of which %(applicable)s apply") % words


def _answered(document: Document) -> int:
    """Return how many people answered, at most: the rounds do not say who is the same person."""
    return max((part.people for part in document.assessments), default=0)


def how_sure(say: Say) -> str:
    """Return what "I don't know" makes of the results; '' where there is none."""
    return say.of_shown(_how_sure(say)) if say.document.scored else ""


def _how_sure(say: Say) -> str:
    scored = say.document.scored
    if all(say.level(cell.low) == say.level(cell.high) for cell in scored):
        return _no_range(say)
    range_ = _reading(say.document)
    wide = widest(say.document)
    if wide is None:
        widest_ = _(
            "No range is wider than half a level, so the picture on the next pages would stay the same."
        )
    else:
        words = {"low": say.level(wide.low), "high": say.level(wide.high), "name": say.cell_names[wide.key]}
        widest_ = _("The widest is %(low)s to %(high)s (%(name)s).") % words
    return " ".join(filter(None, (range_, widest_, _nobody_knew(say))))


def _unsure(document: Document) -> tuple[bool, bool]:
    """Say whether somebody answered "I don't know" where there is a result, and whether somebody guessed there."""
    return any(cell.unknown for cell in document.scored), any(cell.guesses for cell in document.scored)


def _left_empty(document: Document) -> list[Cell]:
    """Return the cells without a result in which somebody answered "I don't know"."""
    return [cell for cell in document.cells if cell.score is None and cell.unknown]


def _nobody_knew(say: Say) -> str:
    """Return which results there are none of because all that was answered is "I don't know"; '' for none.

    Of three people or more this is not told: it could tell what single ones said.
    """
    if _answered(say.document) >= ENOUGH:
        return ""
    names = [say.cell_names[cell.key] for cell in _left_empty(say.document) if not cell.answers]
    if not names:
        return ""
    said = _("“I don’t know” leaves no result for %(names)s; any level in its place would give one.")
    return said % {"names": "; ".join(names)}


def _no_range(say: Say) -> str:
    """Return why no result has a range; where "I don't know" left no result, that first."""
    if any(cell.closed for cell in say.document.cells):
        return _("No result has a range that can be shown here.")
    unknown, guesses = _unsure(say.document)
    if _left_empty(say.document):
        if unknown or guesses:
            told = _(
                "The results that there are would stay as they are, however the unsure answers were read."
            )
        else:
            told = _("Where there is a result nobody was unsure, so none has a range.")
        return " ".join(filter(None, (_nobody_knew(say), told)))
    if unknown and guesses:
        return _("No guess and no answer “I don’t know” would change a result.")
    if guesses:
        return _("No guess would change a result if it were a level off.")
    if unknown:
        return _("No answer “I don’t know” would change a result, whichever level it stood for.")
    return _("Nobody guessed or answered “I don’t know”, so no result has a range.")


def _reading(document: Document) -> str:
    """Return how the ranges are made, from the guesses and the don't-knows that there are."""
    unknown, guesses = _unsure(document)
    if unknown and guesses:
        return _(
            "Reading every “I don’t know” first as the lowest and then as the highest level, and every guess a "
            "level lower and then a level higher, gives a range for each result."
        )
    if guesses:
        return _(
            "Reading every guess first a level lower and then a level higher gives a range for each result."
        )
    return _(
        "Reading every “I don’t know” first as the lowest and then as the highest level gives a range for each "
        "result."
    )


def no_gap(say: Say) -> str:
    """Return that there is no gap, and why actions are planned all the same.

    A copy without some results speaks of those that it shows.
    """
    if say.document.shown.security and say.document.plan.actions:
        return _(
            "No result lies below its target, so no gap asks for the actions of this plan; they stay in it because we "
            "chose them."
        )
    if say.document.shown.security:
        return _("No result lies below its target.")
    return _("None of the results shown here lies below its target.")


def finding(say: Say) -> str:
    """Return what the results say first: the quality or area that is clearly lowest, as one sentence."""
    document = say.document
    wording = document.wording[0]
    scored = [cell for cell in document.scored if cell.instrument == wording.slug]
    whole = document.shown.security
    if not scored:
        return _("There is no result yet.") if whole else _("No result is shown here.")
    if not any(cell.gap for cell in scored):
        return no_gap(say)
    if len(scored) == 1:
        only = (
            _("There is one result so far: %(cell)s, %(score)s of 4.")
            if whole
            else _("One result is shown here: %(cell)s, %(score)s of 4.")
        )
        return only % {"cell": say.cell_names[scored[0].key], "score": say.level(scored[0].score)}
    return say.of_shown(_compared(say, wording, scored))


def _compared(say: Say, wording: Wording, scored: list[Cell]) -> str:
    """Return what lies clearly lowest among two results or more."""
    document = say.document
    qualities = _known(
        {part.key: document.quality_mean(wording.slug, part.key) for part in wording.qualities}
    )
    lowest = min(qualities, key=lambda key: (qualities[key], key))
    others = [value for key, value in qualities.items() if key != lowest]
    short = any(cell.gap for cell in scored if cell.quality == lowest)
    if short and others and min(others) - qualities[lowest] >= CLEAR:
        said = {
            "effective": _("Our work does not yet reach as far as it could."),
            "efficient": _("Our work does its job, and it takes too long."),
            "secure": _("Our work gets done, and it is not well protected."),
        }.get(lowest)
        effective = [c.score for c in scored if c.quality == "effective" and c.score is not None]
        if said and lowest != "effective" and not does_its_job(qualities.get("effective"), effective):
            return f"{_apart(say, wording, qualities, lowest)}."
        if said:
            return said
    areas = _known({part.key: document.area_mean(wording.slug, part.key) for part in wording.areas})
    low = min(areas, key=lambda key: (areas[key], key))
    if len(areas) > 1 and max(areas.values()) - areas[low] >= CLEAR:
        return _("%(area)s is where we are furthest from the rest.") % {"area": say.area(low)}
    if len(scored) < len([cell for cell in document.cells if cell.instrument == wording.slug]):
        return _("What has a result so far stands at about the same level.")
    return _("We stand at about the same level everywhere.")


def _apart(say: Say, wording: Wording, means: dict[str, Fraction], lowest: str) -> str:
    highest = max(means, key=lambda key: means[key])
    high, low = say.part(wording, highest), say.part(wording, lowest)
    return stands_at(high, means[highest], low, means[lowest])


def extremes(say: Say) -> str:
    """Return the strongest and the lowest results, and of how many."""
    cells, scored = say.document.cells, say.document.scored
    ends = highest_and_lowest([(say.cell_names[c.key], c.score) for c in scored if c.score is not None])
    if not scored or len(scored) == len(cells):
        return say.of_shown(ends) if ends else ""
    counted = ngettext(
        "Only %(count)d of %(all)d results has a level.",
        "Only %(count)d of %(all)d results have a level.",
        len(scored),
    ) % {"count": len(scored), "all": len(cells)}
    return say.of_shown(f"{counted} {ends}".strip())


def _known(means: dict[str, Fraction | None]) -> dict[str, Fraction]:
    return {key: value for key, value in means.items() if value is not None}


def map_lead(say: Say) -> str:
    """Return what the heat map shows, and how many cells reach their target after the plan."""
    document = say.document
    below = [cell for cell in document.scored if cell.gap]
    if not below or not document.plan.actions:
        return finding(say)
    return f"{finding(say)} {_expected(say, below)}"


def _expected(say: Say, below: list[Cell]) -> str:
    """Return how many of the results below their target rise with the plan, or reach it."""
    reached = [c for c in below if c.target is not None and shown_level(c.after) >= shown_level(c.target)]
    raised = [cell for cell in below if shown_rise(cell.score, cell.after) > 0]
    words = {"below": len(below), "raised": len(raised), "reached": len(reached)}
    if not say.document.shown.security:
        return (
            _(
                "Results shown here that lie below their target: %(below)d. Expected to rise with this plan: "
                "%(raised)d. Expected to reach their target: %(reached)d."
            )
            % words
        )
    if len(reached) == len(below):
        return _("After the plan every result is expected to reach its target.")
    if reached:
        return (
            ngettext(
                "Of %(below)d results below their target, %(reached)d is expected to reach it with this plan.",
                "Of %(below)d results below their target, %(reached)d are expected to reach it with this plan.",
                len(reached),
            )
            % words
        )
    if not raised:
        return _("This plan is not expected to lift a result that lies below its target.")
    if len(raised) == len(below):
        return (
            ngettext(
                "With this plan the one result below its target is expected to rise.",
                "With this plan all %(below)d results below their target are expected to rise.",
                len(below),
            )
            % words
        )
    return (
        ngettext(
            "With this plan %(raised)d of %(below)d results below their target is expected to rise.",
            "With this plan %(raised)d of %(below)d results below their target are expected to rise.",
            len(raised),
        )
        % words
    )


def cell_rows(say: Say, index: Index, wording: Wording) -> list[CellRow]:
    """Return the numbers behind one heat map, area by area."""
    rows, before = [], None
    for cell in (c for c in say.document.cells if c.instrument == wording.slug):
        rows.append(
            CellRow(
                anchor=anchor(cell.key),
                name=say.cell_names[cell.key],
                score=say.level(cell.score),
                range=say.range_of(cell.low, cell.high) if cell.score is not None else "–",
                base="–"
                if cell.closed
                else _("%(base)d of %(count)d, %(answers)d")
                % {"base": cell.base, "count": cell.applicable, "answers": cell.answers},
                target=say.level(cell.target),
                gap=say.level(cell.gap) if cell.gap else "–",
                after=say.level(cell.after),
                actions=index.numbers(cell.actions[:MOST_LIFTING]),
                more=max(0, len(cell.actions) - MOST_LIFTING),
                new_area=before not in (None, cell.area),
            )
        )
        before = cell.area
    return rows


def anchor(key: str) -> str:
    """Return the name of the place of a cell in the report."""
    return "cell-" + key.replace("/", "-")
