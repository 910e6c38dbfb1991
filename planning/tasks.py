"""What a worker does for planning. Identifiers in, one service call."""

from celery import shared_task

from jobs.models import Job
from jobs.registry import Beat, register
from planning.models import Plan
from planning.services.frontiers import KIND, keep_frontier
from planning.services.totals import sweep_totals


def work_out_frontier(job: Job, beat: Beat) -> None:
    """Work out what each budget buys, for a plan that is still there."""
    plan = Plan.objects.select_related("organization").filter(pk=job.payload["plan"]).first()
    if plan is not None:
        keep_frontier(plan=plan, beat=beat)


@shared_task(name="planning.totals")  # type: ignore[untyped-decorator]
def count_totals() -> None:
    """Count the totals of plans again that were outrun while nobody looked at them."""
    sweep_totals()


def register_jobs() -> None:
    """Say which jobs this app does. Called once, when the apps are ready."""
    register(KIND, work_out_frontier)
