"""The words and the pictures of the desk: rows of selectors become lines for people to read."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from assessments import wording
from assessments.charts import Strip, level_of
from assessments.core.instruments import Instrument
from assessments.core.scoring import plain_mean
from assessments.models import Assessment
from organizations.money import whole_money
from planning.journey import ahead_of
from planning.models import Plan
from portfolio.selectors import DeskPage, DeskRow

State = Assessment.State
RECENT_DAYS = 14
STAGES: Mapping[str, Promise] = {
    "": gettext_lazy("Not started"),
    State.DRAFT: gettext_lazy("Not opened yet"),
    State.OPEN: gettext_lazy("People answer"),
    State.REVIEW: gettext_lazy("In review"),
    State.CLOSED: gettext_lazy("Results are there"),
}
PLAN_STAGES: Mapping[str, Promise] = {
    Plan.State.DRAFT: gettext_lazy("Plan is a draft"),
    Plan.State.PROPOSED: gettext_lazy("Plan proposed"),
    Plan.State.APPROVED: gettext_lazy("Plan approved"),
    Plan.State.UNDER_WAY: gettext_lazy("Plan under way"),
    Plan.State.FINISHED: gettext_lazy("Plan finished"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """The names of one instrument: each area with the keys of its cells, and each cell ("MultiMedia, secure")."""

    areas: tuple[tuple[str, tuple[str, ...]], ...]
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One organization as the page shows it; `areas` are short numbers under the strip."""

    url: str
    name: str
    about: str
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
    report_url: str
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
    at = timezone.localtime(at)
    instruments = {id(row.instrument): row.instrument for row in page.rows if row.instrument}
    words = {key: _words(instrument) for key, instrument in instruments.items()}
    lines = [(row.group, line(row, at=at, words=words.get(id(row.instrument)))) for row in page.rows]
    if not grouped:
        return [Group("", "", page.total, tuple(one for _group, one in lines))] if lines else []
    titles = {"needs": _("Need you"), "moving": _("Moving on"), "quiet": _("Quiet")}
    present = Counter(group for group, _line in lines)
    return [
        Group(key, title, page.counts[key], tuple(one for group, one in lines if group == key))
        for key, title in titles.items()
        if present[key]
    ]


def heading(page: DeskPage, *, filtered: bool = False) -> str:
    """Return the page's heading: a finding; of a filtered page how many organizations it found."""
    if filtered:
        if not page.total:
            return _("No organization found")
        return ngettext("%(count)d organization found", "%(count)d organizations found", page.total) % {
            "count": page.total
        }
    needs, everyone = page.counts["needs"], page.all
    if not everyone:
        return _("No organization here")
    if not needs:
        return ngettext(
            "Your organization needs nothing from you now",
            "None of your %(all)d organizations needs you now",
            everyone,
        ) % {"all": everyone}
    if everyone == 1:
        return _("Your organization needs you now")
    return ngettext(
        "%(needs)d of %(all)d organizations needs you",
        "%(needs)d of %(all)d organizations need you",
        needs,
    ) % {"needs": needs, "all": everyone}


def line(row: DeskRow, *, at: datetime, words: Words | None) -> Line:
    """Return one organization in words."""
    about = [row.field] if row.field else []
    if row.staff_count is not None:
        people = ngettext("%(count)d person", "%(count)d people", row.staff_count)
        about.append(people % {"count": row.staff_count})
    areas = _areas(row, words) if words else ()
    gap_score = row.scores.get(row.gap_cell)
    return Line(
        url=reverse("organizations:home", args=[row.slug]),
        name=row.name,
        about=", ".join(about),
        strip=_strip(row, words, areas) if words else None,
        areas=areas,
        gap_level=level_of(gap_score),
        gap_score=wording.number(gap_score),
        gap_name=words.cells.get(row.gap_cell, "") if words else "",
        gap_says=_("%(gap)s below the target") % {"gap": wording.number(row.gap)} if row.gap else "",
        has_scores=any(score is not None for score in row.scores.values()),
        stage=stage(row),
        total="" if row.plan_cents is None else whole_money(row.plan_cents, row.currency),
        next=next_thing(row, at=at),
        report_url=reverse("reports:report-detail", args=[row.slug, row.report_number])
        if row.report_number
        else "",
        report_says=_("Report of %(day)s") % {"day": _day(row.report_ready_at)}
        if row.report_ready_at
        else "",
        changed=ago(row.activity, at=at),
    )


def _strip(row: DeskRow, words: Words, areas: tuple[tuple[str, str], ...]) -> Strip:
    """Return the picture of all results of one organization."""
    if row.lowest:
        title = _("%(name)s: lowest %(cell)s, %(score)s") % {
            "name": row.name,
            "cell": words.cells.get(row.lowest, ""),
            "score": wording.number(row.scores.get(row.lowest)),
        }
    else:
        title = _("%(name)s: %(known)d of %(all)d results known") % {
            "name": row.name,
            "known": sum(score is not None for score in row.scores.values()),
            "all": len(words.cells),
        }
    desc = _("One bar for each result, in groups by area: %(areas)s.") % {
        "areas": "; ".join(f"{area} {value}" for area, value in areas)
    }
    bars = tuple(tuple(row.scores.get(cell) for cell in cells) for _title, cells in words.areas)
    return Strip(title, desc, bars)


def stage(row: DeskRow) -> str:
    """Return where an organization stands, in two or three words."""
    return str(PLAN_STAGES[row.plan_state] if row.plan_state else STAGES[row.assessment_state])


def next_thing(row: DeskRow, *, at: datetime) -> str:
    """Return what comes next, and what it waits for."""
    missing = max(0, row.expected - row.answered)
    ahead = ahead_of(row.plan_state)
    plan_asks = ahead.title if ahead else _("Nothing is waiting")
    match row.reason:
        case "review":
            return _("The answers wait for your review")
        case "stalled":
            days = (at - row.activity).days
            return ngettext(
                "%(missing)d answer is missing, nothing new for %(days)d days",
                "%(missing)d answers are missing, nothing new for %(days)d days",
                missing,
            ) % {"missing": missing, "days": days}
        case "proposed":
            return plan_asks
        case "no-plan":
            return _("There are results, and no plan yet")
    if row.plan_state:
        if not row.report_made:
            return _("The report is being made") if row.report_making else _("Make the report")
        return plan_asks
    if row.assessment_state in {State.OPEN, State.DRAFT} and missing:
        return ngettext("%(count)d answer is missing", "%(count)d answers are missing", missing) % {
            "count": missing
        }
    return _("Make a plan") if row.assessment_state else _("Start the ten-minute check")


def ago(moment: datetime, *, at: datetime) -> str:
    """Return when something changed: today, yesterday, days ago, or the day; `at` is in this site's time zone."""
    days = (at.date() - timezone.localtime(moment).date()).days
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


def area_names(page: DeskPage) -> str:
    """Return the areas in the order of every strip on the page; nothing where questionnaires differ."""
    language = get_language() or "en"
    found = {
        tuple(area.title.in_(language) for area in row.instrument.areas)
        for row in page.rows
        if row.instrument
    }
    return ", ".join(found.pop()) if len(found) == 1 else ""


def _day(moment: datetime) -> str:
    return str(date_format(timezone.localtime(moment), "DATE_FORMAT"))


def _areas(row: DeskRow, words: Words) -> tuple[tuple[str, str], ...]:
    """Return title and score of each area, "?" where it is not known."""
    return tuple(
        (title, wording.number(plain_mean(row.scores.get(cell) for cell in cells)) or "?")
        for title, cells in words.areas
    )


def _words(instrument: Instrument) -> Words:
    """Return the names of an instrument's areas and cells in the page's language."""
    language = get_language() or "en"
    qualities = {part.key: part.title.in_(language) for part in instrument.qualities}
    areas = {part.key: part.title.in_(language) for part in instrument.areas}
    return Words(
        tuple((title, tuple(f"{area}/{quality}" for quality in qualities)) for area, title in areas.items()),
        {
            f"{area}/{quality}": _("%(area)s, %(quality)s") % {"area": title, "quality": second.lower()}
            for area, title in areas.items()
            for quality, second in qualities.items()
        },
    )
