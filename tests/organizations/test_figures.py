"""Figures as people read them: rounded half up, in the language of the page."""

from decimal import Decimal
from fractions import Fraction

import pytest

from organizations import figures


@pytest.mark.parametrize(
    ("value", "english", "spanish"),
    [
        (None, "–", "–"),
        (Fraction(1, 20), "0.1", "0.1"),
        (Fraction(49, 20), "2.5", "2.5"),
        (Fraction(7, 3), "2.3", "2.3"),
        (4, "4.0", "4.0"),
        (Fraction(-1, 4), "-0.3", "-0.3"),
        (Fraction(-1, 100), "0.0", "0.0"),
    ],
)
def test_level(value, english, spanish):
    assert figures.level(value, "en") == english
    assert figures.level(value, "es") == spanish


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(254), "254"),
        (Fraction(217, 2), "108.5"),
        (Fraction(1, 100), "0"),
        (Decimal("1234.96"), "1,235"),
    ],
)
def test_hours(value, shown):
    assert figures.hours(value, "en") == shown


def test_number_sets_thousands_apart():
    assert figures.number(1234567, 0, "en") == "1,234,567"
    assert figures.number(1234567, 0, "es") == "1,234,567"
