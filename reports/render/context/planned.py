"""The work in time and by person: quarters and their hours, who carries what, how it will be measured."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from reports.render.context.actions import CROWD
from reports.render.context.index import Index
from reports.render.context.pictures import initials
from reports.render.context.say import Say


@dataclass(frozen=True)
class Measure:
    """What will be seen of one action, by when, and who looks."""

    number: int
    what: str
    when: str
    who: str


@dataclass(frozen=True)
class PersonRow:
    """Somebody who carries a part of the plan."""

    name: str
    actions: tuple[int, ...]
    hours: str
    when: str


def load(say: Say) -> tuple[list[str], list[str], str]:
    """Return the quarters with work in them, the staff hours of each, and their sum."""
    hours = _hours_by_quarter(say)
    if not hours:
        return [], [], ""
    quarters = range(max(hours) + 1)
    return (
        [say.quarter(quarter) for quarter in quarters],
        [say.hours(hours.get(quarter, Fraction(0))) for quarter in quarters],
        say.hours(sum(hours.values(), Fraction(0))),
    )


def _hours_by_quarter(say: Say) -> dict[int, Fraction]:
    hours: dict[int, Fraction] = {}
    for action in say.document.plan.actions:
        for quarter, amount in action.hours_by_quarter.items():
            hours[quarter] = hours.get(quarter, Fraction(0)) + amount
    return hours


def roadmap_lead(say: Say) -> str:
    """Return when the work is done, and what the fullest quarter asks for."""
    plan = say.document.plan
    ends = [action.end_quarter for action in plan.actions if action.end_quarter is not None]
    if not ends:
        return _("Nothing is scheduled yet.")
    first = _("The work is done by the end of %(quarter)s.") % {"quarter": say.quarter(max(ends))}
    hours = _hours_by_quarter(say)
    fullest = max(hours.items(), key=lambda pair: (pair[1], -pair[0]), default=None)
    if fullest is None or not fullest[1]:
        return first
    rest = _("The fullest quarter is %(quarter)s with %(hours)s hours of staff time, of %(capacity)s.")
    return (
        first
        + " "
        + rest
        % {
            "quarter": say.quarter(fullest[0]),
            "hours": say.hours(fullest[1]),
            "capacity": say.hours(plan.capacity),
        }
    )


def persons(say: Say, index: Index) -> list[PersonRow]:
    """Return who carries which actions; those without a name stand last."""
    names = sorted({action.owner for action in index.actions}, key=lambda name: (not name, name.lower()))
    rows = []
    for name in names:
        mine = [action for action in index.actions if action.owner == name]
        starts = [action.start_quarter for action in mine if action.start_quarter is not None]
        ends = [action.end_quarter for action in mine if action.end_quarter is not None]
        shown = f"{name} ({initials(name)})" if name else _("To be named")
        rows.append(
            PersonRow(
                name=shown,
                actions=tuple(index.action_numbers[action.key] for action in mine),
                hours=say.hours(sum((action.hours for action in mine), Fraction(0))),
                when=say.quarters(min(starts), max(ends)) if starts and ends else _("not scheduled"),
            )
        )
    return rows


def measures(say: Say, index: Index) -> list[Measure]:
    """Return one measure for each action that names one; among a crowd of actions only for those that cost money."""
    crowd = len(index.actions) > CROWD
    return [
        Measure(
            index.action_numbers[action.key],
            say.words(action.measures[0]),
            say.quarter(action.end_quarter),
            action.owner or _("to be named"),
        )
        for action in index.actions
        if action.measures and (action.total.likely or not crowd)
    ]


def in_pairs(rows: list[Measure]) -> list[tuple[Measure, Measure | None]]:
    """Return the measures side by side: the second half beside the first."""
    half = (len(rows) + 1) // 2
    return [(row, rows[half + n] if half + n < len(rows) else None) for n, row in enumerate(rows[:half])]


def results_after(say: Say) -> list[tuple[str, str, str, str]]:
    """Return the results that rise most: (name, today, expected, target)."""
    cells = [cell for cell in say.document.scored if cell.rise and cell.rise >= Fraction(1, 20)]
    cells.sort(key=lambda cell: (-(cell.rise or 0), cell.key))
    return [
        (say.cell_names[c.key], say.level(c.score), say.level(c.after), say.level(c.target))
        for c in cells[:4]
    ]
