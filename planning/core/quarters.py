"""Quarters of a calendar year: which one a day lies in, and with which a plan usually begins. Plain Python."""

from datetime import date, timedelta

DAYS_AHEAD = 30


def quarter_of(day: date) -> tuple[int, int]:
    """Return the year and the quarter (1..4) of a day."""
    return day.year, (day.month + 2) // 3


def usual_start(today: date) -> tuple[int, int]:
    """Return year and quarter of the first quarter that begins at least 30 days ahead: nobody starts tomorrow."""
    year, quarter = quarter_of(today + timedelta(days=DAYS_AHEAD - 1))  # the next one begins after this day
    return (year, quarter + 1) if quarter < 4 else (year + 1, 1)
