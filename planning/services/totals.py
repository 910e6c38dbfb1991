"""Keep the stored totals of plans true for lists: marked when what they rest on changes, counted again when read.

An answer marks nothing, because its saving is timed: the time of the last answer that a plan's totals know of stands
with the plan, and differs from that of its assessments. A page that lists plans counts those again that it shows; a
worker does so for all others, for pages that read many organizations at once.
"""

import logging
from collections.abc import Iterable

from django.db import transaction

from organizations.models import Organization
from planning.models import Plan
from planning.selectors import answered_at, is_outrun, outrun_plans, work_of
from planning.services.changes import TOTALS, store_totals

MOST_AT_ONCE = 10  # of one page; more are left to the worker
MOST_A_SWEEP = 200

logger = logging.getLogger(__name__)


def mark_stale(organization: Organization | int) -> None:
    """Say, in the caller's transaction and after its change, that the totals of an organization's plans may differ."""
    Plan.objects.filter(organization=organization, stale=False).update(stale=True)


def count_outrun(plans: Iterable[Plan]) -> None:
    """Count those of these plans again whose totals were outrun; they come from a selector that says when."""
    for plan in [one for one in plans if is_outrun(one)][:MOST_AT_ONCE]:
        count_again(plan)


@transaction.atomic
def count_again(plan: Plan) -> None:
    """Store what a plan comes to now, and put it into `plan`; one that is being changed at this moment is left.

    The plan stays locked from before its rows are read, so that a mark of a later change is not overwritten.
    """
    rows = Plan.objects.select_for_update(of=("self",), skip_locked=True).select_related("organization")
    found = rows.filter(pk=plan.pk).first()
    if found is None:
        return
    before = _totals(found)
    through = answered_at(found)
    store_totals(plan=found, work=work_of(found), through=through)
    found.moved = found.moved or _totals(found) != before
    found.save(update_fields=TOTALS)
    for name in TOTALS:
        setattr(plan, name, getattr(found, name))


def sweep_totals() -> int:
    """Count the totals of plans again that nobody looked at since they were outrun; return how many."""
    found = list(outrun_plans()[:MOST_A_SWEEP])
    for plan in found:
        try:
            count_again(plan)
        except Exception:  # one plan that cannot be worked out must not keep the others waiting
            logger.exception("plan %s: its totals cannot be counted again", plan.pk)
    return len(found)


def _totals(plan: Plan) -> tuple[int, ...]:
    return (
        plan.total_low_cents,
        plan.total_likely_cents,
        plan.total_high_cents,
        plan.one_time_cents,
        plan.actions_count,
        plan.unscheduled_count,
    )
