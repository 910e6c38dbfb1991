"""What a reader sees on the page of a share: the redacted document in plain words, in the document's language.

Levels 0..4 exact, money cents, quarters from 0 at the start of the plan. Everything comes out of the document that
was given: what is not in it leaves no trace here.
"""

import calendar
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from assessments import wording
from assessments.charts import Ages, HeatCell, HeatMap
from organizations.money import grouped, whole_money
from planning.sentences.numbers import hours as hours_words
from reports.core.document import OLD_YEARS, ActionPart, Cell, Challenge, Contact, Document, Wording
from reports.render.context.say import not_approved, of_shown, with_figures

SHOWN_ACTIONS = 5
CLEAR = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Figure:
    """A large number with its name and its base."""

    name: str
    value: str
    small: str


@dataclass(frozen=True, slots=True)
class Item:
    """One line: what, small print, and a figure at the right."""

    title: str
    small: str
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """The heat map of one instrument with its finding and the table behind it."""

    title: str
    finding: str
    picture: HeatMap
    head: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    small: str


@dataclass(frozen=True, slots=True)
class Equipment:
    """Computers by the year they were made."""

    finding: str
    picture: Ages
    rows: tuple[tuple[int, int], ...]
    day: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything on the page; an empty part is not shown."""

    title: str
    mission: str
    approved: str
    paragraphs: tuple[str, ...]
    figures: tuple[Figure, ...]
    equipment: Equipment | None
    results: tuple[Result, ...]
    causes: tuple[Item, ...]
    actions: tuple[Item, ...]
    more: str
    named: bool
    measures: tuple[Item, ...]
    contact: Contact | None
    taken_on: str


def build(document: Document) -> Page:
    """Return the page of a document, in the active language."""
    shown, more = _actions(document)
    return Page(
        title=_title(document),
        mission=document.organization.mission,
        approved=_approved(document),
        paragraphs=_paragraphs(document),
        figures=_figures(document),
        equipment=_equipment(document),
        results=tuple(result for words in document.wording if (result := _result(document, words))),
        causes=tuple(_cause(challenge) for challenge in document.challenges if challenge.first),
        actions=shown,
        more=more,
        named=document.shown.names,
        measures=tuple(
            Item(goal.title, goal.measure, _("By %(day)s") % {"day": day(goal.by)} if goal.by else "")
            for goal in document.goals
        ),
        contact=document.organization.contact,
        taken_on=day(document.taken_at.date()),
    )


def day(when: date) -> str:
    """Return a day in words."""
    return str(date_format(when, "DATE_FORMAT"))


def years(document: Document) -> str:
    """Return the first and the last year of the plan: "2026 to 2029"."""
    plan = document.plan
    last = plan.start_year + (plan.start_quarter - 1 + 4 * plan.horizon_years - 1) // 4
    if last == plan.start_year:
        return str(last)
    return _("%(first)s to %(last)s") % {"first": plan.start_year, "last": last}


def quarters(document: Document, first: int, last: int) -> str:
    """Return quarters of the plan as months: "January to June 2027"."""
    plan = document.plan
    begin, end = plan.start_quarter - 1 + first, plan.start_quarter - 1 + last
    start = date(plan.start_year + begin // 4, begin % 4 * 3 + 1, 1)
    stop_month = end % 4 * 3 + 3
    stop_year = plan.start_year + end // 4
    stop = date(stop_year, stop_month, calendar.monthrange(stop_year, stop_month)[1])
    form = "F" if start.year == stop.year else "YEAR_MONTH_FORMAT"
    return _("%(from)s to %(to)s") % {
        "from": date_format(start, form),
        "to": date_format(stop, "YEAR_MONTH_FORMAT"),
    }


def _language() -> str:
    return get_language() or "en"


def _title(document: Document) -> str:
    return _("%(name)s: technology plan, %(years)s") % {
        "name": document.organization.name,
        "years": years(document),
    }


def _approved(document: Document) -> str:
    plan = document.plan
    if plan.approved_on is None:
        return not_approved(plan.undecided)
    said = {"who": plan.approved_by, "day": day(plan.approved_on)}
    approved = _("Approved by %(who)s on %(day)s") if plan.approved_by else _("Approved on %(day)s")
    return with_figures(document, approved % said)


def _paragraphs(document: Document) -> tuple[str, ...]:
    """Return who they are and what the plan is for, in two short paragraphs."""
    profile, plan = document.organization, document.plan
    who = [_paid_people(profile.name, profile.staff_count)] if profile.staff_count is not None else []
    if profile.field:
        who.append(_("Field of work: %(field)s.") % {"field": profile.field})
    asked = sum(part.people for part in document.assessments)
    if asked:
        who.append(
            ngettext(
                "%(count)s person answered the questions behind this plan.",
                "%(count)s people answered the questions behind this plan.",
                asked,
            )
            % {"count": asked}
        )
    first = [row.title.in_(_language()) for row in document.challenges if row.first][:3]
    count = len(plan.actions)
    what = ngettext("The plan has %(count)d action.", "The plan has %(count)d actions.", count) % {
        "count": count
    }
    if not count and not any(cell.gap for cell in document.scored):
        what = _("Nothing has to be done now: none of the results shown here lies below its target.")
    why = _("What stands in the way most: %(causes)s.") % {"causes": "; ".join(first)} if first else ""
    why = of_shown(document, why) if why else ""
    return tuple(filter(None, (" ".join(who), f"{why} {what}".strip())))


def _paid_people(name: str, count: int) -> str:
    if not count:
        return _("%(name)s has no paid people.") % {"name": name}
    return ngettext("%(name)s has %(count)s paid person.", "%(name)s has %(count)s paid people.", count) % {
        "name": name,
        "count": grouped(count),
    }


def _figures(document: Document) -> tuple[Figure, ...]:
    plan, currency = document.plan, document.organization.currency
    total, by_year = plan.total, plan.by_year
    between = _("between %(low)s and %(high)s; %(first)s in the first year") % {
        "low": whole_money(total.low, currency),
        "high": whole_money(total.high, currency),
        "first": whole_money(by_year[0].likely, currency),
    }
    name = ngettext("Cost, %(count)d year", "Cost, %(count)d years", plan.horizon_years) % {
        "count": plan.horizon_years
    }
    once = sum(amount.likely for amount in plan.one_time)
    hours = sum((action.hours for action in plan.actions), Fraction(0))
    return (
        Figure(name, whole_money(total.likely, currency), between),
        Figure(
            _("Of that, one time"),
            whole_money(once, currency),
            _every_year(document),
        ),
        Figure(
            _("Their own staff time"),
            hours_words(hours),
            _("not asked for"),
        ),
    )


def _every_year(document: Document) -> str:
    """Return what is paid every year, over the whole plan and after it; '' for nothing."""
    plan, currency = document.plan, document.organization.currency
    paid, last = sum(amount.likely for amount in plan.yearly), plan.yearly[-1].likely
    if not paid:
        return ""
    said = _("The other %(paid)s is paid year by year, as what costs every year begins.") % {
        "paid": whole_money(paid, currency)
    }
    if not last:
        return said
    after = _("After the plan %(yearly)s a year stays, which is not asked for.")
    return f"{said} {after % {'yearly': whole_money(last, currency)}}"


def _equipment(document: Document) -> Equipment | None:
    inventory = document.inventory
    if inventory is None:
        return None
    counts = inventory.computers_by_year
    if not counts:
        return None
    everything, this_year = sum(counts.values()), inventory.recorded_on.year
    old = sum(count for year, count in counts.items() if this_year - year > OLD_YEARS)
    finding = ngettext(
        "%(old)d of %(count)d computer was older than five years.",
        "%(old)d of %(count)d computers were older than five years.",
        everything,
    ) % {"old": old, "count": everything}
    desc = "; ".join(f"{year}: {count}" for year, count in sorted(counts.items()))
    picture = Ages.of(
        counts,
        this_year=this_year,
        old=this_year - OLD_YEARS - 1,
        title=_("Computers by the year they were made"),
        desc=desc,
        limit=_("older than five years"),
    )
    return Equipment(finding, picture, tuple(sorted(counts.items())), day(inventory.recorded_on))


def _result(document: Document, words: Wording) -> Result | None:
    """Return the heat map of one instrument; None when nothing of it is scored."""
    cells = {(cell.area, cell.quality): cell for cell in document.cells if cell.instrument == words.slug}
    scored = [cell for cell in cells.values() if cell.score is not None]
    if not scored:
        return None
    language = _language()
    labels = [level.label.in_(language) for level in words.scale]
    areas = tuple((area.key, area.title.in_(language)) for area in words.areas)
    qualities = tuple((quality.key, quality.title.in_(language)) for quality in words.qualities)
    desc = "; ".join(
        f"{title}: "
        + ", ".join(f"{name} {_shown(cells.get((area, quality)))}" for quality, name in qualities)
        for area, title in areas
    )
    picture = HeatMap(
        words.title.in_(language),
        desc,
        areas,
        qualities,
        {
            place: HeatCell(cell.score, wording.number(cell.score), _word(cell, labels))
            for place, cell in cells.items()
        },
    )
    rows = tuple(
        (title, tuple(_shown(cells.get((area, quality))) for quality, _name in qualities))
        for area, title in areas
    )
    small = _("Level 0 is “%(lowest)s”, 4 is “%(highest)s”. There is no overall grade.") % {
        "lowest": labels[0],
        "highest": labels[-1],
    }
    return Result(
        words.title.in_(language),
        _finding(document, words, dict(areas), dict(qualities)),
        picture,
        tuple(name for _key, name in qualities),
        rows,
        small,
    )


def _finding(document: Document, words: Wording, areas: dict[str, str], qualities: dict[str, str]) -> str:
    """Return what the heat map says first: the lowest quality if it clearly is, else the lowest cell."""
    return of_shown(document, _lowest(document, words, areas, qualities))


def _lowest(document: Document, words: Wording, areas: dict[str, str], qualities: dict[str, str]) -> str:
    means = {key: document.quality_mean(words.slug, key) for key in qualities}
    known = sorted((mean, key) for key, mean in means.items() if mean is not None)
    scored = [cell for cell in document.scored if cell.instrument == words.slug]
    if len(known) > 1 and known[1][0] - known[0][0] >= CLEAR:
        of_it = [cell.score for cell in scored if cell.quality == known[0][1] and cell.score is not None]
        return _("%(quality)s is lowest: %(low)s to %(high)s of 4.") % {
            "quality": qualities[known[0][1]],
            "low": wording.number(min(of_it)),
            "high": wording.number(max(of_it)),
        }
    lowest = min(scored, key=lambda cell: (cell.score or Fraction(0), cell.key))
    return _("The lowest result is %(area)s, %(quality)s: %(score)s of 4.") % {
        "area": areas[lowest.area],
        "quality": qualities[lowest.quality].lower(),
        "score": wording.number(lowest.score),
    }


def _shown(cell: Cell | None) -> str:
    if cell is None:
        return _("not known")
    return wording.number(cell.score) if cell.score is not None else _empty(cell) or _("not known")


def _word(cell: Cell, labels: list[str]) -> str:
    return (cell.score is None and _empty(cell)) or wording.short_word(cell.score, labels)


def _empty(cell: Cell) -> str:
    """Return what stands in place of a score, as the results page says it."""
    return cell.empty.in_(_language()) if cell.empty else ""


def _cause(challenge: Challenge) -> Item:
    language = _language()
    proof = [row.text.in_(language) for row in challenge.proof if row.holds]
    return Item(challenge.title.in_(language), " ".join(proof))


def _actions(document: Document) -> tuple[tuple[Item, ...], str]:
    """Return the dearest actions, and a line about the others."""
    currency = document.organization.currency
    ordered = sorted(document.plan.actions, key=lambda action: (-action.total.likely, action.key))
    shown = tuple(
        Item(
            action.title.in_(_language()),
            _when_and_who(document, action),
            whole_money(action.total.likely, currency),
        )
        for action in ordered[:SHOWN_ACTIONS]
    )
    rest = ordered[SHOWN_ACTIONS:]
    if not rest:
        return shown, ""
    free = sum(action.total.likely == 0 for action in rest)
    more = ngettext("%(count)d more action", "%(count)d more actions", len(rest)) % {"count": len(rest)}
    if free:
        more += ngettext(
            ", %(free)d of which costs only time", ", %(free)d of which cost only time", free
        ) % {"free": free}
    return shown, more


def _when_and_who(document: Document, action: ActionPart) -> str:
    return ", ".join(part for part in (_when(document, action), action.owner) if part)


def _when(document: Document, action: ActionPart) -> str:
    if action.start_quarter is None or action.end_quarter is None:
        return ""
    return quarters(document, action.start_quarter, action.end_quarter)
