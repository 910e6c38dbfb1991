"""Write goals, decisions and plans of an export; the totals of a plan are worked out again."""

from collections.abc import Iterable, Mapping

from assessments.models import Assessment
from organizations.models import Organization
from planning.models import (
    ActionMark,
    ChallengeDecision,
    Goal,
    Plan,
    PlanAction,
    PlanCost,
    PlanEvent,
    PlanNumber,
)
from planning.selectors import answered_at, work_of
from planning.services.changes import TOTALS, store_totals
from reports.portability import schema
from reports.portability.people import People


def load_decisions(export: schema.Export, organization: Organization, people: People) -> None:
    """Write the goals, what was said about challenges, and what is marked as done."""
    Goal.objects.bulk_create(Goal(organization=organization, **row.model_dump()) for row in export.goals)
    ChallengeDecision.objects.bulk_create(
        ChallengeDecision(
            organization=organization,
            decided_by=people.get(row.decided_by),
            **row.model_dump(exclude={"decided_by"}),
        )
        for row in export.challenge_decisions
    )
    ActionMark.objects.bulk_create(
        ActionMark(
            organization=organization,
            marked_by=people.get(row.marked_by),
            **row.model_dump(exclude={"marked_by"}),
        )
        for row in export.action_marks
    )


def load_plans(
    parts: Iterable[schema.PlanPart],
    organization: Organization,
    people: People,
    assessments: Mapping[int, Assessment],
) -> dict[int, Plan]:
    """Write plans; return them by their numbers, of which the highest is the newest plan's."""
    return {
        part.number: _plan(part, organization, people, [assessments[number] for number in part.assessments])
        for part in sorted(parts, key=lambda part: part.number)
    }


def _plan(
    part: schema.PlanPart, organization: Organization, people: People, assessments: list[Assessment]
) -> Plan:
    own = part.model_dump(exclude={"assessments", "created_by", "actions", "numbers", "events", "computed"})
    Plan.objects.filter(organization=organization, is_newest=True).update(is_newest=False)
    plan = Plan.objects.create(organization=organization, created_by=people.get(part.created_by), **own)
    plan.assessments.set(assessments)
    for row in part.actions:
        action = PlanAction.objects.create(plan=plan, **row.model_dump(exclude={"costs"}))
        PlanCost.objects.bulk_create(PlanCost(action=action, **cost.model_dump()) for cost in row.costs)
    PlanNumber.objects.bulk_create(PlanNumber(plan=plan, **row.model_dump()) for row in part.numbers)
    PlanEvent.objects.bulk_create(
        PlanEvent(plan=plan, user=people.get(row.user), **row.model_dump(exclude={"user"}))
        for row in part.events
    )
    store_totals(plan=plan, through=answered_at(plan), work=work_of(plan))
    plan.save(update_fields=TOTALS)
    return plan
