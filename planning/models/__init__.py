"""What to do about it: goals, decisions about challenges and actions, plans."""

from planning.models.decisions import ActionMark, ChallengeDecision, Goal
from planning.models.plans import Plan, PlanAction, PlanCost, PlanEvent, PlanNumber

__all__ = [
    "ActionMark",
    "ChallengeDecision",
    "Goal",
    "Plan",
    "PlanAction",
    "PlanCost",
    "PlanEvent",
    "PlanNumber",
]
