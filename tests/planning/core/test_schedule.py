"""Weeks, quarters, hours and year limits, worked by hand."""

from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from planning.core.costs import cost_table
from planning.core.schedule import make_schedule, order
from planning.core.values import (
    Action,
    ActionCost,
    Amount,
    Candidate,
    Candidates,
    Reason,
    RowCost,
    Spot,
    Standing,
)

F = Fraction
SPOT = Spot("i/x/q", "one")


def item(
    key: str, weeks: int = 1, hours: int = 0, gain: int = 0, *requires: str, once: int = 0, yearly: int = 0
) -> Candidate:
    row = RowCost(
        key, 0, "gear", "per-device", 1, Amount(once, once, once), Amount(yearly, yearly, yearly), 2025, "s"
    )
    return Candidate(
        Action(key, "policy", requires=requires, weeks=weeks),
        Standing.CANDIDATE,
        reach={SPOT: F(gain)} if gain else {},
        hours=F(hours),
        cost=ActionCost(key, (row,)),
    )


def candidates(*items: Candidate) -> Candidates:
    return Candidates({one.key: one for one in items}, {SPOT: F(1000)}, {"i/x/q": F(1)})


def plan(*items: Candidate, capacity: int | None = 10, **more: Any) -> Any:
    found = candidates(*items)
    return make_schedule(
        found, tuple(found.actions), capacity=None if capacity is None else F(capacity), **more
    )


def weeks(schedule: Any) -> dict[str, tuple[int, int]]:
    return {one.action: (one.first_week, one.last_week) for one in schedule.actions}


def test_an_action_starts_when_its_prerequisites_have_ended() -> None:
    found = plan(item("a", 6), item("b", 4, 0, 5, "a"), item("c", 0, 0, 1, "b"))
    assert weeks(found) == {"a": (0, 5), "b": (6, 9), "c": (10, 10)}  # no weeks count as one


def test_hours_go_on_in_the_next_quarter_and_move_the_end() -> None:
    # 25 hours at 10 a quarter: 10, 10, 5; the last hour falls in quarter 2, whose first week is 26.
    found = plan(item("a", 3, 25))
    assert weeks(found) == {"a": (0, 26)}
    assert dict(found.of("a").hours) == {0: F(10), 1: F(10), 2: F(5)}
    # With enough weeks of its own it ends after those.
    assert weeks(plan(item("a", 40, 25))) == {"a": (0, 39)}


def test_an_action_waits_for_a_quarter_with_an_hour_left() -> None:
    # a has the better chain (2 a hour against 1), takes all of quarter 0; b starts with the first hour of quarter 1.
    found = plan(item("a", 2, 10, 20), item("b", 2, 5, 5))
    assert weeks(found) == {"a": (0, 1), "b": (13, 14)}
    assert [found.hours(quarter) for quarter in range(3)] == [10, 5, 0]


def test_the_order_is_by_the_best_chain() -> None:
    # Chains: b with a: 30 over 10 + 10 = 1.5; a alone 0; c alone: 8 over 8 = 1; d without hours: 2 over 1 = 2.
    found = candidates(item("a", 1, 10), item("b", 1, 10, 30, "a"), item("c", 1, 8, 8), item("d", 1, 0, 2))
    assert order(found, ("a", "b", "c", "d")) == ["d", "a", "b", "c"]
    # Equal chains go by key, prerequisites first.
    equal = candidates(item("b", 1, 10, 10), item("a", 1, 10, 10, "z"), item("z"))
    assert order(equal, ("a", "b", "z")) == ["b", "z", "a"]


def test_somebodys_quarter_is_the_earliest_start() -> None:
    found = plan(item("a", 2), item("b", 2, 0, 1, "a"), earliest={"a": 3, "b": 1})
    assert weeks(found) == {"a": (39, 40), "b": (41, 42)}


def test_what_does_not_fit_into_its_year_waits_for_the_next() -> None:
    dear, cheap = item("a", 1, 1, 50, once=80), item("b", 1, 1, 10, once=30)
    found = plan(dear, cheap, yearly_limit_cents=100)
    assert weeks(found) == {"a": (0, 0), "b": (52, 52)}
    never = plan(dear, cheap, item("c", 1, 1, 5, once=101), item("d", 1, 1, 1, "c"), yearly_limit_cents=100)
    assert [(one.action, one.reason) for one in never.left_out] == [
        ("c", Reason.YEAR_LIMIT),
        ("d", Reason.PREREQUISITE),
    ]
    assert never.left_out[1].blocked_by == ("c",)


def test_yearly_cost_counts_in_the_year_too() -> None:
    # 90 once and 40 a year: in quarter 0 the first year would cost 90 + 40; in quarter 3 it costs 90 + 10.
    found = plan(item("a", 1, 0, 1, once=90, yearly=40), yearly_limit_cents=100)
    assert weeks(found) == {"a": (39, 39)}
    assert [
        one.likely for one in cost_table(candidates(item("a", 1, 0, 1, once=90, yearly=40)), found).by_year
    ] == [
        100,
        40,
        40,
    ]


def test_what_starts_after_the_horizon_is_left_out() -> None:
    found = plan(item("a", 156), item("b", 1, 0, 1, "a"))
    assert weeks(found) == {"a": (0, 155)}
    assert [(one.action, one.reason) for one in found.left_out] == [("b", Reason.HORIZON)]


def test_hours_that_others_take_are_the_reason_where_the_weeks_would_do() -> None:
    # 120 hours are all that 12 quarters of 10 give; a takes them, and b would need two weeks and 11 hours.
    found = plan(item("a", 1, 120, 900), item("b", 2, 11, 1))
    assert [(one.action, one.reason) for one in found.left_out] == [("b", Reason.STAFF_HOURS)]
    # So it is where what b needs ends late for the hours that others take.
    late = plan(item("a", 1, 115, 900), item("c", 2, 5, 2), item("d", 14, 0, 1, "c"))
    assert [(one.action, one.reason) for one in late.left_out] == [("d", Reason.STAFF_HOURS)]
    # Weeks that no plan has are a reason of their own, whatever the hours.
    long = plan(item("a", 1, 120, 900), item("b", 157, 11, 1))
    assert [(one.action, one.reason) for one in long.left_out] == [("b", Reason.HORIZON)]


items = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 40), st.integers(0, 9), st.integers(0, 50), st.booleans()),
    min_size=1,
    max_size=8,
)


@settings(deadline=None)
@given(items, st.one_of(st.none(), st.integers(5, 60)), st.one_of(st.none(), st.integers(20, 120)))
def test_every_schedule_keeps_its_rules(rows: Any, capacity: int | None, limit: int | None) -> None:
    built = []
    for place, (span, hours, gain, once, chained) in enumerate(rows):
        needs = (f"k{place - 1}",) if chained and place else ()
        built.append(item(f"k{place}", span, hours, gain, *needs, once=once, yearly=once // 3))
    found = plan(*built, capacity=capacity, yearly_limit_cents=limit)
    placed = {one.action: one for one in found.actions}
    assert placed.keys() | {one.action for one in found.left_out} == {one.key for one in built}
    assert not placed.keys() & {one.action for one in found.left_out}
    for one in built:
        if one.key in placed:
            mine = placed[one.key]
            assert sum(mine.hours.values(), F(0)) == one.hours
            assert all(quarter >= mine.start_quarter for quarter in mine.hours)
            assert max(mine.hours, default=0) <= mine.end_quarter
            assert mine.last_week - mine.first_week + 1 >= max(one.action.weeks, 1)
            assert all(placed[needed].last_week < mine.first_week for needed in one.action.requires)
    if capacity is not None:
        assert all(found.hours(quarter) <= capacity for quarter in range(80))
    if limit is not None:
        assert all(year.likely <= limit for year in cost_table(candidates(*built), found).by_year)
