"""Ask a worker for what each budget buys, and keep it with the plan."""

from collections.abc import Callable

from django.db import transaction

from jobs.models import Job
from jobs.services import enqueue
from planning.models import Plan
from planning.selectors import PlanWork, frontier_document, work_of

KIND = "planning.frontier"
Beat = Callable[[int, str], None]


def job_key(plan: Plan, key: str) -> str:
    """Return the name of the work: the same plan and the same content are worked out once."""
    return f"{plan.pk}:{key}"


@transaction.atomic
def request_frontier(*, plan: Plan, work: PlanWork | None = None) -> Job | None:
    """Queue the work; None when the kept frontier still holds or there is nothing to choose from."""
    found = work or work_of(plan)
    if found.kept_frontier is not None or found.situation.best_everywhere:
        return None
    key = found.frontier_key
    payload = {"plan": plan.pk, "key": key, "organization": str(plan.organization.uuid)}
    return enqueue(KIND, payload=payload, key=job_key(plan, key))


def keep_frontier(*, plan: Plan, beat: Beat | None = None) -> None:
    """Work out what each budget buys and keep it; what the plan says does not change.

    Nothing is done when it is kept already: of the jobs that several changes asked for, the first serves all.
    """
    work = work_of(plan)
    if work.kept_frontier is not None:
        return
    key = work.frontier_key
    if beat is not None:
        beat(5, "")
    frontier = work.worked_out_frontier()
    Plan.objects.filter(pk=plan.pk).update(frontier=frontier_document(frontier, key))
