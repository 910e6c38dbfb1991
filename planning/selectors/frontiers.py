"""What each budget buys, kept with the plan: working it out takes seconds, so a worker does it and a key says whether
it still holds. The key is a digest of everything that the choices depend on.

Money is integer cents over the horizon; gains and hours are exact fractions, kept as text.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from planning.core.candidates import gain_of
from planning.core.values import Candidates, Choice, Limits, Schedule, Suggestion

VERSION = 2


@dataclass(frozen=True, slots=True)
class Step:
    """What one budget buys: its choice's cost and actions, and what those gain and take that find their time."""

    budget_cents: int
    cost_cents: int
    gain: Fraction
    hours: Fraction
    chosen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frontier:
    """All steps, the smallest budget first; `most` is the most that can be gained without a budget.

    `suggested_cents` is the suggested budget and `suggested_cost_cents` what its choice costs; None where nothing can
    be gained.
    """

    steps: tuple[Step, ...]
    most: Fraction
    suggested_cents: int | None = None
    suggested_cost_cents: int | None = None


def frontier_key(
    candidates: Candidates, limits: Limits, *, yearly_limit_cents: int | None, earliest: Mapping[str, int]
) -> str:
    """Return the digest of what the choices and their time depend on; the budget is no part of it."""
    content = [
        VERSION,
        [
            [
                key,
                [[row.one_time.likely, row.yearly.likely, *row.lots] for row in one.cost.rows]
                if one.cost
                else None,
                str(one.hours),
                one.action.weeks,
                sorted(one.action.requires),
                sorted([*spot, str(levels)] for spot, levels in one.reach.items()),
            ]
            for key, one in candidates.open.items()
        ],
        sorted(candidates.done),
        sorted([*spot, str(levels)] for spot, levels in candidates.parts.items()),
        sorted([cell, str(value)] for cell, value in candidates.relevance.items()),
        [str(limits.hours), sorted(limits.must), sorted(limits.excluded), limits.years],
        [yearly_limit_cents, sorted(earliest.items())],
    ]
    return hashlib.sha256(json.dumps(content, separators=(",", ":")).encode()).hexdigest()


def frontier_of(
    candidates: Candidates,
    choices: Iterable[Choice],
    suggestion: Suggestion | None,
    schedule_of: Callable[[tuple[str, ...]], Schedule],
) -> Frontier:
    """Return what the core worked out, as it is kept; gains and hours as the plan would state them."""
    steps = []
    most = Fraction(0)
    for choice in choices:
        timed = [candidates.actions[found.action] for found in schedule_of(choice.chosen).actions]
        gain = gain_of((one.reach for one in timed), candidates.parts, candidates.relevance)
        hours = sum((one.hours for one in timed), Fraction(0))
        steps.append(Step(choice.limits.budget_cents or 0, choice.cost_cents, gain, hours, choice.chosen))
        most = max(most, choice.most)
    return Frontier(
        steps=tuple(steps),
        most=most,
        suggested_cents=suggestion.budget_cents if suggestion else None,
        suggested_cost_cents=suggestion.choice.cost_cents if suggestion else None,
    )


def frontier_document(frontier: Frontier, key: str) -> dict[str, Any]:
    """Return a frontier as plain data for the plan's row."""
    return {
        "key": key,
        "most": str(frontier.most),
        "suggested_cents": frontier.suggested_cents,
        "suggested_cost_cents": frontier.suggested_cost_cents,
        "steps": [
            {
                "budget_cents": step.budget_cents,
                "cost_cents": step.cost_cents,
                "gain": str(step.gain),
                "hours": str(step.hours),
                "chosen": list(step.chosen),
            }
            for step in frontier.steps
        ],
    }


def kept_frontier(document: Mapping[str, Any], key: str) -> Frontier | None:
    """Return the kept frontier when it still holds; None when there is none or it was made of something else."""
    if document.get("key") != key:
        return None
    return Frontier(
        steps=tuple(
            Step(
                one["budget_cents"],
                one["cost_cents"],
                Fraction(one["gain"]),
                Fraction(one["hours"]),
                tuple(one["chosen"]),
            )
            for one in document["steps"]
        ),
        most=Fraction(document["most"]),
        suggested_cents=document["suggested_cents"],
        suggested_cost_cents=document["suggested_cost_cents"],
    )
