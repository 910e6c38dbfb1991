"""Show planning's values: amounts, levels, shares, hours, addresses of rows. Each formats one value."""

from fractions import Fraction
from functools import lru_cache

from django import template
from django.urls import reverse

from organizations.money import typed as typed_words
from organizations.money import whole_money
from planning.core.values import Amount
from planning.render import arithmetic
from planning.selectors import ChallengePicture, ContributionPicture
from planning.sentences import labels, numbers

register = template.Library()


@register.filter
def amount(cents: int | None, currency: str = "USD") -> str:
    """Return an amount in whole units, as in the report; '' for none. Sums are made to the cent."""
    return "" if cents is None else whole_money(cents, currency)


@register.filter
def spread(value: Amount, currency: str = "USD") -> str:
    """Return the low and the high of an amount, as 'low to high'; one figure where they are the same."""
    low, high = whole_money(value.low, currency), whole_money(value.high, currency)
    return low if low == high else f"{low}\u2013{high}"


@register.filter
def typed(cents: int | None) -> str:
    """Return an amount as it stands in a field."""
    return "" if cents is None else typed_words(cents)


@register.filter
def levels(value: Fraction | int | None) -> str:
    """Return a level with one place; '' for none."""
    return numbers.level(value)


@register.filter
def exact(value: Fraction | int | None) -> str:
    """Return a number with up to two places."""
    return "" if value is None else numbers.decimal(value, 2)


@register.filter
def share(value: Fraction | None) -> str:
    """Return a share as whole percent; '' for none."""
    return "" if value is None else numbers.percent(value)


@register.filter
def part(value: Fraction) -> str:
    """Return a share in plain words."""
    return numbers.part(value)


@register.filter
def hours(value: Fraction | int | None) -> str:
    """Return hours as a number with at most one place."""
    return "" if value is None else numbers.decimal(value, 1)


@register.filter
def hours_words(value: Fraction | int | None) -> str:
    """Return hours with their unit."""
    return "" if value is None else numbers.hours(value)


@register.simple_tag
def full_cost(cents: int, currency: str, years: int) -> str:
    """Return an amount as that of the full length of a plan."""
    return labels.full_cost(whole_money(cents, currency), years)


@register.simple_tag
def unscheduled_words(count: int) -> str:
    """Return what happens to chosen actions that have no time in the plan."""
    return labels.unscheduled(count)


@register.simple_tag
def factor_words(cause: ChallengePicture) -> str:
    """Return what the inventory and a person's word make of a cause's strength."""
    return labels.factor(cause.factor, shown=cause.shown, accepted=cause.accepted, rejected=cause.rejected)


@register.simple_tag
def contribution_words(one: ContributionPicture) -> str:
    """Return how one low answer counts for a cause, so that it can be checked by hand."""
    return arithmetic.contribution(one)


@register.simple_tag
def sum_words(cause: ChallengePicture) -> str:
    """Return what the low answers of a cause add up to, and what part of all causes that is."""
    return arithmetic.together(cause)


@register.simple_tag
@lru_cache(maxsize=4096)
def row_url(name: str, *args: str | int) -> str:
    """Return the address of a row, as `url` does, kept: long tables ask for a hundred, 0.1 ms each."""
    return reverse(name, args=args)
