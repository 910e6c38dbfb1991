"""The work in time and by person: quarters and their hours, who carries what, how it will be measured."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from planning.sentences.numbers import shown_rise
from reports.render.context.actions import CROWD
from reports.render.context.index import Index
from reports.render.context.pictures import initials, owners
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
    last = {"quarter": say.quarter(max(ends))}
    undated = len(plan.actions) - len(ends)
    if undated:
        first = ngettext(
            "What is scheduled ends in %(quarter)s; %(count)d action is not scheduled yet.",
            "What is scheduled ends in %(quarter)s; %(count)d actions are not scheduled yet.",
            undated,
        ) % {**last, "count": undated}
    else:
        first = _("The work ends in %(quarter)s.") % last
    hours = _hours_by_quarter(say)
    fullest = max(hours.items(), key=lambda pair: (pair[1], -pair[0]), default=None)
    if fullest is None or not fullest[1]:
        return first
    words = {
        "quarter": say.quarter(fullest[0]),
        "hours": say.hours(fullest[1]),
        "capacity": say.hours(plan.capacity),
    }
    return f"{first} {_load_sentence([hours.get(n, Fraction(0)) for n in range(max(hours) + 1)]) % words}"


def _load_sentence(amounts: list[Fraction]) -> str:
    """Return what to say of the fullest quarter: that all are like it, some are, or none."""
    top = max(amounts)
    if len(amounts) > 1 and top - min(amounts) <= top / 10:
        return _(
            "It takes about the same in every quarter: at most %(hours)s of our %(capacity)s staff hours."
        )
    if amounts.count(top) > 1:
        return _("No quarter takes more than %(hours)s of our %(capacity)s staff hours.")
    return _("The busiest quarter, %(quarter)s, takes %(hours)s of our %(capacity)s staff hours.")


def roadmap_key(say: Say) -> str:
    """Return what the signs in the roadmap mean, of those that are in it."""
    parts = [_("Bar: the work.")]
    actions = say.document.plan.actions
    if any(amount.likely for action in actions for line in action.lines for amount in line.yearly):
        parts.append(_("Dotted line: what it costs every year from then on."))
    names = ", ".join(f"{short} {name}" for short, name in owners(say.document))
    if names:
        parts.append(_("Initials: %(owners)s.") % {"owners": names})
    return " ".join(parts)


def roadmap_note(say: Say) -> str:
    """Return what holds for the order, and what waits for money; '' where neither says anything."""
    plan, parts = say.document.plan, []
    if any(action.requires for action in plan.actions):
        parts.append(_("What must come first does: an action starts when those that it needs have ended."))
    if plan.total.likely:
        parts.append(
            _(
                "If the decision about money comes later, what needs the money moves by the same number of quarters."
            )
        )
    return " ".join(parts)


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


def responsible_lead(say: Say) -> str:
    """Return who answers for the plan, and for how many actions somebody is named."""
    document = say.document
    number = len(document.plan.actions)
    unnamed = sum(not action.owner for action in document.plan.actions)
    parts = []
    if document.organization.contact:
        parts.append(
            _("%(name)s answers for the plan and the money.") % {"name": document.organization.contact.name}
        )
    if not unnamed:
        parts.append(
            ngettext(
                "The action has one person who sees it through.",
                "Each action has one person who sees it through.",
                number,
            )
        )
    elif unnamed == number:
        parts.append(_("Who sees each action through is still to be named."))
    else:
        parts.append(
            ngettext(
                "%(named)d of %(count)d actions has one person who sees it through; the others wait for a name.",
                "%(named)d of %(count)d actions have one person who sees them through; the others wait for a name.",
                number - unnamed,
            )
            % {"named": number - unnamed, "count": number}
        )
    return " ".join(parts)


def measures_lead(say: Say, rows: list[Measure]) -> str:
    """Return what follows about measures, and when the questions are asked again."""
    again = _("TechPlan suggests asking the questions again at the end of each year.")
    if rows:
        return " ".join((_("What we will see, and by when."), again))
    if say.document.goals:
        return again
    return " ".join((_("No measure is written down yet."), again))


def measures_title(say: Say, rows: list[Measure]) -> str:
    """Return what the table of measures has: one for each action, for each that costs money, or for some."""
    actions = say.document.plan.actions
    if not say.document.shown.security:
        return _("Signs for our actions")  # some are left out: their number would tell how many
    if len(rows) == len(actions):
        return _("One sign for each action")
    paid = [action for action in actions if action.total.likely]
    if len(actions) > CROWD and len(rows) == len(paid):
        return _("One sign for each action that costs money")
    return ngettext(
        "A sign for %(count)d of %(all)d actions", "Signs for %(count)d of %(all)d actions", len(rows)
    ) % {"count": len(rows), "all": len(actions)}


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
    """Return the results that rise most as it is shown, ties by key: (name, today, expected, target)."""
    rises = {cell.key: shown_rise(cell.score, cell.after) for cell in say.document.scored}
    cells = [cell for cell in say.document.scored if rises[cell.key] > 0]
    cells.sort(key=lambda cell: (-rises[cell.key], cell.key))
    return [
        (say.cell_names[c.key], say.level(c.score), say.level(c.after), say.level(c.target))
        for c in cells[:4]
    ]
