"""A plan from its first day to its approval. Money is integer cents, times are quarters."""

import logging
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models import Assessment
from organizations.models import Organization, User
from organizations.services import record
from planning.core.figures import Figures
from planning.core.solver import SolverError
from planning.models import Plan, PlanAction, PlanEvent, PlanNumber
from planning.selectors import answered_at, current_assessments, work_of
from planning.sentences import labels
from planning.services.changes import StalePlan, draft, finish, locked
from planning.services.frontiers import request_frontier

logger = logging.getLogger(__name__)


@transaction.atomic
def create_plan(
    *,
    organization: Organization,
    title: str,
    start_year: int,
    start_quarter: int,
    user: User | None,
    horizon_years: int = 3,
    hours_per_quarter: int | None = None,
    assessments: Sequence[Assessment] | None = None,
    at: datetime | None = None,
) -> Plan:
    """Start a plan on the organization's current assessments, or on these.

    Raises ValidationError where there is no assessment to rest on.
    """
    now = at or timezone.now()
    # Not the key: who approves a plan at this moment holds the plan and writes a line that names the organization.
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    used = list(current_assessments(organization) if assessments is None else assessments)
    if not used:
        raise ValidationError(
            _("Answer the ten-minute check first: a plan rests on what it finds."), code="no-assessment"
        )
    last = Plan.objects.filter(organization=organization).aggregate(last=Max("number"))["last"] or 0
    Plan.objects.filter(organization=organization, is_newest=True).update(is_newest=False)
    plan = Plan.objects.create(
        organization=organization,
        number=last + 1,
        title=title,
        start_year=start_year,
        start_quarter=start_quarter,
        horizon_years=horizon_years,
        hours_per_quarter=hours_per_quarter,
        created_by=user,
        created_at=now,
        updated_at=now,
    )
    plan.assessments.set(used)
    plan.counted_through = answered_at(plan)
    plan.save(update_fields=["counted_through"])
    PlanEvent.objects.create(plan=plan, kind="created", user=user, detail={}, at=now)
    request_frontier(plan=plan)
    return plan


@transaction.atomic
def change_plan(
    *, plan: Plan, revision: int | None, user: User | None, at: datetime | None = None, **values: Any
) -> Plan:
    """Change the plan's own fields: title, start, horizon, hours a quarter, limit for each year."""
    found = draft(plan=plan, revision=revision)
    allowed = {
        "title",
        "start_year",
        "start_quarter",
        "horizon_years",
        "hours_per_quarter",
        "yearly_limit_cents",
    }
    changed = {}
    for name, value in values.items():
        if name not in allowed:
            raise ValueError(f"{name} is not changed here.")
        if getattr(found, name) != value:
            changed[name] = value
            setattr(found, name, value)
    return finish(plan=found, user=user, kind="changed", detail=changed, at=at)


@transaction.atomic
def rest_on_current(
    *, plan: Plan, revision: int | None, user: User | None, at: datetime | None = None
) -> Plan:
    """Let the plan rest on the organization's current assessments and take over today's numbers."""
    found = draft(plan=plan, revision=revision)
    used = current_assessments(found.organization)
    if used:
        found.assessments.set(used)
    return finish(
        plan=found, user=user, kind="refreshed", detail={"assessments": [a.number for a in used]}, at=at
    )


@transaction.atomic
def choose_under_budget(
    *,
    plan: Plan,
    revision: int | None,
    budget_cents: int | None,
    user: User | None,
    hours_per_quarter: int | None = None,
    set_hours: bool = False,
    at: datetime | None = None,
) -> Plan:
    """Choose exactly under a budget (None = no limit); what was put in or taken out by hand stays so."""
    found = draft(plan=plan, revision=revision)
    found.budget_cents = budget_cents
    if set_hours:
        found.hours_per_quarter = hours_per_quarter
    work = work_of(found)
    if not work.situation.best_everywhere:
        try:
            chosen = work.choice_under(budget_cents).chosen
        except SolverError as error:
            logger.error("No choice for plan %s: %s", found.pk, error)
            raise ValidationError(
                _("No choice could be worked out under this budget. Try another amount, or choose by hand."),
                code="unsolved",
            ) from error
        # What was put in by hand stays, also while it waits for a number.
        _set_chosen(found, sorted({*chosen, *work.by_hand}))
    return finish(
        plan=found,
        user=user,
        kind="chosen",
        detail={"budget_cents": budget_cents, "hours_per_quarter": found.hours_per_quarter},
        at=at,
        known=work.situation,
    )


@transaction.atomic
def choose_by_hand(
    *,
    plan: Plan,
    revision: int | None,
    chosen: Sequence[str],
    user: User | None,
    taken_out: Sequence[str] | None = None,
    at: datetime | None = None,
) -> Plan:
    """Replace what is chosen by these actions and the prerequisites that they need.

    A choice under a budget keeps what is put in here, and leaves out what is taken out here (`taken_out`; all that
    goes where nothing is said) until somebody puts it back.
    """
    found = draft(plan=plan, revision=revision)
    work = work_of(found)
    waiting = (
        work.by_hand - set(work.chosen) - work.candidates.done
    )  # no page offers it, so nobody unticked it
    wanted = with_prerequisites(work.actions, chosen, done=work.candidates.done) | waiting
    before = {key for key, row in work.rows.items() if row.chosen}
    out = set(work.chosen) - wanted
    for key in sorted(wanted - before):
        if key in chosen or key not in work.open_candidates.open:
            _row(found, key, by_hand=True)
    for key, row in work.rows.items():
        if key in wanted and row.excluded:
            _row(found, key, excluded=False, excluded_reason="")
    for key in sorted(out if taken_out is None else out & set(taken_out)):
        _row(found, key, by_hand=False, must_have=False, excluded=True, excluded_reason="")
    _set_chosen(found, sorted(wanted))
    return finish(
        plan=found,
        user=user,
        kind="by-hand",
        detail={"in": sorted(wanted - before), "out": sorted(before - wanted)},
        at=at,
        known=work.situation,
    )


def with_prerequisites(
    actions: Mapping[str, Any], wanted: Sequence[str], *, done: frozenset[str]
) -> set[str]:
    """Return actions with everything that must be done before them and is not done already."""
    found: set[str] = set()
    waiting = list(wanted)
    while waiting:
        key = waiting.pop()
        if key in found or key in done or key not in actions:
            continue
        found.add(key)
        waiting.extend(actions[key].requires)
    return found


@transaction.atomic
def set_must_haves(
    *,
    plan: Plan,
    revision: int | None,
    ticked: Sequence[str],
    offered: Sequence[str],
    user: User | None,
    at: datetime | None = None,
) -> Plan:
    """Make the ticked ones of the offered actions must-haves, and the others not."""
    found = draft(plan=plan, revision=revision)
    for key in offered:
        if key in ticked:
            _row(found, key, must_have=True, excluded=False, excluded_reason="")
        else:
            PlanAction.objects.filter(plan=found, key=key).update(must_have=False)
    return finish(plan=found, user=user, kind="must-haves", detail={"must_haves": sorted(ticked)}, at=at)


@transaction.atomic
def set_numbers(
    *,
    plan: Plan,
    revision: int | None,
    numbers: Mapping[str, int | None],
    user: User | None,
    at: datetime | None = None,
) -> Plan:
    """Record numbers that the inventory does not give; None takes one back."""
    found = draft(plan=plan, revision=revision)
    for count, number in numbers.items():
        if number is None:
            PlanNumber.objects.filter(plan=found, count=count).delete()
        else:
            PlanNumber.objects.update_or_create(plan=found, count=count, defaults={"number": number})
    return finish(plan=found, user=user, kind="numbers", detail={"numbers": dict(numbers)}, at=at)


@transaction.atomic
def propose_plan(*, plan: Plan, revision: int | None, user: User | None, at: datetime | None = None) -> Plan:
    """Put a draft before those who approve it; raises ValidationError for an empty plan."""
    found = draft(plan=plan, revision=revision)
    if not PlanAction.objects.filter(plan=found, chosen=True).exists():
        raise ValidationError(_("Choose at least one action before you propose the plan."), code="empty")
    found.state = Plan.State.PROPOSED
    return finish(plan=found, user=user, kind="proposed", at=at)


@transaction.atomic
def approve_plan(
    *,
    plan: Plan,
    revision: int | None,
    approved_by: str,
    approved_on: date,
    user: User | None,
    seen: Figures | None = None,
    at: datetime | None = None,
) -> Plan:
    """Record who approved a proposed plan, on which day, what it comes to, and how much of the gap it closes.

    `seen` is what stood on the page; other figures are refused. None skips that check (loaders).
    """
    found = locked(plan=plan, revision=revision)
    if found.state != Plan.State.PROPOSED:
        raise ValidationError(_("Propose the plan first; then it can be approved."), code="not-proposed")
    work = work_of(found)
    now = work.comes_to
    if seen is not None and seen != now:
        raise ValidationError(labels.approval_refused(seen, now, found.organization.currency), code="moved")
    found.state = Plan.State.APPROVED
    found.approved_by, found.approved_on = approved_by, approved_on
    found.approved_cents, found.approved_percent = now.cents, now.percent
    detail = {
        "approved_by": approved_by,
        "approved_on": approved_on.isoformat(),
        "approved_cents": now.cents,
        "approved_percent": now.percent,
    }
    finish(plan=found, user=user, kind="approved", detail=detail, at=at, known=work.situation)
    record(
        "plan-approved", organization=found.organization, user=user, detail={"plan": found.number, **detail}
    )
    return found


@transaction.atomic
def start_work(*, plan: Plan, revision: int | None, user: User | None, at: datetime | None = None) -> Plan:
    """Record that the work on an approved plan has begun."""
    found = locked(plan=plan, revision=revision)
    if found.state != Plan.State.APPROVED:
        raise ValidationError(
            _("Record the approval first; then the work can be started."), code="not-approved"
        )
    found.state = Plan.State.UNDER_WAY
    return finish(plan=found, user=user, kind="under-way", at=at)


@transaction.atomic
def finish_work(*, plan: Plan, revision: int | None, user: User | None, at: datetime | None = None) -> Plan:
    """Record that the work on a plan is done."""
    found = locked(plan=plan, revision=revision)
    if found.state != Plan.State.UNDER_WAY:
        raise ValidationError(_("Start the work first; then it can be finished."), code="not-under-way")
    found.state = Plan.State.FINISHED
    return finish(plan=found, user=user, kind="finished", at=at)


@transaction.atomic
def reopen_plan(*, plan: Plan, revision: int | None, user: User | None, at: datetime | None = None) -> Plan:
    """Put a plan back to draft; its approval no longer holds, and the organization's history tells that.

    Raises StalePlan when the plan was approved after the caller, who asked for the right to undo that, looked.
    """
    found = locked(plan=plan, revision=revision)
    if found.state == Plan.State.DRAFT:
        raise ValidationError(_("This plan is a draft already."), code="draft")
    if revision is not None and found.is_approved != plan.is_approved:
        raise StalePlan(found)
    detail = {"approved_by": found.approved_by}
    if found.is_approved:
        record(
            "plan-reopened",
            organization=found.organization,
            user=user,
            detail={"plan": found.number, **detail},
        )
    found.state = Plan.State.DRAFT
    found.approved_by, found.approved_on = "", None
    found.approved_cents, found.approved_percent = None, None
    return finish(plan=found, user=user, kind="reopened", detail=detail, at=at)


def _row(plan: Plan, key: str, **values: Any) -> PlanAction:
    row, _new = PlanAction.objects.update_or_create(plan=plan, key=key, defaults=values)
    return row


def _set_chosen(plan: Plan, chosen: Sequence[str]) -> None:
    PlanAction.objects.filter(plan=plan, chosen=True).exclude(key__in=chosen).update(chosen=False)
    known = set(PlanAction.objects.filter(plan=plan).values_list("key", flat=True))
    PlanAction.objects.filter(plan=plan, key__in=chosen).update(chosen=True)
    PlanAction.objects.bulk_create(
        PlanAction(plan=plan, key=key, chosen=True) for key in chosen if key not in known
    )
