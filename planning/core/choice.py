"""Choose actions under limits, exactly, and say why each other one is left out.

Among all sets whose gain is no more than a hundredth of the most that can be gained without a budget below the best:
lowest cost, then fewest actions, then most gain, then the first sorted list of keys. HiGHS proposes, fractions and
cents decide. Money is cents and hours are staff hours over the horizon. Source: docs/arithmetic.md, docs/adr/0005.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from fractions import Fraction

from planning.core.candidates import closure, gain_of, gained_by_spot
from planning.core.reasons import reasons
from planning.core.solver import Aim, Model, Option, Problem, SolverError
from planning.core.values import (
    Candidates,
    Choice,
    Findings,
    Limits,
    ProjectedCell,
)

NEAR = Fraction(1, 100)
MAX_TRIES = 1000
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
    must = problem.must
    if not problem.allows(must) or not problem.parts or not problem.options:
        return _choice(candidates, limits, problem, must, best=problem.gain(must), most=most)
    if most is None:
        most = most_gain(replace(problem, budget_cents=None))
    chosen, best = best_set(problem, most)
    return _choice(candidates, limits, problem, chosen, best=best, most=most)


def judge(
    candidates: Candidates, chosen: Collection[str], limits: Limits, *, most: Fraction | None = None
) -> Choice:
    """Return a set chosen by hand as a choice: its gain, cost and hours, and why the others are not in it.

    Keys that are not candidates are passed over. `best` is the set's own gain, `most` the most without a budget.
    """
    problem = problem_of(candidates, replace(limits, must=frozenset(), excluded=frozenset()))
    mine = frozenset(chosen) & {option.key for option in problem.options}
    if most is None:
        most = most_gain(replace(problem, budget_cents=None))
    return _choice(candidates, limits, problem, mine, best=problem.gain(mine), most=most)


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


def most_gain(problem: Problem) -> Fraction:
    """Return the most that the limits of a problem allow."""
    everything = frozenset(option.key for option in problem.options)
    if problem.allows(everything) or not problem.parts or not problem.allows(problem.must):
        return problem.gain(everything)
    return problem.gain(_proven(Model(problem), Aim.MOST_GAIN, problem.allows, None))


def best_set(problem: Problem, most: Fraction) -> tuple[Keys, Fraction]:
    """Return the set that the rule of this module picks, and the most that the limits allow."""
    chosen = _proven(Model(problem), Aim.MOST_GAIN, problem.allows, None)
    best = problem.gain(chosen)
    enough = best - NEAR * most

    def near(keys: Keys) -> bool:
        return problem.allows(keys) and problem.gain(keys) >= enough

    model = Model(problem)
    model.gain_at_least(enough)
    chosen = _proven(model, Aim.LEAST_COST, near, chosen)
    cost = problem.cost(chosen)
    model.cost_at_most(cost)
    chosen = _proven(model, Aim.FEWEST, lambda keys: near(keys) and problem.cost(keys) <= cost, chosen)
    return _first_of_equals(problem, model, chosen), best


def _proven(model: Model, aim: Aim, keeps: Callable[[Keys], bool], start: Keys | None) -> Keys:
    """Return the solver's best set that keeps the exact bounds; those that only seemed to are cut off."""
    for _ in range(MAX_TRIES):
        found = model.solve(aim, start)
        if found is None:
            raise SolverError("HiGHS found no set where there is one.")
        if keeps(found):
            return found
        model.cut_off(found)
    raise SolverError("HiGHS proposed only sets that break a bound.")


@dataclass(slots=True)
class _Equals:
    """Sets that cost, number and gain the same as `chosen`."""

    problem: Problem
    model: Model
    chosen: Keys

    def next(self) -> Keys | None:
        """Return another one within what is fixed in the model, and cut it off; None where there is none."""
        wanted = self._measure(self.chosen)
        for _ in range(MAX_TRIES):
            found = self.model.solve(Aim.FEWEST)
            if found is None:
                return None
            self.model.cut_off(found)
            if self.problem.allows(found) and self._measure(found) == wanted:
                return found
        raise SolverError("HiGHS proposed only sets that are not equal.")

    def _measure(self, keys: Keys) -> tuple[int, int, Fraction]:
        return self.problem.cost(keys), len(keys), self.problem.gain(keys)


def _first_of_equals(problem: Problem, model: Model, chosen: Keys) -> Keys:
    """Return the first sorted list of keys among the sets that are equal in cost, number and gain."""
    model.number_at_most(len(chosen))
    model.gain_at_least(problem.gain(chosen))
    model.cut_off(chosen)
    equals = _Equals(problem, model, chosen)
    other = equals.next()
    if other is None:
        return chosen
    first = min(chosen, other, key=sorted)
    for key in (option.key for option in problem.options):
        if key not in first:
            model.fix(key, chosen=True)
            other = equals.next()
            if other is None:
                model.fix(key, chosen=False)
                continue
            first = other
        model.fix(key, chosen=True)
    return first


def _choice(
    candidates: Candidates,
    limits: Limits,
    problem: Problem,
    chosen: Keys,
    *,
    best: Fraction,
    most: Fraction | None,
) -> Choice:
    """Return a set as a choice, with the reasons of the others."""
    cost, hours = problem.cost(chosen), problem.hours_of(chosen)
    over_cents = 0 if limits.budget_cents is None else max(0, cost - limits.budget_cents)
    over_hours = ZERO if limits.hours is None else max(ZERO, hours - limits.hours)
    return Choice(
        chosen=tuple(sorted(chosen)),
        gain=problem.gain(chosen),
        cost_cents=cost,
        hours=hours,
        best=best,
        most=best if most is None else most,
        limits=limits,
        left_out=reasons(candidates, limits, problem, chosen),
        short_cents=over_cents,
        short_hours=over_hours,
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


def lacking(candidates: Candidates, chosen: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return the prerequisites that a set chosen by hand lacks, by action."""
    have = frozenset(chosen) | candidates.done
    found = {
        key: tuple(needed for needed in candidates.actions[key].action.requires if needed not in have)
        for key in sorted(chosen)
        if key in candidates.actions
    }
    return {key: needed for key, needed in found.items() if needed}


def gain_against(candidates: Candidates, key: str, challenge: str) -> Fraction:
    """Return what one action does against one challenge: the sum over cells of relevance x min(part, lift)."""
    reach = {
        spot: levels for spot, levels in candidates.actions[key].reach.items() if spot.challenge == challenge
    }
    return gain_of([reach], candidates.parts, candidates.relevance)
