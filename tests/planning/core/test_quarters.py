"""Quarters, and with which one a plan usually begins."""

from datetime import date

import pytest

from planning.core.quarters import quarter_of, usual_start


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        (date(2026, 1, 1), (2026, 1)),
        (date(2026, 3, 31), (2026, 1)),
        (date(2026, 4, 1), (2026, 2)),
        (date(2026, 9, 30), (2026, 3)),
        (date(2026, 12, 31), (2026, 4)),
    ],
)
def test_a_day_lies_in_a_quarter(day, quarter):
    assert quarter_of(day) == quarter


@pytest.mark.parametrize(
    ("today", "start"),
    [
        (date(2026, 6, 1), (2026, 3)),  # July 1 is 30 days ahead
        (date(2026, 6, 2), (2026, 4)),  # July 1 is 29 days ahead
        (date(2026, 11, 25), (2027, 1)),
        (date(2026, 12, 2), (2027, 1)),
        (date(2026, 12, 3), (2027, 2)),
    ],
)
def test_a_plan_usually_begins_with_a_quarter_at_least_thirty_days_ahead(today, start):
    assert usual_start(today) == start
