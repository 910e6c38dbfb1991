"""Goals, challenges that are true or not, actions that are done: what people decided outside of any plan."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.models import Organization, User
from planning.models import ActionMark, ChallengeDecision, Goal, Plan, PlanAction
from planning.services.changes import finish
from planning.services.totals import mark_stale

MOST_GOALS = 30


@transaction.atomic
def accept_challenge(
    *, organization: Organization, challenge: str, user: User | None, at: datetime | None = None
) -> ChallengeDecision:
    """Record that a challenge is true for the organization."""
    return _decide(organization, challenge, accepted=True, reason="", user=user, at=at)


@transaction.atomic
def reject_challenge(
    *,
    organization: Organization,
    challenge: str,
    reason: str,
    user: User | None,
    at: datetime | None = None,
) -> ChallengeDecision:
    """Record that a challenge is not true for the organization, and why; raises ValidationError without a reason."""
    if not reason.strip():
        raise ValidationError(_("Say in a few words why this is not true for you."), code="reason")
    return _decide(organization, challenge, accepted=False, reason=reason.strip(), user=user, at=at)


@transaction.atomic
def withdraw_decision(*, organization: Organization, challenge: str) -> None:
    """Leave a challenge undecided again."""
    ChallengeDecision.objects.filter(organization=organization, challenge=challenge).delete()
    mark_stale(organization)


def _decide(
    organization: Organization,
    challenge: str,
    *,
    accepted: bool,
    reason: str,
    user: User | None,
    at: datetime | None,
) -> ChallengeDecision:
    decision, _new = ChallengeDecision.objects.update_or_create(
        organization=organization,
        challenge=challenge,
        defaults={
            "accepted": accepted,
            "reason": reason,
            "decided_by": user,
            "at": at or timezone.now(),
        },
    )
    mark_stale(organization)
    return decision


@transaction.atomic
def mark_action(
    *, organization: Organization, action: str, done: bool, user: User | None, at: datetime | None = None
) -> ActionMark:
    """Record that an action is done already, or is not, whatever the inventory says.

    Drafts that have chosen it cost less or more from now on, and their totals are stored again.
    """
    mark, _new = ActionMark.objects.update_or_create(
        organization=organization,
        action=action,
        defaults={"done": done, "marked_by": user, "at": at or timezone.now()},
    )
    _count_drafts_again(organization, action, user, kind="done" if done else "not-done", at=at)
    return mark


@transaction.atomic
def unmark_action(*, organization: Organization, action: str) -> None:
    """Let the inventory alone say whether an action is done."""
    ActionMark.objects.filter(organization=organization, action=action).delete()
    _count_drafts_again(organization, action, None, kind="not-done", at=None)


def _count_drafts_again(
    organization: Organization, action: str, user: User | None, *, kind: str, at: datetime | None
) -> None:
    mark_stale(organization)
    drafts = Plan.objects.select_for_update(of=("self",)).select_related("organization")
    chosen = PlanAction.objects.filter(key=action, chosen=True).values("plan")
    for plan in drafts.filter(organization=organization, state=Plan.State.DRAFT, pk__in=chosen):
        finish(plan=plan, user=user, kind=kind, detail={"action": action}, at=at)


@transaction.atomic
def add_goal(
    *,
    organization: Organization,
    title: str,
    measure: str = "",
    by: date | None = None,
    areas: Iterable[str] = (),
    weight: int = 1,
) -> Goal:
    """Add a goal after the others; raises ValidationError when there are too many."""
    positions = list(
        Goal.objects.select_for_update().filter(organization=organization).values_list("position", flat=True)
    )
    if len(positions) >= MOST_GOALS:
        raise ValidationError(_("There are 30 goals already. Remove one first."), code="too-many")
    goal = Goal.objects.create(
        organization=organization,
        title=title,
        measure=measure,
        by=by,
        areas=list(areas),
        weight=weight,
        position=max(positions, default=-1) + 1,
    )
    mark_stale(organization)
    return goal


@transaction.atomic
def change_goal(
    *,
    goal: Goal,
    title: str,
    measure: str = "",
    by: date | None = None,
    areas: Iterable[str] = (),
    weight: int = 1,
) -> Goal:
    """Change what a goal says, what it is linked to and how much it matters."""
    goal.title, goal.measure, goal.by = title, measure, by
    goal.areas, goal.weight = list(areas), weight
    goal.save(update_fields=["title", "measure", "by", "areas", "weight"])
    mark_stale(goal.organization)
    return goal


@transaction.atomic
def remove_goal(*, goal: Goal) -> None:
    """Remove a goal."""
    goal.delete()
    mark_stale(goal.organization)


@transaction.atomic
def move_goal(*, goal: Goal, up: bool) -> None:
    """Move a goal one place up or down; at the end it stays."""
    goals = list(Goal.objects.select_for_update().filter(organization=goal.organization))
    at = next(i for i, found in enumerate(goals) if found.pk == goal.pk)
    other = at - 1 if up else at + 1
    if 0 <= other < len(goals):
        goals[at], goals[other] = goals[other], goals[at]
    for position, found in enumerate(goals):
        found.position = position
    Goal.objects.bulk_update(goals, ["position"])
