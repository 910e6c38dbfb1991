"""Choose actions under limits, exactly, and say why each other one is left out.

Among all sets whose gain is no more than a hundredth of the most that can be gained without a budget below the best:
lowest cost, then fewest actions, then most gain, then the first sorted list of keys. HiGHS proposes, fractions and
cents decide. Money is cents and hours are staff hours over the horizon. Source: docs/arithmetic.md, docs/adr/0005.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from planning.core.candidates import closure, gain_of, gained_by_spot
from planning.core.reasons import reasons
from planning.core.solver import Aim, Model, Option, Problem, SolverError
from planning.core.values import (
    Candidates,
    Choice,
    Findings,
    Judgement,
    LeftOut,
    Limits,
    ProjectedCell,
)

NEAR = Fraction(1, 100)
MAX_TRIES = 1000
BLOCK = 16  # keys that one question settles: powers of 2 up to 2^15
TOP = Fraction(4)
ZERO = Fraction(0)
Keys = frozenset[str]


def choose(candidates: Candidates, limits: Limits, *, most: Fraction | None = None) -> Choice:
    """Return the best set within the limits.

    Args:
        most: the most that can be gained without a budget, if the caller has it from an earlier choice with the same
            hours, must-haves and exclusions.

    Must-haves come with their prerequisites; where these alone break a limit, they alone are chosen and the choice
    says what they need. Without a gap, or with nothing to choose from, no solver is asked.
    """
    problem = problem_of(candidates, limits)
    picked = pick(problem, most)
    return choice_of(candidates, limits, problem, picked, reasons(candidates, limits, problem, picked.chosen))


def judge(candidates: Candidates, chosen: Collection[str], limits: Limits) -> Judgement:
    """Return why every other action is not in a set chosen by hand, and by how much the set breaks the limits.

    Keys that are not candidates are passed over. No solver is asked: each page of a plan does this.
    """
    problem = problem_of(candidates, replace(limits, must=frozenset(), excluded=frozenset()))
    mine = frozenset(chosen) & problem.by_key.keys()
    actions = {key: one.action for key, one in candidates.open.items()}
    must = frozenset(closure(limits.must & mine, actions, candidates.done)) & mine
    return Judgement(
        reasons(candidates, limits, problem, mine),
        *short_of(problem, mine),
        *short_of(problem, must),
        cost_cents=problem.cost(mine),
    )


def problem_of(candidates: Candidates, limits: Limits) -> Problem:
    """Return the options that the limits leave: not excluded, and no prerequisite excluded."""
    found, done = candidates.open, candidates.done
    left = found.keys() - limits.excluded
    while lost := {key for key in left if set(found[key].action.requires) - done - left}:
        left -= lost
    actions = {key: found[key].action for key in left}
    options = []
    for key in sorted(left):
        one = found[key]
        cost = one.cost.over(limits.years).likely if one.cost is not None else 0
        requires = frozenset(one.action.requires) - done
        options.append(Option(key, cost, one.hours, one.reach, requires))
    must = closure(limits.must & left, actions, done)
    return Problem(
        tuple(options),
        candidates.parts,
        candidates.relevance,
        limits.budget_cents,
        limits.hours,
        frozenset(must),
    )


@dataclass(frozen=True, slots=True)
class Picked:
    """A set, the most that its limits allow, and the most without a budget."""

    chosen: Keys
    best: Fraction
    most: Fraction


def pick(problem: Problem, most: Fraction | None, *, ties: bool = True) -> Picked:
    """Return the set that the rule of this module picks.

    Without `ties` the last step is left out: the set costs, numbers and gains the same, its keys may differ.
    """
    must = problem.must
    if not problem.parts or not problem.options or not problem.allows(must):
        gain = problem.gain(must)
        return Picked(must, gain, gain if most is None else most)
    free = replace(problem, budget_cents=None)
    model = Model(free)
    chosen = None
    if most is None:
        chosen = most_set(free, model)
        most = problem.gain(chosen)
    if problem.budget_cents is not None:
        model.cost_at_most(problem.budget_cents)
    if chosen is None or not problem.allows(chosen):
        chosen = _proven(model, Aim.MOST_GAIN, problem.allows, None)
    best = problem.gain(chosen)
    enough = best - NEAR * most

    def near(keys: Keys) -> bool:
        return problem.allows(keys) and problem.gain(keys) >= enough

    model.gain_at_least(enough)
    chosen = _proven(model, Aim.LEAST_COST, near, chosen)
    chosen, alone = _most_of_cheapest(problem, model, chosen)
    return Picked(chosen if alone or not ties else _first_of_equals(problem, model, chosen), best, most)


def most_set(problem: Problem, model: Model) -> Keys:
    """Return a set that gains the most; all options where the limits allow them."""
    everything = frozenset(problem.by_key)
    return everything if problem.allows(everything) else _proven(model, Aim.MOST_GAIN, problem.allows, None)


def _proven(model: Model, aim: Aim, keeps: Callable[[Keys], bool], start: Keys | None) -> Keys:
    """Return the solver's best set that keeps the exact bounds; those that only seemed to are cut off."""
    for _ in range(MAX_TRIES):
        found = model.solve(aim, start)
        if found is None:
            found = model.solve(aim, start, unreduced=True)
        if found is None:
            raise SolverError("HiGHS found no set where there is one.")
        if keeps(found):
            return found
        model.cut_off(found)
    raise SolverError("HiGHS proposed only sets that break a bound.")


def _most_of_cheapest(problem: Problem, model: Model, chosen: Keys) -> tuple[Keys, bool]:
    """Return the set with the most gain among those with this one's cost and number, and whether it is the only one.

    Most often the given set is, and one question says so: which other gains as much or more?
    """
    model.cost_at_most(problem.cost(chosen))
    model.number_at_most(len(chosen))
    for _ in range(MAX_TRIES):
        model.gain_at_least(problem.gain(chosen))
        model.cut_off(chosen)
        other = _next(problem, model, chosen)
        if other is None or problem.gain(other) == problem.gain(chosen):
            return chosen, other is None
        chosen = other
    raise SolverError("HiGHS proposed ever better sets.")


def _next(problem: Problem, model: Model, chosen: Keys) -> Keys | None:
    """Return another set with this one's cost and number that gains at least as much, and the most; None without."""
    cost, number, gain = _measure(problem, chosen)
    for _ in range(MAX_TRIES):
        found = model.solve(Aim.MOST_GAIN)
        if found is None:
            return None
        if (
            problem.allows(found)
            and _measure(problem, found)[:2] == (cost, number)
            and problem.gain(found) >= gain
        ):
            return found
        model.cut_off(found)
    raise SolverError("HiGHS proposed only sets that break a bound.")


def _first_of_equals(problem: Problem, model: Model, chosen: Keys) -> Keys:
    """Return the first sorted list of keys among the sets that are equal in cost, number and gain.

    Cost, number and gain are bounded already. Keys are settled a few at a time, in order: which of them can an equal
    set have?
    """
    keys = [option.key for option in problem.options]
    first = chosen
    for place in range(0, len(keys), BLOCK):
        block = keys[place : place + BLOCK]
        other = _equal(problem, model, first, block)
        if other is None:
            break
        first = min(first, other, key=lambda found: [key not in found for key in block])
        for key in block:
            model.fix(key, chosen=key in first)
    return first


def _equal(problem: Problem, model: Model, like: Keys, block: Sequence[str]) -> Keys | None:
    """Return the set that is equal to this one and whose keys within the block come first; None without one."""
    for _ in range(MAX_TRIES):
        found = model.prefer(block)
        if found is None or (problem.allows(found) and _measure(problem, found) == _measure(problem, like)):
            return found
        model.cut_off(found)
    raise SolverError("HiGHS proposed only sets that are not equal.")


def _measure(problem: Problem, keys: Keys) -> tuple[int, int, Fraction]:
    return problem.cost(keys), len(keys), problem.gain(keys)


def choice_of(
    candidates: Candidates,
    limits: Limits,
    problem: Problem,
    picked: Picked,
    left_out: tuple[LeftOut, ...] = (),
) -> Choice:
    """Return a picked set as a choice."""
    short_cents, short_hours = short_of(problem, picked.chosen)
    return Choice(
        chosen=tuple(sorted(picked.chosen)),
        gain=problem.gain(picked.chosen),
        cost_cents=problem.cost(picked.chosen),
        hours=problem.hours_of(picked.chosen),
        best=picked.best,
        most=picked.most,
        limits=limits,
        left_out=left_out,
        short_cents=short_cents,
        short_hours=short_hours,
    )


def short_of(problem: Problem, chosen: Keys) -> tuple[int, Fraction]:
    """Return how many cents and hours a set needs above its limits."""
    cents, hours = problem.budget_cents, problem.hours
    return (
        0 if cents is None else max(0, problem.cost(chosen) - cents),
        ZERO if hours is None else max(ZERO, problem.hours_of(chosen) - hours),
    )


def project(candidates: Candidates, findings: Findings, chosen: Collection[str]) -> tuple[ProjectedCell, ...]:
    """Return every cell before and after a chosen set: the score and what is gained in it, unweighted.

    `actions` of a cell are those that reach it, most levels first.
    """
    found = [candidates.actions[key] for key in sorted(chosen) if key in candidates.actions]
    gained: dict[str, Fraction] = {}
    for spot, levels in gained_by_spot((one.reach for one in found), candidates.parts).items():
        gained[spot.cell] = gained.get(spot.cell, ZERO) + levels
    cells = []
    for cell in findings.cells:
        reach = {
            one.key: sum((levels for spot, levels in one.reach.items() if spot.cell == cell.key), ZERO)
            for one in found
        }
        served = sorted((key for key in reach if reach[key]), key=lambda key: (-reach[key], key))
        after = None if cell.score is None else min(TOP, cell.score + gained.get(cell.key, ZERO))
        cells.append(ProjectedCell(cell.key, cell.score, cell.target, after, tuple(served)))
    return tuple(cells)


def gain_against(candidates: Candidates, key: str, challenge: str) -> Fraction:
    """Return what one action does against one challenge: the sum over cells of relevance x min(part, lift)."""
    reach = {
        spot: levels for spot, levels in candidates.actions[key].reach.items() if spot.challenge == challenge
    }
    return gain_of([reach], candidates.parts, candidates.relevance)
