"""The one door to HiGHS: a choice as a mixed-integer program. Nobody else imports highspy.

Columns: one 0/1 for each option, one in 0..1 for the filled share of each spot's part. Gains are given to
the solver as shares of everything that could be gained, so that tolerances mean the same in every plan;
costs in cents. The solver's floats propose; `Problem` checks in fractions and cents, and a proposal that
fails is cut off. One thread, fixed seed, MIP feasibility 1e-7 with the default primal tolerance (1e-9
called solvable cases infeasible).
"""

import os
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from functools import cached_property
from math import lcm

import highspy
import numpy as np
from numpy.typing import NDArray

from planning.core.values import Spot

INFINITY = highspy.kHighsInf
ZERO = Fraction(0)
DOLLAR = 100  # cents; costs go to the solver in dollars, which are better scaled


class Aim(Enum):
    """What is asked of the solver."""

    MOST_GAIN = "most gain"
    LEAST_COST = "least cost, then fewest options"


# What was quickest on catalogues of 200 actions: searching sub-problems and trying columns costs more than it finds.
SEARCH: dict[str, bool | int] = {
    "mip_allow_restart": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_root_reduced_cost": False,
    "mip_pscost_minreliable": 1,
}
# Bit of the rule 'Enumeration' of HiGHS 1.15: it reduces some of our programs to a set that breaks a prerequisite.
RULES_OFF = 1 << 16
SECONDS = 30.0  # for all questions to one model; people wait for them


def _greet_aside() -> None:
    """Make a first solver with standard output turned off.

    HiGHS prints a banner there once a process, which would stand in the output of our commands.
    """
    try:
        sys.stdout.flush()
        kept = os.dup(1)
    except (OSError, ValueError):  # no standard output: nobody reads the banner
        return
    try:
        with open(os.devnull, "w") as nowhere:
            os.dup2(nowhere.fileno(), 1)
        highspy.Highs()  # type: ignore[no-untyped-call]
    finally:
        os.dup2(kept, 1)
        os.close(kept)


_greet_aside()


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


@dataclass(frozen=True)
class Problem:
    """Options in order of their keys, what can be gained by spot, and limits; `must` are in.

    Gains are exact: everything is brought to one denominator once and added as whole numbers.
    """

    options: tuple[Option, ...]
    parts: Mapping[Spot, Fraction]
    relevance: Mapping[str, Fraction]
    budget_cents: int | None = None
    hours: Fraction | None = None
    must: frozenset[str] = frozenset()

    @cached_property
    def by_key(self) -> dict[str, Option]:
        return {option.key: option for option in self.options}

    @cached_property
    def _whole(self) -> tuple[int, dict[Spot, int], dict[str, dict[Spot, int]]]:
        """One denominator, the worth of each part, and of each option's lifts, as multiples of its inverse."""
        parts = {spot: self.relevance[spot.cell] * part for spot, part in self.parts.items()}
        reaches = {
            option.key: {
                spot: self.relevance[spot.cell] * levels
                for spot, levels in option.reach.items()
                if spot in parts
            }
            for option in self.options
        }
        every = [*parts.values(), *(worth for reach in reaches.values() for worth in reach.values())]
        common = lcm(*(worth.denominator for worth in every))
        return (
            common,
            {spot: int(worth * common) for spot, worth in parts.items()},
            {
                key: {spot: int(worth * common) for spot, worth in reach.items()}
                for key, reach in reaches.items()
            },
        )

    def gain(self, chosen: Collection[str]) -> Fraction:
        """Return the exact gain of a set: the sum of relevance x min(part, sum of the lifts)."""
        common, parts, reaches = self._whole
        sums: dict[Spot, int] = {}
        for key in chosen:
            for spot, worth in reaches.get(key, {}).items():
                sums[spot] = sums.get(spot, 0) + worth
        return Fraction(sum(min(parts[spot], worth) for spot, worth in sums.items()), common)

    def cost(self, chosen: Collection[str]) -> int:
        return sum(self.by_key[key].cost_cents for key in chosen)

    def hours_of(self, chosen: Collection[str]) -> Fraction:
        return sum((self.by_key[key].hours for key in chosen), ZERO)

    def allows(self, chosen: frozenset[str]) -> bool:
        """Return whether a set keeps budget, hours, prerequisites and must-haves."""
        return (
            (self.budget_cents is None or self.cost(chosen) <= self.budget_cents)
            and (self.hours is None or self.hours_of(chosen) <= self.hours)
            and all(self.by_key[key].requires <= chosen for key in chosen)
            and self.must <= chosen
        )


@dataclass(frozen=True, slots=True)
class Fill:
    """Spots that fill alike: a share of their worth by each option (at most 1), all of it at 1."""

    shares: tuple[tuple[int, Fraction], ...]
    worth: Fraction


def fills_of(problem: Problem) -> tuple[Fill, ...]:
    """Return the spots that options reach, those with the same shares as one.

    A lift above the part counts as the part: the same sets, a tighter program.
    """
    shares: dict[Spot, list[tuple[int, Fraction]]] = {}
    for number, option in enumerate(problem.options):
        for spot, levels in option.reach.items():
            if part := problem.parts.get(spot):
                shares.setdefault(spot, []).append((number, min(Fraction(1), levels / part)))
    worth: dict[tuple[tuple[int, Fraction], ...], Fraction] = {}
    for spot in sorted(shares):
        alike = tuple(shares[spot])
        worth[alike] = worth.get(alike, ZERO) + problem.relevance[spot.cell] * problem.parts[spot]
    return tuple(Fill(alike, total) for alike, total in worth.items())


@dataclass(slots=True)
class Model:
    """The program in HiGHS. Bounds that are set and sets that are cut off stay."""

    problem: Problem
    _highs: highspy.Highs = field(init=False)
    _fills: tuple[Fill, ...] = field(init=False)
    _scale: Fraction = field(init=False)
    _gain: list[float] = field(init=False)
    _rows: dict[str, int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._fills = fills_of(self.problem)
        self._scale = sum((fill.worth for fill in self._fills), ZERO) or Fraction(1)
        self._gain = [0.0] * len(self.problem.options)
        self._gain += [float(fill.worth / self._scale) for fill in self._fills]
        self._highs = new_highs()
        self._add_columns()
        self._add_rows()

    def _add_columns(self) -> None:
        for option in self.problem.options:
            self._highs.addVar(1.0 if option.key in self.problem.must else 0.0, 1.0)
        for column in range(len(self.problem.options)):
            self._highs.changeColIntegrality(column, highspy.HighsVarType.kInteger)
        for _ in self._fills:
            self._highs.addVar(0.0, 1.0)

    def _add_rows(self) -> None:
        options, place = self.problem.options, {o.key: n for n, o in enumerate(self.problem.options)}
        for column, fill in enumerate(self._fills, len(options)):
            self._row({n: float(share) for n, share in fill.shares} | {column: -1.0}, 0.0, INFINITY)
        for number, option in enumerate(options):
            for needed in sorted(option.requires):
                self._row({place[needed]: 1.0, number: -1.0}, 0.0, INFINITY)
        every = range(len(options))
        budget, hours = self.problem.budget_cents, self.problem.hours
        self._named("cost", {n: options[n].cost_cents / DOLLAR for n in every}, budget and budget / DOLLAR)
        self._named("hours", {n: float(options[n].hours) for n in every}, hours)
        self._named("number", dict.fromkeys(every, 1.0), None)
        self._rows["gain"] = self._row(dict(enumerate(self._gain)), -INFINITY, INFINITY)

    def _named(self, name: str, terms: Mapping[int, float], upper: float | Fraction | None) -> None:
        self._rows[name] = self._row(terms, -INFINITY, INFINITY if upper is None else float(upper))

    def _row(self, terms: Mapping[int, float], lower: float, upper: float) -> int:
        used = {column: value for column, value in terms.items() if value}
        columns = np.array(list(used), dtype=np.int32)
        values = np.array(list(used.values()), dtype=np.float64)
        self._highs.addRow(lower, upper, len(columns), columns, values)
        return int(self._highs.getNumRow()) - 1

    def cost_at_most(self, cents: int) -> None:
        """Bound the cost from above, from now on."""
        self._highs.changeRowBounds(self._rows["cost"], -INFINITY, cents / DOLLAR)

    def number_at_most(self, number: int) -> None:
        """Bound the number of options from above, from now on."""
        self._highs.changeRowBounds(self._rows["number"], -INFINITY, float(number))

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

    def solve(
        self, aim: Aim, start: frozenset[str] | None = None, *, unreduced: bool = False
    ) -> frozenset[str] | None:
        """Return the best set for an aim, or None where no set keeps the bounds.

        `start` is a set known to keep them, from which the search may begin. `unreduced`: from now on without
        simplifying the program first, which is slower and errs less where numbers of very unlike size meet.
        """
        if unreduced:
            self._highs.setOptionValue("presolve", "off")
        number = len(self.problem.options)
        gain = np.array(self._gain)
        whole = np.zeros(len(gain))
        if aim is Aim.MOST_GAIN:
            whole = -gain
        elif aim is Aim.LEAST_COST:
            # Then fewest: all options together weigh half a cent.
            whole[:number] = [
                (option.cost_cents + 0.5 / (number + 1)) / DOLLAR for option in self.problem.options
            ]
        if start is not None:
            self._start_from(start)
        return self._run(whole, 0.1 / (number + 1) / DOLLAR if aim is Aim.LEAST_COST else 1e-9)

    def prefer(self, keys: Sequence[str]) -> frozenset[str] | None:
        """Return a set that keeps the bounds and whose keys among these few come first, or None."""
        place = {option.key: number for number, option in enumerate(self.problem.options)}
        whole = np.zeros(len(self._gain))
        for rank, key in enumerate(reversed(keys)):
            whole[place[key]] = -float(2**rank)
        return self._run(whole, 0.5)

    def _run(self, costs: NDArray[np.float64], gap: float) -> frozenset[str] | None:
        """Return the set with the least costs, proven to within `gap`, or None where no set keeps the bounds."""
        self._highs.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)
        self._highs.setOptionValue("mip_abs_gap", gap)
        status = self._ended()
        if status == highspy.HighsModelStatus.kSolveError:
            self._highs.setOptionValue("presolve", "off")
            status = self._ended()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise SolverError(f"HiGHS ended with {self._highs.modelStatusToString(status)}.")
        values = self._highs.getSolution().col_value
        return frozenset(
            option.key for option, value in zip(self.problem.options, values, strict=False) if value > 0.5
        )

    def _ended(self) -> highspy.HighsModelStatus:
        self._highs.run()
        return self._highs.getModelStatus()

    def _start_from(self, chosen: frozenset[str]) -> None:
        inside = [1.0 if option.key in chosen else 0.0 for option in self.problem.options]
        filled = [min(1.0, sum(float(share) * inside[n] for n, share in fill.shares)) for fill in self._fills]
        solution = highspy.HighsSolution()
        solution.col_value = inside + filled
        self._highs.setSolution(solution)


def new_highs() -> highspy.Highs:
    """Return a quiet solver with the options that every run uses."""
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    options: dict[str, bool | int | float] = {
        "output_flag": False,
        "threads": 1,
        "random_seed": 0,
        "mip_rel_gap": 0.0,
        "mip_feasibility_tolerance": 1e-7,
        "presolve_rule_off": RULES_OFF,
        "time_limit": SECONDS,
        **SEARCH,
    }
    for name, value in options.items():
        highs.setOptionValue(name, value)
    return highs
