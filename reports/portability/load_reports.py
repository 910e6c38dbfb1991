"""Write snapshots, reports and shares of an export. Files are made again from the snapshots by the worker."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.utils import timezone
from django.utils.translation import gettext_noop

from assessments.models import Assessment
from jobs import services as jobs
from jobs.models import Job, JobState
from organizations.models import Organization
from planning.models import Plan
from reports.core.document import SCHEMA_VERSION, DocumentError, digest, read
from reports.keys import content_key, new_token, report_code, token_hash
from reports.models import Report, Share, ShareAccess, Snapshot
from reports.portability import schema
from reports.portability.people import People
from reports.portability.reading import MOST_LINES, ImportRefused
from reports.services.requests import JOB_KIND, job_payload
from reports.services.shares import PARTS

# Kept in English with the job, and said in the language of who reads it.
NOT_FINISHED = gettext_noop("This report was not finished when its organization moved here.")


def load_reports(
    export: schema.Export, organization: Organization, people: People, plans: Mapping[int, Plan]
) -> None:
    """Write snapshots, reports and shares."""
    snapshots = {part.key: _snapshot(part, organization, people, plans) for part in export.snapshots}
    parts = {
        share.report: {name: getattr(share, f"with_{name}") for name in PARTS} for share in export.shares
    }
    reports = {
        (row.audience, row.number): _report(
            row,
            organization,
            people,
            snapshots[row.snapshot],
            row.options.model_dump() | (parts.get(row.number, {}) if row.audience == "share" else {}),
        )
        for row in export.reports
    }
    for share in export.shares:
        _share(share, organization, people, reports["share", share.report])


def _snapshot(
    part: schema.SnapshotPart, organization: Organization, people: People, plans: Mapping[int, Plan]
) -> Snapshot:
    try:
        document = read(part.document)
    except DocumentError as error:
        raise ImportRefused(
            [f"snapshots[{part.key}]: {line}" for line in error.lines[:MOST_LINES]]
        ) from error
    snapshot = Snapshot.objects.create(
        organization=organization,
        plan=plans.get(part.plan) if part.plan is not None else None,
        schema_version=SCHEMA_VERSION,
        document=part.document,
        digest=digest(document),
        created_by=people.get(part.created_by),
        created_at=part.created_at,
    )
    numbers = [assessment.number for assessment in document.assessments]
    snapshot.assessments.set(Assessment.objects.filter(organization=organization, number__in=numbers))
    return snapshot


def _report(
    row: schema.ReportRow,
    organization: Organization,
    people: People,
    snapshot: Snapshot,
    options: dict[str, Any],
) -> Report:
    edition = "" if row.audience == "own" else str(uuid4())
    key = content_key(snapshot.document, options, edition=edition)
    code = report_code(key)
    if Report.objects.filter(code=code).exists():
        code = report_code(f"{key}:{uuid4()}")  # the same report is on this site already, in its first home
    return Report.objects.create(
        organization=organization,
        snapshot=snapshot,
        job=_job(row, code, job_payload(organization, code)),
        content_key=key,
        code=code,
        options=options,
        requested_by=people.get(row.requested_by),
        **row.model_dump(exclude={"snapshot", "options", "requested_by"}),
    )


def _job(row: schema.ReportRow, code: str, payload: dict[str, Any]) -> Job:
    """Queue the making of a report's file; one that was never ready stays unmade until somebody asks again."""
    if row.ready_at is not None:
        return jobs.enqueue(JOB_KIND, payload=payload, key=code)
    return Job.objects.create(
        kind=JOB_KIND,
        key=code,
        payload=payload,
        state=JobState.FAILED,
        message=NOT_FINISHED,
        created_at=timezone.now(),
        finished_at=timezone.now(),
    )


def _share(row: schema.ShareRow, organization: Organization, people: People, rendering: Report) -> None:
    share = Share.objects.create(
        organization=organization,
        rendering=rendering,
        created_by=people.get(row.created_by),
        token_hash=token_hash(new_token()),  # a token that nobody has: the old links open nothing here
        **row.model_dump(exclude={"report", "created_by", "accesses"}),
    )
    ShareAccess.objects.bulk_create(
        ShareAccess(share=share, user=people.get(access.user), kind=access.kind, at=access.at)
        for access in row.accesses
    )
