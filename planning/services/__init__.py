"""Writes: one function is one use case is one transaction."""

from planning.services.actions import (
    OwnCost,
    add_own_action,
    change_own_action,
    edit_action,
    exclude_action,
    free_action,
    remove_own_action,
    require_action,
)
from planning.services.changes import StalePlan
from planning.services.decisions import (
    accept_challenge,
    add_goal,
    change_goal,
    mark_action,
    move_goal,
    reject_challenge,
    remove_goal,
    unmark_action,
    withdraw_decision,
)
from planning.services.frontiers import KIND as FRONTIER
from planning.services.frontiers import job_key, keep_frontier, request_frontier
from planning.services.plans import (
    approve_plan,
    change_plan,
    choose_by_hand,
    choose_under_budget,
    create_plan,
    propose_plan,
    reopen_plan,
    rest_on_current,
    set_must_haves,
    set_numbers,
)

__all__ = [
    "FRONTIER",
    "OwnCost",
    "StalePlan",
    "accept_challenge",
    "add_goal",
    "add_own_action",
    "approve_plan",
    "change_goal",
    "change_own_action",
    "change_plan",
    "choose_by_hand",
    "choose_under_budget",
    "create_plan",
    "edit_action",
    "exclude_action",
    "free_action",
    "job_key",
    "keep_frontier",
    "mark_action",
    "move_goal",
    "propose_plan",
    "reject_challenge",
    "remove_goal",
    "remove_own_action",
    "reopen_plan",
    "request_frontier",
    "require_action",
    "rest_on_current",
    "set_must_haves",
    "set_numbers",
    "unmark_action",
    "withdraw_decision",
]
