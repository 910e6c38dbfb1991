"""What the worker does for this app: the handler of the job kind "reports.render"."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from jobs.errors import JobFailed
from jobs.models import Job
from reports import services
from reports.models import Report


def render(job: Job, beat: Callable[[int, str], None]) -> None:
    """Make the report of this job."""
    report = Report.objects.select_related("snapshot", "organization", "requested_by").filter(job=job).first()
    if report is None:
        raise JobFailed(_("This report was deleted."))
    services.build_report(report=report, beat=beat)
