"""The arithmetic of a cause in words and numbers that a director can check. Figures have up to two places."""

from fractions import Fraction

from django.utils.translation import gettext as _

from planning.selectors import ChallengePicture, ContributionPicture
from planning.sentences.numbers import decimal, percent

MOST_ADDENDS = 12


def contribution(one: ContributionPicture) -> str:
    """Return how one low answer counts: (target - level) x weight x part x factor."""
    return _("(%(target)s − %(level)s) × weight %(weight)s × part %(part)s × factor %(factor)s") % {
        "target": one.target,
        "level": decimal(one.level, 2),
        "weight": one.weight,
        "part": _fraction(one.share),
        "factor": _fraction(one.factor),
    }


def together(cause: ChallengePicture) -> str:
    """Return the sum of what the low answers give, and its share of all challenges."""
    amounts = [decimal(one.amount, 2) for one in cause.contributions]
    shown = amounts[:MOST_ADDENDS] + (["…"] if len(amounts) > MOST_ADDENDS else [])
    whole = cause.strength / cause.share if cause.share else Fraction(0)
    return _(
        "%(sum)s = %(strength)s. All challenges together come to %(whole)s; %(strength)s of %(whole)s is "
        "%(share)s. Figures are rounded to two places."
    ) % {
        "sum": " + ".join(shown),
        "strength": decimal(cause.strength, 2),
        "whole": decimal(whole, 2),
        "share": percent(cause.share),
    }


def _fraction(value: Fraction) -> str:
    """Return a fraction as people write it, 1/3; a long one with two places."""
    return str(value) if value.denominator <= 20 else decimal(value, 2)
