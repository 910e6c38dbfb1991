"""Which actions could help: relevance of areas, what each action reaches, and where it stands.

Levels are exact fractions. Relevance of an area: 1 + the weights of the goals linked to it, over the plain
mean of that in its instrument. An action's lift in a cell is split among the challenges of that cell that it
resolves, in proportion to their parts; elsewhere it counts nothing. Source: docs/arithmetic.md.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from planning.core.costs import Priced, price
from planning.core.exact import added, added_by
from planning.core.values import (
    Action,
    Candidate,
    Candidates,
    Findings,
    Goal,
    Numbers,
    OwnFigures,
    Spot,
    Standing,
    Why,
)

ZERO = Fraction(0)
Parts = Mapping[Spot, Fraction]


@dataclass(frozen=True, slots=True)
class Marks:
    """What people and the inventory say about actions, by key.

    `done` was confirmed or marked by a person, `not_done` marked against the inventory, `proposed` is what
    the inventory shows to be done, `by_hand` was added by a person.
    """

    done: frozenset[str] = frozenset()
    not_done: frozenset[str] = frozenset()
    proposed: frozenset[str] = frozenset()
    by_hand: frozenset[str] = frozenset()


def relevance_of(findings: Findings, goals: Sequence[Goal]) -> dict[str, Fraction]:
    """Return the relevance of every cell: that of its area."""
    weights = {
        (cell.instrument, cell.area): 1 + sum(goal.weight for goal in goals if cell.area in goal.areas)
        for cell in findings.cells
    }
    by_instrument: dict[str, list[int]] = defaultdict(list)
    for (instrument, _), weight in weights.items():
        by_instrument[instrument].append(weight)
    return {
        cell.key: Fraction(
            weights[cell.instrument, cell.area] * len(by_instrument[cell.instrument]),
            sum(by_instrument[cell.instrument]),
        )
        for cell in findings.cells
    }


def reach_of(action: Action, parts: Parts) -> dict[Spot, Fraction]:
    """Return an action's lift split among the challenges that it resolves, spot by spot."""
    return _reach(action, _by_cell(parts))


def _by_cell(parts: Parts) -> dict[str, dict[Spot, Fraction]]:
    found: dict[str, dict[Spot, Fraction]] = defaultdict(dict)
    for spot, part in parts.items():
        found[spot.cell][spot] = part
    return found


def _reach(action: Action, parts: Mapping[str, Mapping[Spot, Fraction]]) -> dict[Spot, Fraction]:
    shares: list[tuple[Spot, Fraction]] = []
    every = action.own and not action.resolves
    for lift in action.lifts:
        here = parts.get(lift.cell, {})
        inside = {spot: part for spot, part in here.items() if every or spot.challenge in action.resolves}
        if inside and lift.levels > 0:
            one = lift.levels / added(inside.values())
            shares += [(spot, one * part) for spot, part in inside.items()]
    return added_by(shares)


def gain_of(
    reaches: Iterable[Mapping[Spot, Fraction]], parts: Parts, relevance: Mapping[str, Fraction]
) -> Fraction:
    """Return the gain of a set of actions: the sum of relevance x min(part, sum of their lifts)."""
    levels = gained_by_spot(reaches, parts)
    by_cell = added_by((spot.cell, level) for spot, level in levels.items())
    return added(relevance[cell] * level for cell, level in by_cell.items())


def gained_by_spot(reaches: Iterable[Mapping[Spot, Fraction]], parts: Parts) -> dict[Spot, Fraction]:
    """Return the levels gained in each spot: min(part, sum of the lifts)."""
    sums = added_by(pair for reach in reaches for pair in reach.items())
    return {spot: min(parts.get(spot, ZERO), levels) for spot, levels in sums.items()}


def closure(keys: Iterable[str], actions: Mapping[str, Action], done: frozenset[str]) -> set[str]:
    """Return these actions with their prerequisites at any depth, without those done."""
    found: set[str] = set()
    waiting = list(keys)
    while waiting:
        key = waiting.pop()
        if key not in found and key not in done:
            found.add(key)
            waiting += actions[key].requires if key in actions else ()
    return found


@dataclass(frozen=True, slots=True)
class Survey:
    """What each action costs and reaches, whoever marks what: worked out once for several sets of marks.

    `plain` are the candidates but for where they stand and what needs them.
    """

    actions: Mapping[str, Action]
    priced: Mapping[str, Priced]
    plain: Mapping[str, Candidate]
    parts: Parts
    relevance: Mapping[str, Fraction]


def survey(
    actions: Mapping[str, Action],
    findings: Findings,
    goals: Sequence[Goal],
    numbers: Numbers,
    *,
    figures: Mapping[str, OwnFigures] | None = None,
) -> Survey:
    """Return what each action costs and reaches.

    Args:
        actions: the catalogue's and the organization's own, by key; own ones count as added by hand.
        figures: the organization's own figures by action.
    """
    figures = figures or {}
    parts, relevance = findings.parts, relevance_of(findings, goals)
    by_cell = _by_cell(parts)
    priced, plain = {}, {}
    for key, action in sorted(actions.items()):
        own = figures.get(key, OwnFigures())
        priced[key] = price(action, numbers, own)
        reach = _reach(action, by_cell)
        cells = _ranked(reach, lambda spot: spot.cell)
        areas = {cell.split("/")[1] for cell in cells}
        plain[key] = Candidate(
            action=action,
            standing=Standing.NO_GAP,
            reach=reach,
            gain=gain_of([reach], parts, relevance),
            cost=priced[key].cost,
            hours=action.hours if own.hours is None else own.hours,
            goals=tuple(goal.key for goal in goals if areas & goal.areas),
            challenges=tuple(
                one for one in _ranked(reach, lambda spot: spot.challenge) if one in action.resolves
            ),
            cells=cells,
        )
    return Survey(actions, priced, plain, parts, relevance)


def find_candidates(
    actions: Mapping[str, Action],
    findings: Findings,
    goals: Sequence[Goal],
    numbers: Numbers,
    *,
    figures: Mapping[str, OwnFigures] | None = None,
    marks: Marks | None = None,
) -> Candidates:
    """Return every action with its standing: `survey` and `candidates_of` in one step."""
    return candidates_of(survey(actions, findings, goals, numbers, figures=figures), marks or Marks())


def candidates_of(surveyed: Survey, marks: Marks) -> Candidates:
    """Return every action with its standing under these marks: what is done, proposed as done, or added by hand."""
    desk = _Desk(surveyed, marks)
    standings = desk.standings()
    needed_by: dict[str, list[str]] = defaultdict(list)
    for key, standing in standings.items():
        if standing is Standing.CANDIDATE:
            for needed in surveyed.actions[key].requires:
                needed_by[needed].append(key)
    found = {
        key: replace(
            plain,
            standing=standings[key],
            why=desk.why(key) if standings[key] is Standing.CANDIDATE else None,
            numbers_missing=desk.missing(key) if standings[key] is Standing.ASKS_NUMBER else (),
            blocked_by=desk.blocked_by(key) if standings[key] is Standing.IMPOSSIBLE else (),
            proposed_done=key in marks.proposed - marks.not_done - marks.done,
            needed_by=tuple(sorted(needed_by[key])),
        )
        for key, plain in surveyed.plain.items()
    }
    return Candidates(found, surveyed.parts, surveyed.relevance)


@dataclass(slots=True)
class _Desk:
    """What is at hand while standings are worked out."""

    surveyed: Survey
    marks: Marks
    actions: Mapping[str, Action] = field(init=False)
    priced: Mapping[str, Priced] = field(init=False)
    possible: dict[str, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.actions, self.priced = self.surveyed.actions, self.surveyed.priced

    def by_hand(self, key: str) -> bool:
        return key in self.marks.by_hand or (key in self.actions and self.actions[key].own)

    def missing(self, key: str) -> tuple[str, ...]:
        """The numbers to ask for; one added by hand asks for the counts that are 0."""
        priced = self.priced[key]
        return priced.missing + (priced.none_to_count if self.by_hand(key) else ())

    def is_possible(self, key: str) -> bool:
        """Priced, something to count, and every prerequisite done or possible."""
        if key not in self.possible:
            self.possible[key] = (
                key in self.actions
                and not self.priced[key].missing
                and not self.priced[key].none_to_count
                and not self.blocked_by(key)
            )
        return self.possible[key]

    def blocked_by(self, key: str) -> tuple[str, ...]:
        """The prerequisites that are neither done nor possible."""
        return tuple(
            needed
            for needed in self.actions[key].requires
            if needed not in self.marks.done and not self.is_possible(needed)
        )

    def seeds(self) -> set[str]:
        """Actions that are wanted for themselves."""
        return {
            key for key, one in self.surveyed.plain.items() if one.reach or self.by_hand(key)
        } - self.marks.done

    def why(self, key: str) -> Why:
        """Why a candidate is one."""
        if self.surveyed.plain[key].reach:
            return Why.GAP
        return Why.BY_HAND if self.by_hand(key) else Why.PREREQUISITE

    def standings(self) -> dict[str, Standing]:
        seeds, done = self.seeds(), self.marks.done
        wanted = closure(seeds, self.actions, done)
        needed = closure((key for key in seeds if self.is_possible(key)), self.actions, done)
        return {key: self._standing(key, wanted, needed) for key in self.actions}

    def _standing(self, key: str, wanted: set[str], needed: set[str]) -> Standing:
        if key in self.marks.done:
            return Standing.DONE
        if key not in wanted:
            return Standing.NO_GAP
        if self.missing(key):
            return Standing.ASKS_NUMBER
        if self.priced[key].none_to_count:
            return Standing.NONE_TO_COUNT
        if self.blocked_by(key):
            return Standing.IMPOSSIBLE
        return Standing.CANDIDATE if key in needed else Standing.NO_GAP


def _ranked(reach: Mapping[Spot, Fraction], name: Callable[[Spot], str]) -> tuple[str, ...]:
    """Return the challenges or cells of a reach, those with most levels first."""
    sums = added_by((name(spot), levels) for spot, levels in reach.items())
    return tuple(sorted(sums, key=lambda key: (-sums[key], key)))
