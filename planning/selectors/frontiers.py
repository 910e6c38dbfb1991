"""What each budget buys, kept with the plan: working it out takes seconds, so a worker does it and a key says whether
it still holds. The key is a digest of everything that the choices depend on.

Money is integer cents over the horizon; gains and hours are exact fractions, kept as text.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from planning.core.values import Candidates, Choice, Limits, Suggestion

VERSION = 1


@dataclass(frozen=True, slots=True)
class Step:
    """One choice of the frontier: what it costs, gains, takes, and which actions it has."""

    cost_cents: int
    gain: Fraction
    hours: Fraction
    chosen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frontier:
    """All steps, the cheapest first; `most` is the most that can be gained without a budget.

    `suggested_cents` is the suggested budget and `suggested_cost_cents` what its choice costs; None where nothing can
    be gained.
    """

    steps: tuple[Step, ...]
    most: Fraction
    suggested_cents: int | None = None
    suggested_cost_cents: int | None = None


def frontier_key(candidates: Candidates, limits: Limits) -> str:
    """Return the digest of what the choices depend on; the budget is no part of it."""
    content = [
        VERSION,
        [
            [
                key,
                one.cost.over(limits.years).likely if one.cost else None,
                str(one.hours),
                sorted(one.action.requires),
                sorted([*spot, str(levels)] for spot, levels in one.reach.items()),
            ]
            for key, one in candidates.open.items()
        ],
        sorted(candidates.done),
        sorted([*spot, str(levels)] for spot, levels in candidates.parts.items()),
        sorted([cell, str(value)] for cell, value in candidates.relevance.items()),
        [str(limits.hours), sorted(limits.must), sorted(limits.excluded), limits.years],
    ]
    return hashlib.sha256(json.dumps(content, separators=(",", ":")).encode()).hexdigest()


def frontier_of(choices: Iterable[Choice], suggestion: Suggestion | None) -> Frontier:
    """Return what the core worked out, as it is kept."""
    found = tuple(choices)
    return Frontier(
        steps=tuple(Step(one.cost_cents, one.gain, one.hours, one.chosen) for one in found),
        most=max((one.most for one in found), default=Fraction(0)),
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
            Step(one["cost_cents"], Fraction(one["gain"]), Fraction(one["hours"]), tuple(one["chosen"]))
            for one in document["steps"]
        ),
        most=Fraction(document["most"]),
        suggested_cents=document["suggested_cents"],
        suggested_cost_cents=document["suggested_cost_cents"],
    )
