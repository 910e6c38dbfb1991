"""The exact choice under a budget, on catalogues of 40, 65 and 200 actions, beside greedy choice and a plain knapsack.

The catalogue is the shipped one; 200 actions are copies of it with other prices, hours and lifts, drawn with a fixed
seed. The organization has 12 people, answers every question with level 1, and 456 staff hours in three years.
"""

import random
from dataclasses import replace
from fractions import Fraction

from assessments.core.content import SHIPPED
from assessments.core.instruments import read_instrument
from assessments.core.scoring import score
from assessments.core.values import Kind, Response
from bench.measure import Row, medians
from planning.core.candidates import Marks, closure, find_candidates
from planning.core.catalogue import read_catalogue
from planning.core.challenges import find_challenges
from planning.core.choice import choose, problem_of
from planning.core.rules import COUNT_BASES
from planning.core.solver import Problem
from planning.core.values import Action, Candidates, Limits, Numbers

BUDGET_CENTS = 2_000_000
HOURS = Fraction(456)
GOAL_MS = 500
STEP_CENTS = 1_000  # the plain knapsack counts in tens of dollars


def catalogue(number: int) -> dict[str, Action]:
    """Return so many actions: the shipped ones and copies that differ in price, hours and lifts."""
    chance = random.Random(1)
    shipped = read_catalogue().arithmetic
    found: dict[str, Action] = {}
    for copy in range(-(-number // len(shipped))):
        for key in shipped:
            wanted = closure([key], shipped, frozenset())
            for name in sorted(wanted, key=lambda one: len(closure([one], shipped, frozenset()))):
                if f"{name}-{copy}" not in found and len(found) < number:
                    found[f"{name}-{copy}"] = varied(shipped[name], copy, chance)
    return found


def varied(action: Action, copy: int, chance: random.Random) -> Action:
    """Return a copy with requirements among its own copies."""
    share = 1.0 if not copy else chance.uniform(0.5, 1.5)
    rows = [
        replace(
            row,
            one_time=(int(row.one_time[0] * share), int(row.one_time[1] * share)),
            yearly=(int(row.yearly[0] * share), int(row.yearly[1] * share)),
        )
        for row in action.costs
    ]
    hours = Fraction(chance.randint(50, 150) if copy else 100, 100)
    lifts = Fraction(chance.choice([2, 3, 4, 5]) if copy else 4, 4)
    return replace(
        action,
        key=f"{action.key}-{copy}",
        requires=tuple(f"{needed}-{copy}" for needed in action.requires),
        costs=tuple(rows),
        staff_hours=(action.staff_hours[0] * hours, action.staff_hours[1] * hours),
        lifts=tuple(replace(lift, levels=lift.levels * lifts) for lift in action.lifts),
    )


def situation(number: int) -> Candidates:
    """Return the candidates of an organization with a gap everywhere."""
    instrument = read_instrument(SHIPPED / "instruments/social-media-alignment.yaml")
    answers = [Response(key, "director", Kind.LEVEL, 1) for key in instrument.by_key]
    result = score(instrument, asked=instrument.by_key.keys(), responses=answers)
    counts = dict.fromkeys(COUNT_BASES, 5)
    numbers = Numbers(people=12, devices=14, sites=2, counts=counts)
    return find_candidates(catalogue(number), find_challenges([result], {}, {}), [], numbers, marks=Marks())


def greedy(problem: Problem) -> frozenset[str]:
    """Choose the package with the most gain for its share of money and hours, again and again. The baseline."""
    chosen: frozenset[str] = frozenset()
    packages = {key: frozenset(needed(problem, key)) for key in problem.by_key}
    while True:
        best, most = None, Fraction(0)
        for key in problem.by_key.keys() - chosen:
            tried = chosen | packages[key]
            if problem.allows(tried):
                use = problem.cost(tried - chosen) / float(problem.budget_cents or 1)
                use += float(problem.hours_of(tried - chosen) / (problem.hours or 1))
                value = (problem.gain(tried) - problem.gain(chosen)) / Fraction(use + 1e-6)
                if value > most:
                    best, most = tried, value
        if best is None:
            return chosen
        chosen = best


def needed(problem: Problem, key: str) -> set[str]:
    """Return an option with what it requires at any depth."""
    found, waiting = set(), [key]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += problem.by_key[one].requires
    return found


def knapsack(problem: Problem) -> float:
    """Return the best sum of single gains within the budget: no hours, no prerequisites, nothing filled twice."""
    size = (problem.budget_cents or 0) // STEP_CENTS
    best = [0.0] * (size + 1)
    for option in problem.options:
        cost, gain = -(-option.cost_cents // STEP_CENTS), float(problem.gain([option.key]))
        for money in range(size, cost - 1, -1):
            if best[money - cost] + gain > best[money]:
                best[money] = best[money - cost] + gain
    return best[-1]


def measure() -> list[Row]:
    """Measure the choice among 40, 65 (what is shipped) and 200 actions."""
    return [row for number in (40, 65, 200) for row in rows_for(number)]


def rows_for(number: int) -> list[Row]:
    """Measure one size of catalogue."""
    candidates, limits = situation(number), Limits(BUDGET_CENTS, HOURS)
    problem = problem_of(candidates, limits)
    times = medians({"exact": lambda: choose(candidates, limits), "knapsack": lambda: knapsack(problem)})
    by_greed = problem.gain(greedy(problem))
    share = float(choose(candidates, limits).best / by_greed)
    ratio = times["exact"] / times["knapsack"]
    return [
        Row(
            f"exact choice among {number} actions",
            f"<= {GOAL_MS} ms",
            f"{times['exact']:.0f} ms; {ratio:.2f} x a plain knapsack ({times['knapsack']:.0f} ms)",
            times["exact"] <= GOAL_MS,
        ),
        Row(
            f"the most gain among {number} actions beside greedy choice",
            ">= 1 x greedy choice",
            f"{share:.3f} x",
            share >= 1,
        ),
    ]
