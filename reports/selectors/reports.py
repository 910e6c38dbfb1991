"""Reports of an organization as its pages show them. A report's state is its job's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from assessments.models import InventoryRecord, Standing
from assessments.selectors.visibility import unseen_by
from jobs.models import Job, JobState, WorkerHeartbeat
from organizations.models import Membership, Organization, User
from planning.models import Plan
from planning.selectors import counting_plan
from reports.models import Report, ShareAccess, Snapshot

STATES = {
    JobState.QUEUED: "queued",
    JobState.RUNNING: "rendering",
    JobState.DONE: "ready",
    JobState.FAILED: "failed",
}
WORKER_SILENT = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One report as the page shows it. `ahead`: how many others, of anybody, are made before it while it waits."""

    report: Report
    state: str
    ahead: int = 0
    views: int = 0
    downloads: int = 0
    last_opened: datetime | None = None
    newer: tuple[str, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self.state in {"ready", "failed"}


def reports_of(membership: Membership) -> QuerySet[Report]:
    """Return all reports of an organization, also those whose results this member does not see."""
    return (
        Report.objects.filter(organization=membership.organization, audience="own")
        .select_related("job", "snapshot__plan", "requested_by", "organization")
        .defer("snapshot__document")
    )


def reports_by(membership: Membership) -> QuerySet[Report]:
    """Return the reports of an organization that this member, who may look, may read: they see all that it rests on."""
    return reports_of(membership).exclude(unseen(membership.user, membership.organization))


def hides_some(membership: Membership) -> bool:
    """Whether some reports of the organization are not for this member's eyes, as long as the results are not."""
    return reports_of(membership).filter(unseen(membership.user, membership.organization)).exists()


def unseen(user: User | AnonymousUser, *organizations: Organization | int) -> Exists:
    """Return the condition that a report of these organizations rests on results that this person does not see."""
    hidden = unseen_by(user).filter(organization__in=organizations)
    used = Snapshot.assessments.through.objects.filter(snapshot=OuterRef("snapshot"), assessment__in=hidden)
    return Exists(used)


def plans_of(organization: Organization) -> QuerySet[Plan]:
    """Return the plans of which a report can be made, newest first."""
    return Plan.objects.filter(organization=organization).defer("frontier").order_by("-number")


def plans_by(membership: Membership) -> QuerySet[Plan]:
    """Return those plans of which this member may make a report: they see all that it rests on."""
    closed = unseen_by(membership.user).filter(organization=membership.organization)
    used = Plan.assessments.through.objects.filter(plan=OuterRef("pk"), assessment__in=closed)
    return plans_of(membership.organization).exclude(Exists(used))


def usual_plan(newest_first: Sequence[Plan]) -> Plan | None:
    """Return the plan that a report is most likely asked for: the one that counts, else the newest."""
    return counting_plan(newest_first) or next(iter(newest_first), None)


def worker_missing(*, at: datetime | None = None) -> bool:
    """Whether no worker has been seen for two minutes."""
    now = at or timezone.now()
    return not WorkerHeartbeat.objects.filter(seen_at__gte=now - WORKER_SILENT).exists()


def ahead_of(jobs: Iterable[Job]) -> dict[int, int]:
    """Return how many reports of this site are being made, or wait for longer, for each of these jobs that waits."""
    waiting = {job.pk for job in jobs if job.state == JobState.QUEUED}
    if not waiting:
        return {}
    reports = Job.objects.filter(report__isnull=False)
    running = reports.filter(state=JobState.RUNNING).count()
    queue = reports.filter(state=JobState.QUEUED).order_by("created_at", "pk").values_list("pk", flat=True)
    return {pk: ahead for ahead, pk in enumerate(queue, start=running) if pk in waiting}


def newer_data(report: Report) -> tuple[str, ...]:
    """Return what has changed since the report's snapshot: "plan", "answers", "inventory"."""
    since = report.snapshot.created_at
    found = []
    plan = Plan.objects.filter(snapshots=report.snapshot_id)
    if plan.filter(updated_at__gt=since).exists():
        found.append("plan")
    assessments = plan.values("assessments")
    if Standing.objects.filter(assessment__in=assessments, last_activity__gt=since).exists():
        found.append("answers")
    if InventoryRecord.objects.filter(organization=report.organization_id, updated_at__gt=since).exists():
        found.append("inventory")
    return tuple(found)


def opened(snapshots: Iterable[int]) -> dict[int, dict[str, object]]:
    """Return, by snapshot, how often its shares were viewed and downloaded, and when last."""
    rows = (
        ShareAccess.objects.filter(share__rendering__snapshot__in=list(snapshots))
        .values("share__rendering__snapshot")
        .annotate(
            views=Count("pk", filter=Q(kind="viewed")),
            downloads=Count("pk", filter=Q(kind="downloaded")),
            last_opened=Max("at"),
        )
        .order_by()
    )
    return {
        row["share__rendering__snapshot"]: {
            "views": row["views"],
            "downloads": row["downloads"],
            "last_opened": row["last_opened"],
        }
        for row in rows
    }


def report_row(report: Report) -> ReportRow:
    """Return one report as the page shows it."""
    return latest_rows([report])[0]


def latest_rows(reports: Iterable[Report]) -> list[ReportRow]:
    """Return reports as the page shows them, in the order given; the first ready one tells what is newer."""
    reports = list(reports)
    ahead = ahead_of(report.job for report in reports)
    uses = opened({report.snapshot_id for report in reports})
    first_ready = next((report.pk for report in reports if report.job.state == JobState.DONE), None)
    rows = []
    for report in reports:
        use = uses.get(report.snapshot_id, {})
        rows.append(
            ReportRow(
                report,
                STATES[JobState(report.job.state)],
                ahead=ahead.get(report.job_id, 0),
                newer=newer_data(report) if report.pk == first_ready else (),
                **use,  # type: ignore[arg-type]
            )
        )
    return rows
