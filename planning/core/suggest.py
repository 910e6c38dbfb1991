"""What is suggested: must-haves, the frontier of choices, and a budget.

Money is cents over the horizon. Source: docs/arithmetic.md.
"""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from planning.core.candidates import closure
from planning.core.choice import choice_of, choose, gain_against, pick, problem_of
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
    must-haves. Gain and cost never fall along it. These choices carry no reasons (`left_out`): ask `choose` for one.
    """
    limits = replace(limits, budget_cents=None)
    problem = problem_of(candidates, limits)
    floor = problem.cost(problem.must)
    picked = pick(problem, None)
    found = [choice_of(candidates, limits, problem, picked)]
    while found[-1].cost_cents > floor and not found[-1].short_hours:
        limits = replace(limits, budget_cents=found[-1].cost_cents - 1)
        problem = replace(problem, budget_cents=limits.budget_cents)
        picked = pick(problem, picked.most)
        found.append(choice_of(candidates, limits, problem, picked))
    return tuple(reversed(found))


def suggest_budget(candidates: Candidates, limits: Limits) -> Suggestion | None:
    """Return the lowest whole hundred of dollars whose choice gains nine tenths of what the unlimited one gains.

    `limits.must` are the must-haves that somebody ticked; its budget is not read. None where nothing can be gained,
    or where the must-haves need more hours than there are.
    """
    problem = problem_of(candidates, replace(limits, budget_cents=None))
    unlimited = pick(problem, None, ties=False)
    gain = problem.gain(unlimited.chosen)
    if not gain or not problem.allows(unlimited.chosen):
        return None
    low = -(-problem.cost(problem.must) // HUNDRED_DOLLARS)
    high = max(low, -(-problem.cost(unlimited.chosen) // HUNDRED_DOLLARS))
    while low < high:
        middle = (low + high) // 2
        tried = pick(replace(problem, budget_cents=middle * HUNDRED_DOLLARS), unlimited.most, ties=False)
        if problem.gain(tried.chosen) >= NINE_TENTHS * gain:
            high = middle
        else:
            low = middle + 1
    budget = high * HUNDRED_DOLLARS
    return Suggestion(budget, choose(candidates, replace(limits, budget_cents=budget), most=unlimited.most))
