"""Move the dates of the demonstration by whole years, so that it does not grow old. Plain Python."""

from datetime import UTC, date, datetime, time

MORNING = time(10, tzinfo=UTC)


def years_between(as_of: date, today: date) -> int:
    """Return by how many years to move: as many as leave the day the file pretends to be in the past."""
    years = today.year - as_of.year
    return years if move(as_of, years) <= today else years - 1


def move(day: date, years: int) -> date:
    """Return the same day so many years later; the 29th of February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def morning(day: date) -> datetime:
    """Return ten o'clock (UTC) of a day."""
    return datetime.combine(day, MORNING)
