"""What is suggested: must-haves, the frontier of choices, and a budget.

Money is cents over the horizon. Source: docs/arithmetic.md.
"""

from collections.abc import Iterable, Sequence
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


def frontier(
    candidates: Candidates, limits: Limits, suggestion: Suggestion | None = None
) -> tuple[Choice, ...]:
    """Return what each budget buys: different choices, the smallest budget first, down to zero or to the must-haves.

    Each is what `choose` returns for the budget in its limits, a whole hundred of dollars (the first: zero, or just
    the must-haves). They are found from the top: what the whole hundreds below the cost of the last one buy, asked
    for again in the hundreds that this costs. A choice asked for at its own cost may give way to a cheaper one near
    it, so a budget and what its choice costs are two figures. Gain and cost never fall along it. What `suggestion`
    buys is one of them. These choices may carry no reasons (`left_out`): ask `choose` for one.
    """
    problem = problem_of(candidates, replace(limits, budget_cents=None))
    floor, found = problem.cost(problem.must), [suggestion.choice] if suggestion else []
    picked = pick(problem, None, ties=False)
    while True:
        budget = max(floor, _hundreds(problem.cost(picked.chosen)))
        if problem.cost(picked.chosen) <= floor:
            budget = floor
        picked = pick(replace(problem, budget_cents=budget), picked.most)
        found.append(choice_of(candidates, replace(limits, budget_cents=budget), problem, picked))
        if budget == floor:
            return _different(found)
        below = max(floor, _hundreds(found[-1].cost_cents) - HUNDRED_DOLLARS)
        picked = pick(replace(problem, budget_cents=below), picked.most, ties=False)


def _hundreds(cents: int) -> int:
    """Return the whole hundreds of dollars that hold an amount."""
    return -(-cents // HUNDRED_DOLLARS) * HUNDRED_DOLLARS


def _different(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """Return the choices in rising order, of those with the same actions the one with the smallest budget."""
    rising = sorted(choices, key=lambda choice: choice.limits.budget_cents or 0)
    first: dict[tuple[str, ...], Choice] = {}
    for choice in rising:
        first.setdefault(choice.chosen, choice)
    return tuple(first.values())


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
    low = _hundreds(problem.cost(problem.must)) // HUNDRED_DOLLARS
    high = max(low, _hundreds(problem.cost(unlimited.chosen)) // HUNDRED_DOLLARS)
    while low < high:
        middle = (low + high) // 2
        tried = pick(replace(problem, budget_cents=middle * HUNDRED_DOLLARS), unlimited.most, ties=False)
        if problem.gain(tried.chosen) >= NINE_TENTHS * gain:
            high = middle
        else:
            low = middle + 1
    budget = high * HUNDRED_DOLLARS
    return Suggestion(budget, choose(candidates, replace(limits, budget_cents=budget), most=unlimited.most))
