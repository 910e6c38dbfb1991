"""Reads: rows become core values, core values become pictures in words."""

from planning.selectors.pictures import (
    ActionPicture,
    CategoryPicture,
    CellPicture,
    ChallengePicture,
    ContributionPicture,
    CostPicture,
    CostRowPicture,
    EventPicture,
    FirstPicture,
    GoalPicture,
    LeftOutPicture,
    Named,
    NumberPicture,
    PlanPicture,
    StepPicture,
)

__all__ = [
    "ActionPicture",
    "CategoryPicture",
    "CellPicture",
    "ChallengePicture",
    "ContributionPicture",
    "CostPicture",
    "CostRowPicture",
    "EventPicture",
    "FirstPicture",
    "GoalPicture",
    "LeftOutPicture",
    "Named",
    "NumberPicture",
    "PlanPicture",
    "StepPicture",
]
