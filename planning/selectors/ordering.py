"""What comes first if only part of a plan is funded. Exact, and the same every time.

Must-haves come first, then what gains most for its money: again and again the action (with the prerequisites that
it still needs) that closes most of what is left for a cent is taken; what costs nothing goes before what costs
something; ties end in the order of keys. Levels are whole numbers here, over one common denominator, so that the
many small sums stay exact and quick.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import lcm

from planning.core.values import Candidates, Spot

Ordered = tuple[tuple[str, Fraction], ...]


def order_if_part_funded(
    candidates: Candidates, chosen: Iterable[str], *, must: frozenset[str], cents: Mapping[str, int]
) -> Ordered:
    """Return the chosen actions in order, each with the gain of all up to it. `cents` is what each costs."""
    desk = _Desk(candidates, frozenset(chosen))
    found: list[tuple[str, Fraction]] = []
    while desk.left:
        pool = desk.left & must or desk.left
        best = min((desk.chain(key) for key in pool), key=lambda chain: desk.rank(chain, cents))
        for key in best:
            desk.take(key)
            found.append((key, desk.gain))
    return tuple(found)


class _Desk:
    """What is taken so far, and what each next chain would add."""

    def __init__(self, candidates: Candidates, chosen: frozenset[str]) -> None:
        self.left = set(chosen)
        self.requires = {key: sorted(candidates.actions[key].action.requires) for key in chosen}
        reaches = {key: candidates.actions[key].reach for key in chosen}
        self.scale = lcm(
            *(part.denominator for part in candidates.parts.values()),
            *(levels.denominator for reach in reaches.values() for levels in reach.values()),
        )
        self.weight = lcm(*(value.denominator for value in candidates.relevance.values()))
        self.parts = {spot: self._whole(part) for spot, part in candidates.parts.items()}
        self.relevance = {cell: int(value * self.weight) for cell, value in candidates.relevance.items()}
        self.reach = {
            key: {spot: self._whole(levels) for spot, levels in reach.items()}
            for key, reach in reaches.items()
        }
        self.sums: dict[Spot, int] = {}
        self.total = 0

    def _whole(self, levels: Fraction) -> int:
        return int(levels * self.scale)

    @property
    def gain(self) -> Fraction:
        """The gain of what is taken."""
        return Fraction(self.total, self.scale * self.weight)

    def chain(self, key: str) -> tuple[str, ...]:
        """Return the prerequisites that are still to be taken, and the action itself, in order."""
        found: list[str] = []

        def add(one: str) -> None:
            if one in self.left and one not in found:
                for needed in self.requires[one]:
                    add(needed)
                found.append(one)

        add(key)
        return tuple(found)

    def rank(self, chain: tuple[str, ...], cents: Mapping[str, int]) -> tuple[int, Fraction, tuple[str, ...]]:
        """Return where a chain stands: free ones first, then the most gain for a cent."""
        cost = sum(cents.get(key, 0) for key in chain)
        gain = self.adds(chain)
        return (1, Fraction(-gain, cost), chain) if cost else (0, Fraction(-gain), chain)

    def adds(self, chain: Iterable[str]) -> int:
        """Return what a chain would add to the gain."""
        more: dict[Spot, int] = {}
        for key in chain:
            for spot, levels in self.reach[key].items():
                more[spot] = more.get(spot, 0) + levels
        added = 0
        for spot, levels in more.items():
            part, before = self.parts.get(spot, 0), self.sums.get(spot, 0)
            added += self.relevance[spot.cell] * (min(part, before + levels) - min(part, before))
        return added

    def take(self, key: str) -> None:
        """Take one action."""
        self.total += self.adds([key])
        for spot, levels in self.reach[key].items():
            self.sums[spot] = self.sums.get(spot, 0) + levels
        self.left.discard(key)
