"""What people of an organization decided, and the numbers that they gave, in one query.

Challenges, actions already done, goals and the numbers of one plan come as one union, because every page of planning
needs all of them; each row says what it is.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import TextField, Value
from django.db.models.functions import Cast, Coalesce, Now

from organizations.models import Organization, User
from planning.models import ActionMark, ChallengeDecision, Goal, Plan, PlanNumber

DECISION, MARK, GOAL, NUMBER = "decision", "mark", "goal", "number"
NO_DAY = "0001-01-01"


@dataclass
class Said:
    """Decisions by challenge, marks by action, goals in their order, numbers by count."""

    decisions: dict[str, ChallengeDecision] = field(default_factory=dict)
    marks: dict[str, ActionMark] = field(default_factory=dict)
    goals: list[Goal] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)


def said_by(organization: Organization, plan: Plan | None = None) -> Said:
    """Return what people of an organization said; with the numbers of a plan where one is given."""
    found = Said()
    for what, key, flag, number, place, words, more, areas, day, at, who, name, email in _rows(
        organization, plan
    ):
        if what == DECISION:
            found.decisions[key] = ChallengeDecision(
                organization=organization,
                challenge=key,
                accepted=bool(flag),
                reason=words,
                decided_by=User(pk=who, name=name, email=email) if who else None,
                at=at,
            )
        elif what == MARK:
            found.marks[key] = ActionMark(organization=organization, action=key, done=bool(flag), at=at)
        elif what == NUMBER:
            found.numbers[key] = number
        else:
            found.goals.append(_goal(organization, int(key), words, more, areas, day, number, place))
    found.goals.sort(key=lambda goal: (goal.position, goal.pk))
    return found


def _goal(
    organization: Organization,
    pk: int,
    title: str,
    measure: str,
    areas: str,
    day: str,
    weight: int,
    position: int,
) -> Goal:
    return Goal(
        pk=pk,
        organization=organization,
        title=title,
        measure=measure,
        by=None if day == NO_DAY else date.fromisoformat(day),
        areas=json.loads(areas),
        weight=weight,
        position=position,
    )


def _rows(organization: Organization, plan: Plan | None) -> Iterator[tuple[Any, ...]]:
    none, no, empty = Value(0), Value(False), Value("")
    nobody = (none, empty, empty)
    decisions = (
        ChallengeDecision.objects.filter(organization=organization)
        .order_by()
        .values_list(
            *(Value(DECISION), "challenge", "accepted", none, none, "reason", empty, Value("[]")),
            *(Value(NO_DAY), "at", Coalesce("decided_by_id", none)),
            *(Coalesce("decided_by__name", empty), Coalesce("decided_by__email", empty)),
        )
    )
    marks = (
        ActionMark.objects.filter(organization=organization)
        .order_by()
        .values_list(
            *(Value(MARK), "action", "done", none, none, empty, empty, Value("[]")),
            *(Value(NO_DAY), "at", *nobody),
        )
    )
    goals = (
        Goal.objects.filter(organization=organization)
        .order_by()
        .values_list(
            *(Value(GOAL), Cast("pk", TextField()), no, "weight", "position", "title", "measure"),
            *(
                Cast("areas", TextField()),
                Coalesce(Cast("by", TextField()), Value(NO_DAY, TextField())),
                Now(),
                *nobody,
            ),
        )
    )
    numbers = (
        PlanNumber.objects.filter(plan=plan) if plan is not None else PlanNumber.objects.filter(pk__lt=0)
    )
    yield from decisions.union(
        marks,
        goals,
        numbers.order_by().values_list(
            *(Value(NUMBER), "count", no, "number", none, empty, empty, Value("[]")),
            *(Value(NO_DAY), Now(), *nobody),
        ),
        all=True,
    )
