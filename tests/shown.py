"""What the template of the report shows of a small document."""

from fractions import Fraction

from django.utils import translation

from reports.render.pdf import build
from tests.factories.documents import OPEN, challenge, part, small


def values(**changes):
    """Return what the template shows of a small document with these changes."""
    with translation.override("en"):
        return build(small(**changes), language="en", code="")


def cause(key, **changes):
    """Return a challenge that our records show."""
    return challenge(key, "people", Fraction(3), part("slow", OPEN, Fraction(3))).model_copy(update=changes)
