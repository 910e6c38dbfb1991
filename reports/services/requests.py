"""Ask for a report: the snapshot, the report's row and its job are written in one transaction.

The same content is never rendered twice: an unchanged plan gives the report that is there already.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import ngettext

from jobs import services as jobs
from jobs.models import JobState
from organizations.limits import refuse_beyond
from organizations.models import Organization, User
from organizations.services import record
from planning.models import Plan
from reports.keys import content_key, report_code
from reports.models import Report, Snapshot
from reports.snapshot import take

JOB_KIND = "reports.render"


def options_for(
    organization: Organization,
    *,
    language: str,
    security: bool = True,
    notes: bool = True,
    appendix: bool = True,
    names: bool = True,
) -> dict[str, Any]:
    """Return how a report is rendered: its language and paper, and which sensitive parts are in it."""
    return {
        "language": language,
        "paper": organization.paper_size,
        "security": security,
        "notes": notes,
        "appendix": appendix,
        "names": names,
    }


@transaction.atomic
def request_report(
    *, plan: Plan, by: User, language: str, at: datetime, idempotency_key: UUID, notify: bool = False
) -> Report:
    """Freeze the plan and queue its report; return the report that is there already when nothing changed.

    The same idempotency key of the same person always gives the same report. A failed report of the same content is
    tried again. Raises ValidationError when too many of the organization's are still being made.
    """
    organization = Organization.objects.select_for_update().get(pk=plan.organization_id)
    asked = Report.objects.filter(
        organization=organization, audience="own", requested_by=by, idempotency_key=idempotency_key
    ).first()
    if asked is not None:
        return asked
    snapshot = take(plan, by=by, at=at)
    options = options_for(organization, language=language)
    key = content_key(snapshot.document, options)
    same = Report.objects.filter(organization=organization, audience="own", content_key=key).first()
    if same is not None:
        _drop_if_unused(snapshot)
        return _again(same, notify=notify)
    require_room(organization)
    return add_report(
        snapshot=snapshot,
        audience="own",
        options=options,
        key=key,
        by=by,
        at=at,
        idempotency_key=idempotency_key,
        notify=notify,
    )


def require_room(organization: Organization) -> None:
    """Refuse one more rendering while many of the organization wait: others wait behind them."""
    waiting = Report.objects.filter(
        organization=organization, job__state__in=[JobState.QUEUED, JobState.RUNNING]
    ).count()
    refuse_beyond(
        settings.REPORTS_AT_ONCE,
        had=waiting,
        said=ngettext(
            "%(count)d report or share of yours is still being made. Wait until it is ready.",
            "%(count)d reports and shares of yours are still being made. Wait until one of them is ready.",
            waiting,
        ),
    )


def add_report(
    *,
    snapshot: Snapshot,
    audience: str,
    options: dict[str, Any],
    key: str,
    by: User | None,
    at: datetime,
    idempotency_key: UUID | None,
    notify: bool = False,
) -> Report:
    """Write the report's row and its job; the caller holds the organization's row and the transaction."""
    organization = snapshot.organization
    alike = Report.objects.filter(organization=organization, audience=audience)
    last = alike.aggregate(last=Max("number"))["last"]
    code = report_code(key)
    job = jobs.enqueue(JOB_KIND, payload=job_payload(organization, code), key=code)
    report = Report.objects.create(
        organization=organization,
        number=(last or 0) + 1,
        snapshot=snapshot,
        job=job,
        audience=audience,
        options=options,
        content_key=key,
        code=code,
        notify=notify,
        requested_by=by,
        idempotency_key=idempotency_key,
        created_at=at,
    )
    if audience == "own":
        record("report-requested", organization=organization, user=by, detail={"number": report.number})
    return report


@transaction.atomic
def retry_report(*, report: Report) -> Report:
    """Try a failed report again; any other is left as it is."""
    if report.job.state == JobState.FAILED:
        report.job = jobs.retry(report.job)
    return report


def job_payload(organization: Organization, code: str) -> dict[str, Any]:
    """Return what the job of a report says: which one, and whose."""
    return {"code": code, "organization": str(organization.uuid)}


def _again(report: Report, *, notify: bool) -> Report:
    """Hand out a report that is there already; a failed one starts over."""
    if notify and report.job.state != JobState.DONE and not report.notify:
        report.notify = True
        report.save(update_fields=["notify"])
    return retry_report(report=report)


def _drop_if_unused(snapshot: Snapshot) -> None:
    """Delete a snapshot that no report rests on: the same content is kept already."""
    if not snapshot.reports.exists():
        snapshot.delete()
