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
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import (
    Case,
    CharField,
    Count,
    DateTimeField,
    Exists,
    F,
    FilteredRelation,
    FloatField,
    IntegerField,
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
from reports.selectors import read_by

PAGE = 50
MOVING_DAYS = 30
STALLED_DAYS = 14
GROUPS = ("needs", "moving", "quiet")
SORTS = ("needs", "gap", "lowest", "activity", "total", "name")
NEEDS = ("review", "proposed", "stalled", "no-plan")
REASONS = {"needs": NEEDS, "moving": ("moving",), "quiet": ("quiet",)}
AREA_SORT = re.compile(r"area-[a-z0-9-]{1,60}")
READS = "_reads_shares"  # kept on a person for one request: whether something is shared with them
State = Assessment.State
Rows = Any  # a QuerySet of memberships with what `_annotated` adds, which the types cannot follow


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One organization on the desk. `reason` says why it is in its group; scores are by cell and by area."""

    slug: str
    name: str
    field: str
    staff_count: int
    currency: str
    role: str
    is_demo: bool
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
    keys: list[int] = []
    counts: dict[str, int] = {}
    if group not in GROUPS:
        keys, counts = _keys_and_counts(found, sort, number)
    if not keys:  # of one group only, or beyond the last page
        counts = found.order_by().aggregate(
            **{name: Count("pk", filter=Q(reason__in=reasons)) for name, reasons in REASONS.items()}
        )
    if group in GROUPS:
        found = found.filter(reason__in=REASONS[group])
    total = counts[group] if group in GROUPS else sum(counts.values())
    pages = max(1, -(-total // PAGE))
    number = max(1, min(number, pages))
    if not keys:
        keys = list(_ordered(found, sort).values_list("pk", flat=True)[_page(number)])
    rows = _rows(found, keys)
    areas = next((_area_titles(row.instrument) for row in rows if row.instrument), ())
    return DeskPage(rows, counts, total, number, pages, areas)


def _page(number: int) -> slice:
    return slice((number - 1) * PAGE, number * PAGE)


def _keys_and_counts(found: Rows, sort: str, number: int) -> tuple[list[int], dict[str, int]]:
    """Return the keys of one page and how many there are in each group, in one pass over narrow rows."""
    numbered = _ordered(found, sort).annotate(
        in_all=Window(Count("pk")),
        in_moving=Window(Count("pk", filter=Q(reason="moving"))),
        in_quiet=Window(Count("pk", filter=Q(reason="quiet"))),
    )
    rows = list(numbered.values_list("pk", "in_all", "in_moving", "in_quiet")[_page(number)])
    if not rows:
        return [], {}
    _pk, every, moving, quiet = rows[0]
    return [row[0] for row in rows], {"needs": every - moving - quiet, "moving": moving, "quiet": quiet}


_VALUES = (
    *("pk", "newest__state", "newest__total_likely_cents"),
    *("organization_id", "organization__slug", "organization__name", "organization__field"),
    *("organization__staff_count", "organization__currency", "organization__is_demo", "role"),
    *("reason", "activity", "newest__id", "now__current", "now__areas", "now__weakest_cell"),
    *("now__biggest_gap_cell", "now__biggest_gap", "now__answered", "now__expected", "visible"),
    *("now__assessment__state", "now__assessment__instrument_id"),
)


def _annotated(memberships: QuerySet[Membership], *, at: datetime) -> Rows:
    """Add what the desk sorts and groups by."""
    newer = Plan.objects.filter(
        organization=OuterRef("newest__organization"), number__gt=OuterRef("newest__number")
    )
    found = memberships.annotate(
        now=FilteredRelation(
            "organization__standings", condition=Q(organization__standings__is_current=True)
        ),
        newest=FilteredRelation("organization__plans", condition=Q(~Exists(newer))),
    ).annotate(
        activity=Greatest(
            Coalesce("now__last_activity", "joined_at", output_field=DateTimeField()),
            Coalesce("newest__updated_at", "joined_at", output_field=DateTimeField()),
        ),
    )
    stalled = Q(
        now__assessment__state__in=[State.DRAFT, State.OPEN],
        now__answered__lt=F("now__expected"),
        activity__lt=at - timedelta(days=STALLED_DAYS),
    )
    moving = Q(activity__gte=at - timedelta(days=MOVING_DAYS))
    return found.annotate(
        reason=Case(
            When(now__assessment__state=State.REVIEW, then=Value("review")),
            When(newest__state=Plan.State.PROPOSED, then=Value("proposed")),
            When(stalled, then=Value("stalled")),
            When(now__assessment__state=State.CLOSED, newest__isnull=True, then=Value("no-plan")),
            When(moving, then=Value("moving")),
            default=Value("quiet"),
            output_field=CharField(),
        )
    )


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
            return found.order_by(F("newest__total_likely_cents").desc(nulls_last=True), *last)
    rank = Case(
        When(reason="moving", then=Value(1)),
        When(reason="quiet", then=Value(2)),
        default=Value(0),
        output_field=IntegerField(),
    )
    waits = Case(
        When(reason__in=("moving", "quiet"), then=None), default=F("activity"), output_field=DateTimeField()
    )
    return found.annotate(rank=rank, waits=waits).order_by("rank", "waits", "-activity", *last)


def _visible() -> Any:
    """Return where the scores may be seen: they tell of nobody alone, or nobody but this person ever answered."""
    answered = Respondent.objects.filter(
        assessment__organization=OuterRef("organization"), answers__isnull=False
    )
    return Q(now__shown=True) | ~Exists(answered.exclude(user=OuterRef("user")))


def _shown(value: Any) -> Case:
    """Return a stored score where it may be seen, nothing elsewhere."""
    return Case(When(_visible(), then=value))


def _rows(found: Rows, keys: list[int]) -> tuple[DeskRow, ...]:
    """Return the rows of these memberships, in this order: three queries, however many there are."""
    one_page = found.filter(pk__in=keys).order_by().annotate(visible=_shown(Value(True)))
    by_key = {row["pk"]: row for row in one_page.values(*_VALUES)}
    values = [by_key[key] for key in keys if key in by_key]
    reports: dict[int, dict[str, Any]] = {
        row["organization"]: dict(row)
        for row in Report.objects.filter(
            organization__in=[row["organization_id"] for row in values], audience="own"
        )
        .values("organization")
        .annotate(
            ready=Max("number", filter=Q(job__state=JobState.DONE)),
            ready_at=Max("ready_at", filter=Q(job__state=JobState.DONE)),
            making=Count("pk", filter=Q(job__state__in=[JobState.QUEUED, JobState.RUNNING])),
        )
        .order_by()
    }
    versions = InstrumentVersion.objects.defer("document").in_bulk(
        {row["now__assessment__instrument_id"] for row in values if row["now__assessment__instrument_id"]}
    )
    instruments = {pk: instrument_content(version) for pk, version in versions.items()}
    return tuple(
        _row(
            row,
            report=reports.get(row["organization_id"], {}),
            instrument=instruments.get(row["now__assessment__instrument_id"]),
        )
        for row in values
    )


def _row(row: dict[str, Any], *, report: dict[str, Any], instrument: Instrument | None) -> DeskRow:
    shown = bool(row["visible"])
    current = (row["now__current"] or {}) if shown else {}
    gap_cell = (row["now__biggest_gap_cell"] or "") if shown else ""
    cells = {key: _fraction(cell.get("score")) for key, cell in current.items()}
    gaps = {key: _fraction(cell.get("gap")) for key, cell in current.items()}
    return DeskRow(
        slug=row["organization__slug"],
        name=row["organization__name"],
        field=row["organization__field"],
        staff_count=row["organization__staff_count"],
        currency=row["organization__currency"],
        role=row["role"],
        is_demo=row["organization__is_demo"],
        group="needs" if row["reason"] in NEEDS else row["reason"],
        reason=row["reason"],
        activity=row["activity"],
        instrument=instrument,
        scores=cells,
        areas=(row["now__areas"] or {}) if shown else {},
        lowest=(row["now__weakest_cell"] or "") if shown else "",
        gap_cell=gap_cell,
        gap=gaps.get(gap_cell),
        answered=row["now__answered"] or 0,
        expected=row["now__expected"] or 0,
        assessment_state=row["now__assessment__state"] or "",
        plan_state=row["newest__state"] or "",
        plan_cents=row["newest__total_likely_cents"],
        report_number=report.get("ready"),
        report_ready_at=report.get("ready_at"),
        report_making=bool(report.get("making")),
    )


def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _area_titles(instrument: Instrument | None) -> tuple[tuple[str, str], ...]:
    """Return key and title of the areas, in the page's language."""
    language = get_language() or "en"
    return tuple((area.key, area.title.in_(language)) for area in instrument.areas) if instrument else ()
