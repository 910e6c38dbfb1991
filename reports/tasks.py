"""What the worker does for this app: the handler of the job kind "reports.render"."""

from collections.abc import Callable

from jobs.errors import JobFailed
from jobs.models import Job
from reports import services
from reports.models import Report


def render(job: Job, beat: Callable[[int, str], None]) -> None:
    """Make the report of this job."""
    report = Report.objects.select_related("snapshot", "organization", "requested_by").filter(job=job).first()
    if report is None:
        raise JobFailed(services.DELETED)
    services.build_report(report=report, beat=beat)
