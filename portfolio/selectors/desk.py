"""The desk: many organizations, one line each, sorted, filtered, searched and paged in SQL over stored rows.

Scores are those of the current Standing (levels 0..4, fractions as "7/3"), money is cents. Scores that tell who said
what (Standing.shown is false) are neither shown nor sorted by. The number of queries
is the same for 5 and for 5,000 organizations. An organization is in one of three groups:
    needs    answers wait for a review; a plan waits for approval; answering has stopped; results without a plan
    moving   something changed within 30 days
    quiet    everything else
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import (
    Case,
    Count,
    DateTimeField,
    Exists,
    F,
    FilteredRelation,
    FloatField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
    Window,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, Greatest, Lower
from django.utils.translation import get_language

from assessments.core.instruments import Instrument
from assessments.models import Assessment, InstrumentVersion, Respondent
from assessments.selectors import instrument_content
from jobs.models import JobState
from organizations import access
from organizations.models import Membership, User
from planning.models import Plan
from reports.models import Report
from reports.selectors import read_by, unseen

PAGE = 50
MOVING_DAYS = 30
STALLED_DAYS = 14
GROUPS = ("needs", "moving", "quiet")
SORTS = ("needs", "gap", "lowest", "activity", "total", "name")
NEEDS = ("review", "proposed", "stalled", "no-plan")
AREA_SORT = re.compile(r"area-[a-z0-9-]{1,60}")
READS = "_reads_shares"  # kept on a person for one request: whether something is shared with them
State = Assessment.State
Line = dict[str, Any]  # one row of `values()`
Rows = Any  # a QuerySet of memberships with what `_annotated` adds, which the types cannot follow


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One organization on the desk. `reason` says why it is in its group; scores are by cell and by area."""

    slug: str
    name: str
    field: str
    staff_count: int | None
    currency: str
    group: str
    reason: str
    activity: datetime
    instrument: Instrument | None
    scores: Mapping[str, Fraction | None]
    areas: Mapping[str, float | None]
    lowest: str
    gap_cell: str
    gap: Fraction | None
    answered: int
    expected: int
    assessment_state: str
    plan_state: str
    plan_cents: int | None
    report_made: bool
    report_number: int | None
    report_ready_at: datetime | None
    report_making: bool


@dataclass(frozen=True, slots=True)
class DeskPage:
    """One page of the desk. `counts` are of all organizations that fit the search, by group."""

    rows: tuple[DeskRow, ...]
    counts: Mapping[str, int]
    total: int
    number: int
    pages: int
    areas: tuple[tuple[str, str], ...]

    @property
    def all(self) -> int:
        return sum(self.counts.values())


def is_area_sort(sort: str) -> bool:
    """Whether a sort is by the score of one area ("area-communication")."""
    return AREA_SORT.fullmatch(sort) is not None


def has_desk(user: User) -> bool:
    """Whether this person works as a consultant, or in more than one organization.

    One query says as well whether something is shared with a member; `has_reading` is asked after it.
    """
    found = access.memberships_of(user, access.VIEW).order_by()
    rows = list(found.values_list("role", Exists(read_by(user)))[:20])
    user.__dict__.pop(READS, None)
    if rows:
        user.__dict__[READS] = rows[0][1]
    return len(rows) > 1 or Membership.Role.CONSULTANT in [role for role, _reads in rows]


def has_reading(user: User) -> bool:
    """Whether something is shared with this person; asked after `has_desk`, which knows it for members."""
    reads = user.__dict__.get(READS)
    return read_by(user).exists() if reads is None else bool(reads)


def desk_page(
    user: User | AnonymousUser,
    *,
    at: datetime,
    search: str = "",
    group: str = "",
    sort: str = "needs",
    number: int = 1,
) -> DeskPage:
    """Return one page of the organizations in which this person may see results."""
    found = _annotated(access.memberships_of(user, access.VIEW).select_related(None), at=at)
    if search:
        found = found.filter(organization__name__icontains=search)
    lines: list[Line] = []
    counts: dict[str, int] = {}
    if group not in GROUPS:
        lines, counts = _lines_and_counts(found, sort, number, at)
    if not lines:  # of one group only, or beyond the last page
        counts = found.order_by().aggregate(**{name: Count("pk", filter=_in(name, at)) for name in GROUPS})
    if group in GROUPS:
        found = found.filter(_in(group, at))
    total = counts[group] if group in GROUPS else sum(counts.values())
    pages = max(1, -(-total // PAGE))
    number = max(1, min(number, pages))
    if not lines:
        lines = list(_ordered(found, sort).values(*_LINE)[_page(number)])
    rows = _rows(user, lines, at)
    areas = next((_area_titles(row.instrument) for row in rows if row.instrument), ())
    return DeskPage(rows, counts, total, number, pages, areas)


def _page(number: int) -> slice:
    return slice((number - 1) * PAGE, number * PAGE)


# What one pass over all rows of a person carries; what is wide is read for one page alone.
_LINE = (
    *("organization_id", "waits", "activity", "now__state", "now__answered", "now__expected"),
    *("newest__state", "newest__total_likely_cents"),
)
_WIDE = (
    *("organization_id", "organization__slug", "organization__name", "organization__field"),
    *("organization__staff_count", "organization__currency", "visible", "now__current", "now__areas"),
    *("now__weakest_cell", "now__biggest_gap_cell"),
    *("now__assessment__instrument_id", "now__assessment__instrument__digest"),
)


def _lines_and_counts(found: Rows, sort: str, number: int, at: datetime) -> tuple[list[Line], dict[str, int]]:
    """Return the lines of one page and how many there are in each group, in one pass over narrow rows."""
    numbered = _ordered(found, sort).annotate(
        in_all=Window(Count("pk")),
        in_needs=Window(Count("waits")),
        in_quiet=Window(Count("pk", filter=_in("quiet", at))),
    )
    lines = list(numbered.values(*_LINE, "in_all", "in_needs", "in_quiet")[_page(number)])
    if not lines:
        return [], {}
    needs, quiet = lines[0]["in_needs"], lines[0]["in_quiet"]
    return lines, {"needs": needs, "moving": lines[0]["in_all"] - needs - quiet, "quiet": quiet}


def _annotated(memberships: QuerySet[Membership], *, at: datetime) -> Rows:
    """Add what the desk sorts and groups by: `activity`, and `waits`, the same for what needs somebody, else empty."""
    found = memberships.annotate(
        now=FilteredRelation(
            "organization__standings", condition=Q(organization__standings__is_current=True)
        ),
        newest=FilteredRelation("organization__plans", condition=Q(organization__plans__is_newest=True)),
    ).annotate(
        activity=Greatest(
            Coalesce("now__last_activity", "joined_at", output_field=DateTimeField()),
            Coalesce("newest__updated_at", "joined_at", output_field=DateTimeField()),
        ),
    )
    stalled = Q(
        now__state__in=[State.DRAFT, State.OPEN],
        now__answered__lt=F("now__expected"),
        activity__lt=at - timedelta(days=STALLED_DAYS),
    )
    needs = (
        Q(now__state=State.REVIEW)
        | Q(newest__state=Plan.State.PROPOSED)
        | stalled
        | Q(now__state=State.CLOSED, newest__isnull=True)
    )
    return found.annotate(waits=Case(When(needs, then=F("activity")), output_field=DateTimeField()))


def _in(group: str, at: datetime) -> Q:
    """Return which rows are in a group."""
    if group == "needs":
        return Q(waits__isnull=False)
    edge = at - timedelta(days=MOVING_DAYS)
    return Q(waits=None, activity__gte=edge) if group == "moving" else Q(waits=None, activity__lt=edge)


def _reason(line: Line, at: datetime) -> str:
    """Return why an organization is in its group: the first reason that holds."""
    if line["waits"] is None:
        return "moving" if line["activity"] >= at - timedelta(days=MOVING_DAYS) else "quiet"
    if line["now__state"] == State.REVIEW:
        return "review"
    if line["newest__state"] == Plan.State.PROPOSED:
        return "proposed"
    return "no-plan" if line["now__state"] == State.CLOSED else "stalled"


def _ordered(found: Rows, sort: str) -> Rows:
    """Sort; ties, and what has no value, end in the order of names."""
    last = (Lower("organization__name"), "pk")
    area = sort.removeprefix("area-")
    if area != sort:
        score = Cast(KeyTextTransform(area, "now__areas"), FloatField())
        return found.annotate(score=_shown(score)).order_by(F("score").asc(nulls_last=True), *last)
    match sort:
        case "name":
            return found.order_by(*last)
        case "gap":
            return found.order_by(_shown(F("now__biggest_gap")).desc(nulls_last=True), *last)
        case "lowest":
            return found.order_by(_shown(F("now__overall")).asc(nulls_last=True), *last)
        case "activity":
            return found.order_by("-activity", *last)
        case "total":
            total = _shown(F("newest__total_likely_cents"))
            return found.order_by(total.desc(nulls_last=True), *last)
    # Who waits longest; then the latest change, so that what moves goes before what is quiet.
    return found.order_by(F("waits").asc(nulls_last=True), "-activity", *last)


def _shown(value: Any) -> Case:
    """Return a stored score, or what a plan made of them costs, where it may be seen; nothing elsewhere.

    It may be where it tells of nobody alone, or nobody but this person ever answered.
    """
    answered = Respondent.objects.filter(
        assessment__organization=OuterRef("organization"), answers__isnull=False
    )
    visible = Q(now__shown=True) | ~Exists(answered.exclude(user=OuterRef("user")))
    return Case(When(visible, then=value))


def _rows(user: User | AnonymousUser, lines: list[Line], at: datetime) -> tuple[DeskRow, ...]:
    """Return the rows of these lines, in this order: two queries, however many there are."""
    ids = [line["organization_id"] for line in lines]
    now = FilteredRelation("organization__standings", condition=Q(organization__standings__is_current=True))
    wide = access.memberships_of(user, access.VIEW).select_related(None).filter(organization__in=ids)
    found = wide.order_by().annotate(now=now).annotate(visible=_shown(Value(True))).values(*_WIDE)
    by_organization = {row["organization_id"]: row for row in found}
    done = Q(job__state=JobState.DONE)
    reports = {
        row["organization"]: row
        for row in Report.objects.filter(organization__in=ids, audience="own")
        .annotate(unseen=unseen(user, *ids))
        .values("organization")
        .annotate(
            made=Count("pk", filter=done),
            ready=Max("number", filter=done & Q(unseen=False)),
            ready_at=Max("ready_at", filter=done & Q(unseen=False)),
            making=Count("pk", filter=Q(job__state__in=[JobState.QUEUED, JobState.RUNNING])),
        )
        .order_by()
    }
    return tuple(
        _row(line, by_organization[key], report=reports.get(key, {}), reason=_reason(line, at))
        for line in lines
        if (key := line["organization_id"]) in by_organization
    )


def _row(line: Line, wide: Line, *, report: Mapping[str, Any], reason: str) -> DeskRow:
    shown = bool(wide["visible"])
    current = (wide["now__current"] or {}) if shown else {}
    gap_cell = (wide["now__biggest_gap_cell"] or "") if shown else ""
    return DeskRow(
        slug=wide["organization__slug"],
        name=wide["organization__name"],
        field=wide["organization__field"],
        staff_count=wide["organization__staff_count"],
        currency=wide["organization__currency"],
        group="needs" if reason in NEEDS else reason,
        reason=reason,
        activity=line["activity"],
        instrument=_instrument(wide),
        scores={key: _fraction(cell["score"]) for key, cell in current.items()},
        areas=(wide["now__areas"] or {}) if shown else {},
        lowest=(wide["now__weakest_cell"] or "") if shown else "",
        gap_cell=gap_cell,
        gap=_fraction(current[gap_cell]["gap"]) if gap_cell else None,
        answered=line["now__answered"] or 0,
        expected=line["now__expected"] or 0,
        assessment_state=line["now__state"] or "",
        plan_state=line["newest__state"] or "",
        plan_cents=line["newest__total_likely_cents"] if shown else None,
        report_made=bool(report.get("made")),
        report_number=report.get("ready"),
        report_ready_at=report.get("ready_at"),
        report_making=bool(report.get("making")),
    )


def _instrument(wide: Line) -> Instrument | None:
    key = wide["now__assessment__instrument_id"]
    digest = wide["now__assessment__instrument__digest"]
    return instrument_content(InstrumentVersion(pk=key, digest=digest)) if key else None


@lru_cache(maxsize=4096)
def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _area_titles(instrument: Instrument | None) -> tuple[tuple[str, str], ...]:
    """Return key and title of the areas, in the page's language."""
    language = get_language() or "en"
    return tuple((area.key, area.title.in_(language)) for area in instrument.areas) if instrument else ()
