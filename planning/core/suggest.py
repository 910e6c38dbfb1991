"""What is suggested: must-haves, the frontier of choices, and a budget.

Money is cents over the horizon. Source: docs/arithmetic.md.
"""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from planning.core.candidates import closure
from planning.core.choice import choose, gain_against, problem_of
from planning.core.values import Candidates, Choice, Findings, Limits, MustHave, Suggestion

STRONGEST = 3
ENOUGH = Fraction(2, 3)
NINE_TENTHS = Fraction(9, 10)
HUNDRED_DOLLARS = 10_000


def suggest_must_haves(candidates: Candidates, findings: Findings, *, years: int = 3) -> tuple[MustHave, ...]:
    """Return the must-haves that the director may tick, in the order of the challenges.

    For each of the three strongest challenges among those shown or accepted: the cheapest candidate that does at
    least two thirds of the most that one action can do against it, with its prerequisites. A challenge that no
    candidate helps is passed over. Ties: the one that does more, then by key.
    """
    told = [one for one in findings.challenges if (one.shown or one.accepted) and one.strength]
    suggested = []
    for challenge in told[:STRONGEST]:
        does = {key: gain_against(candidates, key, challenge.key) for key in candidates.open}
        most = max(does.values(), default=Fraction(0))
        if not most:
            continue
        enough = [key for key in does if does[key] >= ENOUGH * most]
        best = min(enough, key=lambda key: (_cost(candidates, [key], years), -does[key], key))
        actions = {key: one.action for key, one in candidates.actions.items()}
        needs = tuple(sorted(closure([best], actions, candidates.done) - {best}))
        cost = _cost(candidates, [best, *needs], years)
        suggested.append(MustHave(challenge.key, best, needs, cost, does[best], most))
    return tuple(suggested)


def _cost(candidates: Candidates, keys: Iterable[str], years: int) -> int:
    costs = [candidates.actions[key].cost for key in keys]
    return sum(cost.over(years).likely for cost in costs if cost is not None)


def frontier(candidates: Candidates, limits: Limits) -> tuple[Choice, ...]:
    """Return what each next dollar buys: the different choices, cheapest first, each at its own cost.

    From the choice of the unlimited budget down, each for a cent less than the last one costs, to zero or to the
    must-haves. Gain and cost never fall along it.
    """
    choice = choose(candidates, replace(limits, budget_cents=None))
    found = [choice]
    floor = must_cost(candidates, limits)
    while choice.cost_cents > floor and not choice.short_hours:
        cheaper = replace(limits, budget_cents=choice.cost_cents - 1)
        choice = choose(candidates, cheaper, most=choice.most)
        found.append(choice)
    return tuple(reversed(found))


def must_cost(candidates: Candidates, limits: Limits) -> int:
    """Return what the must-haves cost with their prerequisites."""
    problem = problem_of(candidates, limits)
    return problem.cost(problem.must)


def suggest_budget(candidates: Candidates, limits: Limits) -> Suggestion | None:
    """Return the lowest whole hundred of dollars whose choice gains nine tenths of what the unlimited one gains.

    `limits.must` are the must-haves that somebody ticked; its budget is not read. None where nothing can be gained.
    """
    unlimited = choose(candidates, replace(limits, budget_cents=None))
    wanted = NINE_TENTHS * unlimited.gain
    if not unlimited.gain or unlimited.short_hours:
        return None
    low = -(-must_cost(candidates, limits) // HUNDRED_DOLLARS)
    high = max(low, -(-unlimited.cost_cents // HUNDRED_DOLLARS))
    while low < high:
        middle = (low + high) // 2
        choice = choose(
            candidates, replace(limits, budget_cents=middle * HUNDRED_DOLLARS), most=unlimited.most
        )
        if choice.gain >= wanted:
            high = middle
        else:
            low = middle + 1
    budget = high * HUNDRED_DOLLARS
    return Suggestion(budget, choose(candidates, replace(limits, budget_cents=budget), most=unlimited.most))
