"""What an action costs an organization: rows times its numbers, once and a year, and by year once scheduled.

Money is integer cents; likely is the midpoint, half a cent up, unless the organization sets its own, which is low
and high as well. Every figure keeps its year and source. Source: docs/arithmetic.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from planning.core.values import (
    HOURS_A_QUARTER,
    Action,
    ActionCost,
    Amount,
    Candidates,
    CostLine,
    CostRow,
    CostTable,
    Numbers,
    OwnFigures,
    OwnRow,
    RowCost,
    Schedule,
    Scheduled,
)

QUARTERS_A_YEAR = 4


@dataclass(frozen=True, slots=True)
class Priced:
    """An action's cost, or what keeps it from being worked out: numbers not known, and counts that are 0."""

    cost: ActionCost | None
    missing: tuple[str, ...] = ()
    none_to_count: tuple[str, ...] = ()


def capacity(full_time_equivalents: Fraction | None, own: int | None = None) -> Fraction:
    """Return staff hours a quarter: the organization's own, else 26 and 1 for each known full-time equivalent."""
    return Fraction(HOURS_A_QUARTER + (full_time_equivalents or 0) if own is None else own)


def units(row: CostRow, numbers: Numbers, own: OwnRow) -> tuple[int | None, str]:
    """Return how many units a row stands for, and the name of that number; None = not known."""
    name = row.count or {"per-person": "people", "per-device": "devices", "per-site": "sites"}.get(
        row.basis, ""
    )
    if own.number is not None:
        return own.number, name
    if row.count is not None:
        return numbers.counts.get(row.count), name
    known = {"people": numbers.people, "devices": numbers.devices, "sites": numbers.sites, "": 1}
    return known[name], name


def amount(unit: tuple[int, int], number: int | None, own_cents: int | None) -> Amount:
    """Return a row's amount for all units; an own figure is one figure, without a range."""
    if own_cents is not None:
        return Amount(own_cents, own_cents, own_cents)
    low, high = unit[0] * (number or 0), unit[1] * (number or 0)
    return Amount(low, (low + high + 1) // 2, high)


def price(action: Action, numbers: Numbers, figures: OwnFigures) -> Priced:
    """Return what an action costs with the organization's numbers and own figures."""
    rows, missing, none_to_count = [], [], []
    for place, row in enumerate(action.costs):
        own = figures.rows.get(place, OwnRow())
        number, name = units(row, numbers, own)
        if row.count is not None and number == 0:
            none_to_count.append(row.count)
        if number is None and (own.one_time_cents is None or own.yearly_cents is None):
            missing.append(name)
            continue
        priced = (own.one_time_cents is None and any(row.one_time)) or (
            own.yearly_cents is None and any(row.yearly)
        )
        own_set = own.one_time_cents is not None or own.yearly_cents is not None
        kept = priced or not own_set
        waived = figures.without_help and row.category == "consulting" and action.kind != "consulting"
        rows.append(
            RowCost(
                action=action.key,
                row=place,
                category=row.category,
                basis=row.basis,
                number=number,
                one_time=Amount() if waived else amount(row.one_time, number, own.one_time_cents),
                yearly=Amount() if waived else amount(row.yearly, number, own.yearly_cents),
                year=row.year if kept else None,
                source=row.source if kept else "",
                count=row.count,
                own=own_set,
                waived=waived,
                lots=own.lots,
            )
        )
    cost = None if missing else ActionCost(action.key, tuple(rows))
    return Priced(cost, tuple(dict.fromkeys(missing)), tuple(dict.fromkeys(none_to_count)))


# ---- By year, once scheduled ----


def cost_table(candidates: Candidates, schedule: Schedule) -> CostTable:
    """Return the cost of the scheduled actions by year, one line a cost row."""
    years = schedule.quarters // QUARTERS_A_YEAR
    lines = []
    for scheduled in schedule.actions:
        cost = candidates.actions[scheduled.action].cost
        lines += [cost_line(row, scheduled, years) for row in (cost.rows if cost is not None else ())]
    return CostTable(tuple(lines), years)


def cost_line(row: RowCost, scheduled: Scheduled, years: int) -> CostLine:
    """Return one row by year.

    One-time cost falls in the year of the start; lots fall one year apart, those beyond the horizon in its
    last year. Yearly cost runs a quarter at a time from the quarter in which the action (or the lot) ends.
    """
    lots = [Fraction(lot, sum(row.lots)) for lot in row.lots] if sum(row.lots) else [Fraction(1)]
    one_time = [Amount()] * years
    before = Amount()
    first_year = scheduled.start_quarter // QUARTERS_A_YEAR
    for later, reached in enumerate(_sums(lots)):
        up_to = scaled(row.one_time, reached)
        year = min(first_year + later, years - 1)
        one_time[year] += Amount(
            up_to.low - before.low, up_to.likely - before.likely, up_to.high - before.high
        )
        before = up_to
    parts = [Fraction(0)] * years
    for later, lot in enumerate(lots):
        start = scheduled.end_quarter + QUARTERS_A_YEAR * later
        for year in range(start // QUARTERS_A_YEAR, years):
            quarters = min(QUARTERS_A_YEAR, QUARTERS_A_YEAR * (year + 1) - start)
            parts[year] += lot * Fraction(quarters, QUARTERS_A_YEAR)
    return CostLine(row, tuple(one_time), tuple(scaled(row.yearly, part) for part in parts))


def scaled(whole: Amount, part: Fraction) -> Amount:
    """Return a part of an amount, each figure rounded half a cent up."""
    if part == 1 or not whole.high:
        return whole
    over, under = 2 * part.numerator, 2 * part.denominator
    low, likely, high = whole.low * over, whole.likely * over, whole.high * over
    half = part.denominator
    return Amount((low + half) // under, (likely + half) // under, (high + half) // under)


def _sums(parts: Sequence[Fraction]) -> list[Fraction]:
    return [sum(parts[: place + 1], Fraction(0)) for place in range(len(parts))]
