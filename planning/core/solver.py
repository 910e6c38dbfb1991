"""The one door to HiGHS: a choice as a mixed-integer program. Nobody else imports highspy.

Columns: one 0/1 for each option, one in 0..1 for the filled share of each spot's part. Gains are given to
the solver as shares of everything that could be gained, so that tolerances mean the same in every plan;
costs in cents. The solver's floats propose; `Problem` checks in fractions and cents, and a proposal that
fails is cut off. One thread, fixed seed, MIP feasibility 1e-7 with the default primal tolerance (1e-9
called solvable cases infeasible).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import highspy
import numpy as np

from planning.core.values import Spot

INFINITY = highspy.kHighsInf
ZERO = Fraction(0)


class SolverError(RuntimeError):
    """The solver ended in a way that is neither optimal nor infeasible."""


@dataclass(frozen=True, slots=True)
class Option:
    """One action that may be chosen: cents over the horizon, hours, levels by spot, prerequisites among the options."""

    key: str
    cost_cents: int
    hours: Fraction
    reach: Mapping[Spot, Fraction]
    requires: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Problem:
    """Options in order of their keys, what can be gained by spot, and limits; `must` are in."""

    options: tuple[Option, ...]
    parts: Mapping[Spot, Fraction]
    relevance: Mapping[str, Fraction]
    budget_cents: int | None = None
    hours: Fraction | None = None
    must: frozenset[str] = frozenset()

    def of(self, chosen: frozenset[str]) -> list[Option]:
        return [option for option in self.options if option.key in chosen]

    def gain(self, chosen: frozenset[str]) -> Fraction:
        """Return the exact gain of a set."""
        sums: dict[Spot, Fraction] = {}
        for option in self.of(chosen):
            for spot, levels in option.reach.items():
                sums[spot] = sums.get(spot, ZERO) + levels
        return sum(
            (self.relevance[spot.cell] * min(self.parts[spot], levels) for spot, levels in sums.items()), ZERO
        )

    def cost(self, chosen: frozenset[str]) -> int:
        return sum(option.cost_cents for option in self.of(chosen))

    def hours_of(self, chosen: frozenset[str]) -> Fraction:
        return sum((option.hours for option in self.of(chosen)), ZERO)

    def allows(self, chosen: frozenset[str]) -> bool:
        """Return whether a set keeps budget, hours, prerequisites and must-haves."""
        return (
            (self.budget_cents is None or self.cost(chosen) <= self.budget_cents)
            and (self.hours is None or self.hours_of(chosen) <= self.hours)
            and all(option.requires <= chosen for option in self.of(chosen))
            and self.must <= chosen
        )


@dataclass(slots=True)
class Model:
    """The program in HiGHS. Every question asked of it changes costs and row bounds only, and is put back after."""

    problem: Problem
    solves: int = 0
    _highs: highspy.Highs = field(init=False)
    _spots: list[Spot] = field(init=False)
    _scale: Fraction = field(init=False)
    _rows: dict[str, int] = field(init=False, default_factory=dict)
    _gain: list[float] = field(init=False)

    def __post_init__(self) -> None:
        problem = self.problem
        reached = {spot for option in problem.options for spot in option.reach}
        self._spots = sorted(spot for spot in reached if problem.parts.get(spot))
        worth = [problem.relevance[spot.cell] * problem.parts[spot] for spot in self._spots]
        self._scale = sum(worth, ZERO) or Fraction(1)
        self._gain = [0.0] * len(problem.options) + [float(one / self._scale) for one in worth]
        self._highs = new_highs()
        self._add_columns()
        self._add_rows()

    def _add_columns(self) -> None:
        for option in self.problem.options:
            self._highs.addVar(1.0 if option.key in self.problem.must else 0.0, 1.0)
        for column in range(len(self.problem.options)):
            self._highs.changeColIntegrality(column, highspy.HighsVarType.kInteger)
        for _ in self._spots:
            self._highs.addVar(0.0, 1.0)

    def _add_rows(self) -> None:
        options, place = self.problem.options, {o.key: n for n, o in enumerate(self.problem.options)}
        for number, spot in enumerate(self._spots, len(options)):
            lifts = {n: option.reach[spot] for n, option in enumerate(options) if spot in option.reach}
            part = self.problem.parts[spot]
            # A lift above the part counts as the part: the same sets, a tighter program.
            terms = {n: float(min(Fraction(1), levels / part)) for n, levels in lifts.items()}
            self._row(terms | {number: -1.0}, 0.0, INFINITY)
        for number, option in enumerate(options):
            for needed in sorted(option.requires):
                self._row({place[needed]: 1.0, number: -1.0}, 0.0, INFINITY)
        every = range(len(options))
        budget, hours = self.problem.budget_cents, self.problem.hours
        self._named("cost", {n: float(options[n].cost_cents) for n in every}, budget)
        self._named("hours", {n: float(options[n].hours) for n in every}, hours)
        self._named("number", dict.fromkeys(every, 1.0), None)
        self._rows["gain"] = self._row(dict(enumerate(self._gain)), -INFINITY, INFINITY)

    def _named(self, name: str, terms: Mapping[int, float], upper: int | Fraction | None) -> None:
        self._rows[name] = self._row(terms, -INFINITY, INFINITY if upper is None else float(upper))

    def _row(self, terms: Mapping[int, float], lower: float, upper: float) -> int:
        used = {column: value for column, value in terms.items() if value}
        columns = np.array(list(used), dtype=np.int32)
        values = np.array(list(used.values()), dtype=np.float64)
        self._highs.addRow(lower, upper, len(columns), columns, values)
        return int(self._highs.getNumRow()) - 1

    def at_most(self, name: str, upper: float) -> None:
        """Bound cost (cents) or number from above, from now on."""
        self._highs.changeRowBounds(self._rows[name], -INFINITY, float(upper))

    def gain_at_least(self, gain: Fraction) -> None:
        """Bound the gain from below, from now on; the solver's tolerance lets a little less pass."""
        self._highs.changeRowBounds(self._rows["gain"], float(gain / self._scale), INFINITY)

    def fix(self, key: str, *, chosen: bool) -> None:
        """Fix an option, from now on."""
        column = next(n for n, option in enumerate(self.problem.options) if option.key == key)
        self._highs.changeColBounds(column, float(chosen), float(chosen))

    def cut_off(self, chosen: frozenset[str]) -> None:
        """Refuse exactly this set, from now on."""
        terms = {n: 1.0 if o.key in chosen else -1.0 for n, o in enumerate(self.problem.options)}
        self._row(terms, -INFINITY, len(chosen) - 1.0)

    def solve(self, aim: str, start: frozenset[str] | None = None) -> frozenset[str] | None:
        """Return the best set for `aim`: most 'gain', least 'cost', least 'number'; None where there is none.

        `start` is a set known to be allowed, from which the search may begin.
        """
        number = len(self.problem.options)
        sign = -1.0 if aim == "gain" else 1.0
        costs = {
            "gain": self._gain,
            "cost": [float(option.cost_cents) for option in self.problem.options],
            "number": [1.0] * number,
        }[aim]
        whole = np.zeros(number + len(self._spots))
        whole[: len(costs)] = np.array(costs) * sign
        self._highs.changeColsCost(len(whole), np.arange(len(whole), dtype=np.int32), whole)
        self._highs.setOptionValue("mip_abs_gap", 1e-9 if aim == "gain" else 0.5)
        if start is not None:
            self._start_from(start)
        self._highs.run()
        self.solves += 1
        status = self._highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise SolverError(f"HiGHS ended with {self._highs.modelStatusToString(status)}.")
        values = self._highs.getSolution().col_value[:number]
        return frozenset(
            option.key for option, value in zip(self.problem.options, values, strict=True) if value > 0.5
        )

    def _start_from(self, chosen: frozenset[str]) -> None:
        solution = highspy.HighsSolution()
        levels = dict.fromkeys(self._spots, ZERO)
        for option in self.problem.of(chosen):
            for spot, lift in option.reach.items():
                if spot in levels:
                    levels[spot] += lift
        solution.col_value = [1.0 if o.key in chosen else 0.0 for o in self.problem.options] + [
            min(1.0, float(levels[spot] / self.problem.parts[spot])) for spot in self._spots
        ]
        self._highs.setSolution(solution)


def new_highs() -> highspy.Highs:
    """Return a quiet solver with the options that every run uses."""
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in {
        "output_flag": False,
        "threads": 1,
        "random_seed": 0,
        "mip_rel_gap": 0.0,
        "mip_feasibility_tolerance": 1e-7,
    }.items():
        highs.setOptionValue(name, value)
    return highs


def options_in_order(options: Sequence[Option]) -> tuple[Option, ...]:
    """Return options sorted by key, as `Problem` wants them."""
    return tuple(sorted(options, key=lambda option: option.key))
