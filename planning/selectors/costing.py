"""The money of a plan in words: each cost row with how it is worked out, by year, by category, in all."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from organizations.money import money
from planning.core.values import Amount, CostLine, CostTable, RowCost
from planning.models import PlanCost
from planning.selectors.content import catalogue, words
from planning.selectors.pictures import CategoryPicture, CostPicture, CostRowPicture
from planning.sentences import labels
from planning.sentences.sources import source


def total(amounts: Sequence[Amount]) -> Amount:
    """Return the sum of amounts."""
    return sum(amounts, Amount())


def cost_picture(costs: CostTable) -> CostPicture:
    """Return what the scheduled plan costs, by year and by category."""
    return CostPicture(
        one_time=costs.one_time,
        yearly=costs.yearly,
        by_year=costs.by_year,
        one_time_total=total(costs.one_time),
        yearly_total=total(costs.yearly),
        total=costs.total,
        categories=tuple(
            CategoryPicture(key, labels.category(key), years, total(years))
            for key, years in costs.by_category.items()
            if total(years).high
        ),
    )


def row_picture(
    cost: RowCost,
    line: CostLine | None,
    *,
    own: Sequence[PlanCost],
    own_action: bool,
    currency: str,
    years: int,
) -> CostRowPicture:
    """Return one cost row; `line` is None where the action is not scheduled."""
    nothing = (Amount(),) * years
    units = "" if cost.number is None else labels.units(cost.number, basis=cost.basis, count=cost.count)
    return CostRowPicture(
        row=cost.row,
        category=cost.category,
        category_title=labels.category(cost.category),
        basis=cost.basis,
        count=cost.count or "",
        number=cost.number or 0,
        units=units,
        calculation=calculation(cost, units, own_action=own_action, currency=currency),
        note=_note(cost, own),
        source=source(cost.source),
        year=cost.year,
        own=cost.own or own_action,
        waived=cost.waived,
        one_time=cost.one_time,
        yearly=cost.yearly,
        by_year_one_time=line.one_time if line else nothing,
        by_year_yearly=line.yearly if line else nothing,
        by_year=line.years if line else nothing,
        total=line.total if line else cost.one_time + cost.yearly.times(years),
    )


def _note(cost: RowCost, own: Sequence[PlanCost]) -> str:
    """Return what the row is for: the organization's own words, else the catalogue's."""
    said = next((found.note for found in own if found.row == cost.row), "")
    content = catalogue().actions.get(cost.action)
    return said or (words(content.costs[cost.row].note) if content and cost.row < len(content.costs) else "")


def calculation(cost: RowCost, units: str, *, own_action: bool, currency: str) -> str:
    """Return how a row is worked out, as a sentence."""
    if cost.waived:
        return _("You do this without outside help, so it costs nothing.")
    if cost.own or own_action:
        return _amounts(cost, currency)
    return _("%(units)s: %(amounts)s") % {"units": units, "amounts": _amounts(cost, currency)}


def _amounts(cost: RowCost, currency: str) -> str:
    once, yearly = _range(cost.one_time, currency), _range(cost.yearly, currency)
    if cost.one_time.high and cost.yearly.high:
        return _("%(once)s once and %(yearly)s a year") % {"once": once, "yearly": yearly}
    if cost.yearly.high:
        return _("%(yearly)s a year") % {"yearly": yearly}
    return _("%(once)s once") % {"once": once}


def _range(amount: Amount, currency: str) -> str:
    if amount.low == amount.high:
        return money(amount.likely, currency)
    return _("%(low)s to %(high)s") % {
        "low": money(amount.low, currency),
        "high": money(amount.high, currency),
    }
