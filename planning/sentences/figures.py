"""What sentences about the inventory are made of: the numbers of one part, read safely."""

from collections.abc import Mapping
from fractions import Fraction

from django.utils.translation import ngettext

from planning.core.values import Figure
from planning.sentences.numbers import percent

Numbers = Mapping[str, Figure]


def whole(value: Figure) -> int:
    """Return a figure that is a whole number."""
    if isinstance(value, int):
        return value
    raise ValueError(f"{value!r} is not a whole number.")


def exact_or_least(numbers: Numbers, name: str) -> tuple[int, bool]:
    """Return a number and whether it is only a lower bound."""
    exact = numbers.get(name)
    if exact is None:
        return whole(numbers[f"{name}_at_least"]), True
    return whole(exact), False


def share_limit(numbers: Numbers) -> dict[str, str]:
    return {"limit": percent(Fraction(whole(numbers["limit_percent"]), 100))}


def paid_people(numbers: Numbers) -> str:
    """Return how many paid people there are, as words."""
    staff = whole(numbers["staff"])
    return ngettext("%(count)d paid person", "%(count)d paid people", staff) % {"count": staff}
