"""What a worker does for planning. Identifiers in, one service call."""

from jobs.models import Job
from jobs.registry import Beat, register
from planning.models import Plan
from planning.services.frontiers import KIND, keep_frontier


def work_out_frontier(job: Job, beat: Beat) -> None:
    """Work out what each budget buys, for a plan that is still there."""
    plan = Plan.objects.select_related("organization").filter(pk=job.payload["plan"]).first()
    if plan is not None:
        keep_frontier(plan=plan, beat=beat)


def register_jobs() -> None:
    """Say which jobs this app does. Called once, when the apps are ready."""
    register(KIND, work_out_frontier)
