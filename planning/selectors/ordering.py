"""What comes first if only part of a plan is funded. Exact, and the same every time.

Must-haves come first, then what gains most for its money: again and again the action (with the prerequisites that
it still needs) that closes most of what is left for a cent is taken; what costs nothing goes before what costs
something; ties end in the order of keys.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from planning.core.candidates import gain_of
from planning.core.values import Candidates

ZERO = Fraction(0)


def order_if_part_funded(
    candidates: Candidates, chosen: Iterable[str], *, must: frozenset[str], cents: Mapping[str, int]
) -> tuple[tuple[str, Fraction], ...]:
    """Return the chosen actions in order, each with the gain of all up to it. `cents` is what each costs."""
    left, taken = set(chosen), list[str]()
    found: list[tuple[str, Fraction]] = []
    while left:
        chains = {key: _chain(candidates, key, left) for key in left}
        musts = [key for key in left if key in must] or list(left)
        base = _gain(candidates, taken)
        best = min(musts, key=lambda key: _rank(candidates, taken, chains[key], base, cents))
        for key in chains[best]:
            taken.append(key)
            left.discard(key)
            found.append((key, _gain(candidates, taken)))
    return tuple(found)


def _rank(
    candidates: Candidates,
    taken: list[str],
    chain: tuple[str, ...],
    base: Fraction,
    cents: Mapping[str, int],
) -> tuple[int, Fraction, tuple[str, ...]]:
    gain = _gain(candidates, [*taken, *chain]) - base
    cost = sum(cents.get(key, 0) for key in chain)
    if not cost:
        return (0, -gain, chain)
    return (1, -gain / cost, chain)


def _chain(candidates: Candidates, key: str, left: set[str]) -> tuple[str, ...]:
    """Return the prerequisites that are still to be taken, and the action itself, in order."""
    found: list[str] = []

    def add(one: str) -> None:
        if one in left and one not in found:
            for needed in sorted(candidates.actions[one].action.requires):
                add(needed)
            found.append(one)

    add(key)
    return tuple(found)


def _gain(candidates: Candidates, keys: Iterable[str]) -> Fraction:
    reaches = [candidates.actions[key].reach for key in keys]
    return gain_of(reaches, candidates.parts, candidates.relevance) if reaches else ZERO
