"""How a plan is changed: locked, checked against what the person saw, told in an event, totals stored.

`revision` is the one that stood on the page; a plan that somebody else changed since is refused.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.models import User
from planning.models import Plan, PlanEvent
from planning.selectors import PlanWork, Situation, answered_at, work_of
from planning.services.frontiers import request_frontier

# Everything but what a worker writes.
SAVED = [field.name for field in Plan._meta.concrete_fields if field.name not in ("id", "frontier")]


# What lists read, and what counting it again writes.
TOTALS = [
    *("one_time_cents", "total_low_cents", "total_likely_cents", "total_high_cents"),
    *("actions_count", "unscheduled_count", "stale", "counted_through", "moved"),
]


class StalePlan(Exception):
    """Somebody changed the plan after the page was loaded; `plan` is how it stands now."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(f"Plan {plan.pk} is at revision {plan.revision}.")
        self.plan = plan


def locked(*, plan: Plan, revision: int | None) -> Plan:
    """Return the plan, locked for a change.

    Raises StalePlan when the revision is not the one seen; None skips that check (loaders, services inside services).
    """
    found = Plan.objects.select_for_update(of=("self",)).select_related("organization").get(pk=plan.pk)
    if revision is not None and found.revision != revision:
        raise StalePlan(found)
    return found


def draft(*, plan: Plan, revision: int | None) -> Plan:
    """Return the plan, locked, when it may be edited; raises ValidationError when it is not a draft."""
    found = locked(plan=plan, revision=revision)
    if found.state != Plan.State.DRAFT:
        raise ValidationError(
            _("This plan is no draft. Put it back to draft first, then change it."), code="not-a-draft"
        )
    return found


def finish(
    *,
    plan: Plan,
    user: User | None,
    kind: str,
    detail: Mapping[str, Any] | None = None,
    at: datetime | None = None,
    known: Situation | None = None,
) -> Plan:
    """Store the totals that the plan now comes to, count the revision up, and tell what happened."""
    through = answered_at(plan)
    work = work_of(plan, known)
    store_totals(plan=plan, work=work, through=through)
    plan.moved = False
    plan.revision += 1
    plan.updated_at = at or timezone.now()
    plan.save(update_fields=SAVED)
    PlanEvent.objects.create(plan=plan, kind=kind, user=user, detail=dict(detail or {}), at=plan.updated_at)
    request_frontier(plan=plan, work=work)
    return plan


def store_totals(*, plan: Plan, work: PlanWork, through: datetime) -> None:
    """Put what the core computes into the plan's stored totals, unsaved.

    `through` is when somebody last answered, asked before `work` was read: an answer in between is found out later.
    """
    plan.stale, plan.counted_through = False, through
    costs = work.costs
    plan.one_time_cents = sum(amount.likely for amount in costs.one_time)
    plan.total_low_cents = costs.total.low
    plan.total_likely_cents = costs.total.likely
    plan.total_high_cents = costs.total.high
    plan.actions_count = len(work.planned)
    plan.unscheduled_count = len(work.schedule.left_out)
