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
    reach: dict[Spot, Fraction] = defaultdict(Fraction)
    for lift in action.lifts:
        inside = {
            spot: part
            for spot, part in parts.items()
            if spot.cell == lift.cell
            and (spot.challenge in action.resolves or (action.own and not action.resolves))
        }
        total = sum(inside.values(), ZERO)
        for spot, part in inside.items():
            reach[spot] += lift.levels * part / total
    return {spot: levels for spot, levels in reach.items() if levels > 0}


def gain_of(
    reaches: Iterable[Mapping[Spot, Fraction]], parts: Parts, relevance: Mapping[str, Fraction]
) -> Fraction:
    """Return the gain of a set of actions: the sum of relevance x min(part, sum of their lifts)."""
    return sum(
        (relevance[spot.cell] * levels for spot, levels in gained_by_spot(reaches, parts).items()), ZERO
    )


def gained_by_spot(reaches: Iterable[Mapping[Spot, Fraction]], parts: Parts) -> dict[Spot, Fraction]:
    """Return the levels gained in each spot: min(part, sum of the lifts)."""
    sums: dict[Spot, Fraction] = defaultdict(Fraction)
    for reach in reaches:
        for spot, levels in reach.items():
            sums[spot] += levels
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


def find_candidates(
    actions: Mapping[str, Action],
    findings: Findings,
    goals: Sequence[Goal],
    numbers: Numbers,
    *,
    figures: Mapping[str, OwnFigures] | None = None,
    marks: Marks | None = None,
) -> Candidates:
    """Return every action with its standing.

    Args:
        actions: the catalogue's and the organization's own, by key; own ones count as added by hand.
        figures: the organization's own figures by action.
        marks: what is done, proposed as done, or added by hand.
    """
    figures, marks = figures or {}, marks or Marks()
    parts = findings.parts
    priced = {key: price(one, numbers, figures.get(key, OwnFigures())) for key, one in actions.items()}
    desk = _Desk(actions, marks, priced, {key: reach_of(one, parts) for key, one in actions.items()})
    relevance = relevance_of(findings, goals)
    standings = desk.standings()
    found = {
        key: _candidate(desk, key, standings[key], figures.get(key), parts, relevance)
        for key in sorted(actions)
    }
    found = with_thread(found, goals)
    reached = {spot for one in found.values() if one.standing is Standing.CANDIDATE for spot in one.reach}
    unreached = tuple(sorted(spot for spot in parts if spot not in reached))
    return Candidates(found, parts, relevance, unreached)


@dataclass(slots=True)
class _Desk:
    """What is at hand while standings are worked out."""

    actions: Mapping[str, Action]
    marks: Marks
    priced: Mapping[str, Priced]
    reaches: Mapping[str, dict[Spot, Fraction]]
    possible: dict[str, bool] = field(default_factory=dict)

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
        return {key for key in self.actions if self.reaches[key] or self.by_hand(key)} - self.marks.done

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


def _candidate(
    desk: _Desk,
    key: str,
    standing: Standing,
    figures: OwnFigures | None,
    parts: Parts,
    relevance: Mapping[str, Fraction],
) -> Candidate:
    action, reach = desk.actions[key], desk.reaches[key]
    why = None
    if standing is Standing.CANDIDATE:
        why = Why.GAP if reach else Why.BY_HAND if desk.by_hand(key) else Why.PREREQUISITE
    own_hours = figures.hours if figures is not None else None
    return Candidate(
        action=action,
        standing=standing,
        why=why,
        reach=reach,
        gain=gain_of([reach], parts, relevance),
        cost=desk.priced[key].cost,
        hours=action.hours if own_hours is None else own_hours,
        numbers_missing=desk.missing(key) if standing is Standing.ASKS_NUMBER else (),
        blocked_by=desk.blocked_by(key) if standing is Standing.IMPOSSIBLE else (),
        proposed_done=key in desk.marks.proposed - desk.marks.not_done - desk.marks.done,
        challenges=_ranked(reach, lambda spot: spot.challenge),
        cells=_ranked(reach, lambda spot: spot.cell),
    )


def _ranked(reach: Mapping[Spot, Fraction], name: Callable[[Spot], str]) -> tuple[str, ...]:
    """Return the challenges or cells of a reach, those with most levels first."""
    sums: dict[str, Fraction] = defaultdict(Fraction)
    for spot, levels in reach.items():
        sums[name(spot)] += levels
    return tuple(sorted(sums, key=lambda key: (-sums[key], key)))


def with_thread(found: Mapping[str, Candidate], goals: Sequence[Goal]) -> dict[str, Candidate]:
    """Add to each candidate the goals of the areas that it reaches, and the candidates that require it."""
    needed_by: dict[str, list[str]] = defaultdict(list)
    for key, one in found.items():
        if one.standing is Standing.CANDIDATE:
            for needed in one.action.requires:
                needed_by[needed].append(key)
    threaded = {}
    for key, one in found.items():
        areas = {cell.split("/")[1] for cell in one.cells}
        served = tuple(goal.key for goal in goals if areas & goal.areas)
        threaded[key] = replace(one, goals=served, needed_by=tuple(sorted(needed_by[key])))
    return threaded
