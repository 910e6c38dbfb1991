"""Costs by hand: rows, own figures, help, lots, and the money by year."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.core.costs import capacity, cost_line, cost_table, price
from planning.core.schedule import make_schedule
from planning.core.values import (
    Action,
    Amount,
    Candidate,
    Candidates,
    CostRow,
    Numbers,
    OwnFigures,
    OwnRow,
    RowCost,
    Scheduled,
    Standing,
)

F = Fraction
NUMBERS = Numbers(people=4, devices=10, sites=2, counts={"slow-sites": 1, "devices-past-support": None})


def row(
    basis: str = "per-organisation", one_time: Any = (0, 0), yearly: Any = (0, 0), **more: Any
) -> CostRow:
    return CostRow(more.pop("category", "gear"), basis, one_time, yearly, 2025, "a source", **more)


def cost_of(*rows: CostRow, kind: str = "gear", figures: OwnFigures | None = None) -> Any:
    return price(Action("k", kind, costs=rows), NUMBERS, figures or OwnFigures())


@pytest.mark.parametrize(
    ("basis", "count", "number"),
    [
        ("per-organisation", None, 1),
        ("per-person", None, 4),
        ("per-device", None, 10),
        ("per-site", None, 2),
        ("per-site", "slow-sites", 1),
    ],
)
def test_a_row_is_multiplied_by_its_number(basis: str, count: str | None, number: int) -> None:
    priced = cost_of(row(basis, (100, 201), (7, 8), count=count))
    found = priced.cost.rows[0]
    assert found.number == number
    assert found.one_time == Amount(100 * number, (301 * number + 1) // 2, 201 * number)
    assert (found.year, found.source) == (2025, "a source")


def test_likely_is_the_midpoint_half_a_cent_up() -> None:
    assert cost_of(row(one_time=(100, 201))).cost.one_time == Amount(100, 151, 201)  # 150.5
    assert cost_of(row(one_time=(100, 200))).cost.one_time == Amount(100, 150, 200)


def test_what_is_not_known_is_asked_for_and_a_count_of_0_is_told() -> None:
    unknown = cost_of(row("per-device", (5, 5), count="devices-past-support"))
    assert (unknown.cost, unknown.missing) == (None, ("devices-past-support",))
    own = OwnFigures({0: OwnRow(number=0)})
    assert cost_of(row("per-site", (5, 5), count="slow-sites"), figures=own).none_to_count == ("slow-sites",)
    both = OwnFigures({0: OwnRow(one_time_cents=900, yearly_cents=0)})
    told = cost_of(row("per-device", (5, 5), count="devices-past-support"), figures=both)
    assert told.cost.one_time == Amount(900, 900, 900)


def test_an_own_figure_is_one_figure_and_has_no_source_of_the_catalogue() -> None:
    own = OwnFigures({0: OwnRow(one_time_cents=180)})
    part = cost_of(row(one_time=(100, 200), yearly=(10, 20)), figures=own).cost.rows[0]
    assert (part.one_time, part.yearly) == (Amount(180, 180, 180), Amount(10, 15, 20))
    assert (part.own, part.source, part.year) == (True, "a source", 2025)
    whole = cost_of(row(one_time=(100, 200)), figures=own).cost.rows[0]
    assert (whole.one_time, whole.yearly) == (Amount(180, 180, 180), Amount())
    assert (whole.own, whole.source, whole.year) == (True, "", None)


def test_without_outside_help_its_rows_are_0_but_not_in_consulting_itself() -> None:
    rows = (row(one_time=(100, 200)), row(category="consulting", one_time=(300, 500), yearly=(10, 20)))
    alone = OwnFigures(without_help=True)
    assert cost_of(*rows, figures=alone).cost.one_time == Amount(100, 150, 200)
    assert cost_of(*rows, figures=alone).cost.rows[1].waived
    assert cost_of(*rows, kind="consulting", figures=alone).cost.one_time == Amount(400, 550, 700)


def test_three_years_are_one_time_and_three_times_yearly() -> None:
    # once 450 on average, a year 15: 450 + 3 x 15 = 495
    assert cost_of(row(one_time=(400, 500), yearly=(10, 20))).cost.over(3) == Amount(430, 495, 560)


def test_capacity_is_26_hours_and_one_for_each_full_time_equivalent() -> None:
    assert capacity(F("9.5")) == F("35.5")
    assert capacity(F("9.5"), 40) == 40


# ---- By year ----


def line(one_time: int, yearly: int, first_week: int, last_week: int, lots: tuple[int, ...] = ()) -> Any:
    figures = (Amount(one_time, one_time, one_time), Amount(yearly, yearly, yearly))
    cost = RowCost("k", 0, "gear", "per-device", 1, *figures, 2025, "a source", lots=lots)
    found = cost_line(cost, Scheduled("k", first_week, last_week), 3)
    return [one.likely for one in found.one_time], [one.likely for one in found.yearly]


def test_yearly_cost_runs_from_the_quarter_in_which_the_action_ends() -> None:
    # Starts in week 10 (quarter 0), ends in week 30 (quarter 2): 2 quarters of year 1, then 4 and 4.
    assert line(1000, 100, 10, 30) == ([1000, 0, 0], [50, 100, 100])
    # Starts in quarter 5 (year 2), ends in quarter 5: 3 quarters of year 2.
    assert line(1000, 101, 65, 70) == ([0, 1000, 0], [0, 76, 101])  # 75.75, half a cent up
    # Ends after the horizon: no yearly cost inside it.
    assert line(1000, 100, 150, 160) == ([0, 0, 1000], [0, 0, 0])


def test_lots_are_bought_a_year_apart() -> None:
    # 11 computers as 5, 3 and 3 for 1100: 500, 300, 300. Yearly 110 from quarter 0 on 5/11, from 4 on 8/11, from 8 all.
    assert line(1100, 110, 0, 5, (5, 3, 3)) == ([500, 300, 300], [50, 80, 110])
    # From the second year on there is no fourth: the last lot falls into the last year.
    assert line(1100, 110, 52, 57, (5, 3, 3)) == ([0, 500, 600], [0, 50, 80])
    # Thirds of 100 cents: 33, 67 and 100 reached, so 33, 34 and 33.
    assert line(100, 0, 0, 5, (1, 1, 1))[0] == [33, 34, 33]


def test_tables_add_up_the_same_lines(situations: Any) -> None:
    situation = situations["quillayo"]
    chosen = tuple(situation.candidates.open)
    schedule = make_schedule(situation.candidates, chosen, capacity=None)
    table = cost_table(situation.candidates, schedule)
    whole = [situation.candidates.open[key].cost.over(3) for key in chosen]
    assert sum(table.by_year, Amount()) == table.total
    assert sum((sum(years, Amount()) for years in table.by_category.values()), Amount()) == table.total
    assert sum((one.total for key in chosen for one in table.of(key)), Amount()) == table.total
    assert tuple(a + b for a, b in zip(table.one_time, table.yearly, strict=True)) == table.by_year
    assert table.total.likely <= sum(whole, Amount()).likely
    assert sum(table.one_time, Amount()) == sum(
        (situation.candidates.open[key].cost.one_time for key in chosen), Amount()
    )


amounts = st.integers(0, 10**7)


@given(
    amounts,
    amounts,
    amounts,
    amounts,
    st.integers(0, 155),
    st.integers(0, 60),
    st.lists(st.integers(1, 9), max_size=4),
)
def test_by_year_is_never_more_than_the_choice_counted(
    low: int, more: int, yearly: int, yearly_more: int, first: int, weeks: int, lots: list[int]
) -> None:
    priced = cost_of(row(one_time=(low, low + more), yearly=(yearly, yearly + yearly_more)))
    cost = RowCost(
        "k", 0, "gear", "per-device", 1, priced.cost.one_time, priced.cost.yearly, 2025, "s", lots=tuple(lots)
    )
    found = cost_line(cost, Scheduled("k", first, first + weeks), 3)
    whole = priced.cost.over(3)
    assert found.total.low <= whole.low
    assert found.total.likely <= whole.likely
    assert found.total.high <= whole.high
    assert sum(found.one_time, Amount()) == priced.cost.one_time
    assert all(one.low <= one.likely <= one.high for one in found.years)


def test_an_action_without_cost_rows_costs_nothing() -> None:
    free = Candidate(
        Action("k", "policy"),
        Standing.CANDIDATE,
        cost=price(Action("k", "policy"), NUMBERS, OwnFigures()).cost,
    )
    candidates = Candidates({"k": free}, {}, {})
    assert cost_table(candidates, make_schedule(candidates, ("k",), capacity=None)).total == Amount()
