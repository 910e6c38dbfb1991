"""The words and the pictures of the desk: rows of selectors become lines for people to read."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from assessments import wording
from assessments.charts import Strip, level_of
from assessments.core.instruments import Instrument
from assessments.models import Assessment
from organizations.models import Membership
from organizations.money import whole_money
from planning.models import Plan
from portfolio.selectors import DeskPage, DeskRow

State = Assessment.State
RECENT_DAYS = 14


@dataclass(frozen=True, slots=True)
class Line:
    """One organization as the page shows it; `areas` are short numbers under the strip."""

    slug: str
    name: str
    about: str
    role: str
    strip: Strip | None
    areas: tuple[tuple[str, str], ...]
    gap_level: int | None
    gap_score: str
    gap_name: str
    gap_says: str
    has_scores: bool
    stage: str
    total: str
    next: str
    needs: bool
    report_number: int | None
    report_says: str
    changed: str


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one group, with how many organizations of all pages are in it; no key when not grouped."""

    key: str
    title: str
    count: int
    lines: tuple[Line, ...]


def groups(page: DeskPage, *, grouped: bool, at: datetime) -> list[Group]:
    """Return the page's lines, in groups when it is sorted by who needs somebody."""
    lines = [(row.group, line(row, at=at)) for row in page.rows]
    if not grouped:
        return [Group("", "", page.total, tuple(one for _group, one in lines))] if lines else []
    titles = {"needs": _("Need you"), "moving": _("Moving on"), "quiet": _("Quiet")}
    present = Counter(group for group, _line in lines)
    return [
        Group(key, title, page.counts[key], tuple(one for group, one in lines if group == key))
        for key, title in titles.items()
        if present[key]
    ]


def heading(page: DeskPage) -> str:
    """Return the page's heading: a finding."""
    needs, everyone = page.counts["needs"], page.all
    if not everyone:
        return _("No organization here")
    if not needs:
        return ngettext(
            "Your organization needs nothing from you now",
            "None of your %(all)d organizations needs you now",
            everyone,
        ) % {"all": everyone}
    return ngettext(
        "%(needs)d of %(all)d organizations needs you",
        "%(needs)d of %(all)d organizations need you",
        needs,
    ) % {"needs": needs, "all": everyone}


def line(row: DeskRow, *, at: datetime) -> Line:
    """Return one organization in words."""
    gap_score = row.scores.get(row.gap_cell)
    about = [row.field] if row.field else []
    about.append(
        ngettext("%(count)d person", "%(count)d people", row.staff_count) % {"count": row.staff_count}
    )
    return Line(
        slug=row.slug,
        name=row.name,
        about=", ".join(about),
        role=str(Membership.Role(row.role).label),
        strip=strip(row),
        areas=_areas(row),
        gap_level=level_of(gap_score),
        gap_score=wording.number(gap_score),
        gap_name=_cell_name(row.instrument, row.gap_cell),
        gap_says=_("%(gap)s below the target") % {"gap": wording.number(row.gap)} if row.gap else "",
        has_scores=any(score is not None for score in row.scores.values()),
        stage=stage(row),
        total="" if row.plan_cents is None else whole_money(row.plan_cents, row.currency),
        next=next_thing(row, at=at),
        needs=row.group == "needs",
        report_number=row.report_number,
        report_says=_("Report of %(day)s") % {"day": _day(row.report_ready_at)}
        if row.report_ready_at
        else "",
        changed=ago(row.activity, at=at),
    )


def strip(row: DeskRow) -> Strip | None:
    """Return the picture of all results of one organization; None when it has not begun."""
    instrument = row.instrument
    if instrument is None:
        return None
    cells = instrument.by_cell
    areas = [
        tuple(row.scores.get(f"{area.key}/{quality.key}") for quality in instrument.qualities)
        for area in instrument.areas
    ]
    known = sum(score is not None for area in areas for score in area)
    if known and row.lowest:
        title = _("%(name)s: lowest %(cell)s, %(score)s") % {
            "name": row.name,
            "cell": _cell_name(instrument, row.lowest),
            "score": wording.number(row.scores.get(row.lowest)),
        }
    else:
        title = _("%(name)s: %(known)d of %(all)d results known") % {
            "name": row.name,
            "known": known,
            "all": len(cells),
        }
    desc = _("One bar for each result, in groups by area: %(areas)s.") % {
        "areas": "; ".join(f"{title} {value}" for title, value in _areas(row))
    }
    return Strip(title, desc, tuple(areas))


def stage(row: DeskRow) -> str:
    """Return where an organization stands, in two or three words."""
    if row.plan_state:
        return {
            Plan.State.DRAFT: _("Plan is a draft"),
            Plan.State.PROPOSED: _("Plan proposed"),
            Plan.State.APPROVED: _("Plan approved"),
            Plan.State.UNDER_WAY: _("Plan under way"),
            Plan.State.FINISHED: _("Plan finished"),
        }[Plan.State(row.plan_state)]
    if not row.assessment_state:
        return _("Not started")
    return {
        State.DRAFT: _("Not opened yet"),
        State.OPEN: _("People answer"),
        State.REVIEW: _("In review"),
        State.CLOSED: _("Results are there"),
    }[State(row.assessment_state)]


def next_thing(row: DeskRow, *, at: datetime) -> str:
    """Return what comes next, and what it waits for."""
    missing = max(0, row.expected - row.answered)
    match row.reason:
        case "review":
            return _("The answers wait for your review")
        case "proposed":
            return _("The plan waits to be approved")
        case "stalled":
            days = (at - row.activity).days
            return ngettext(
                "%(missing)d answer is missing, nothing new for %(days)d days",
                "%(missing)d answers are missing, nothing new for %(days)d days",
                missing,
            ) % {"missing": missing, "days": days}
        case "no-plan":
            return _("There are results, and no plan yet")
    if row.plan_state:
        if row.report_number is None:
            return _("The report is being made") if row.report_making else _("Make the report")
        return _("Carry out the plan") if row.plan_state != Plan.State.DRAFT else _("Propose the plan")
    if row.assessment_state in {State.OPEN, State.DRAFT} and missing:
        return ngettext("%(count)d answer is missing", "%(count)d answers are missing", missing) % {
            "count": missing
        }
    return _("Make a plan") if row.assessment_state else _("Start the ten-minute check")


def ago(moment: datetime, *, at: datetime) -> str:
    """Return when something changed: today, yesterday, days ago, or the day."""
    days = (timezone.localtime(at).date() - timezone.localtime(moment).date()).days
    if days <= 0:
        return _("Today")
    if days == 1:
        return _("Yesterday")
    if days <= RECENT_DAYS:
        return ngettext("%(days)d day ago", "%(days)d days ago", days) % {"days": days}
    return _day(moment)


def level_names(page: DeskPage) -> list[tuple[int, str]]:
    """Return number and name of the five levels, of the first instrument on the page."""
    language = get_language() or "en"
    for row in page.rows:
        if row.instrument is not None:
            return [(level.level, level.label.in_(language)) for level in row.instrument.scale]
    return []


def _day(moment: datetime) -> str:
    return str(date_format(timezone.localtime(moment), "DATE_FORMAT"))


def _areas(row: DeskRow) -> tuple[tuple[str, str], ...]:
    """Return title and score of each area, "?" where it is not known."""
    if row.instrument is None:
        return ()
    language = get_language() or "en"
    found = []
    for area in row.instrument.areas:
        cells = [row.scores.get(f"{area.key}/{quality.key}") for quality in row.instrument.qualities]
        known = [score for score in cells if score is not None]
        mean = sum(known, Fraction(0)) / len(known) if known else None
        found.append((area.title.in_(language), wording.number(mean) or "?"))
    return tuple(found)


def _cell_name(instrument: Instrument | None, cell: str) -> str:
    """Return a cell in words: "MultiMedia, secure"."""
    if instrument is None or cell not in instrument.by_cell:
        return ""
    language = get_language() or "en"
    area, quality = cell.split("/")
    return _("%(area)s, %(quality)s") % {
        "area": instrument.area(area).title.in_(language),
        "quality": instrument.quality(quality).title.in_(language).lower(),
    }
