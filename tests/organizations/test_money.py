"""Money in and out, in both languages."""

import pytest
from django.utils import translation

from organizations.money import AmountError, money, parse_cents, typed


@pytest.mark.parametrize(
    ("cents", "currency", "language", "shown"),
    [
        (2_062_500, "USD", "en", "$20,625"),
        (2_062_500, "USD", "es", "$20,625"),
        (100_050, "USD", "en", "$1,000.50"),
        (100_050, "EUR", "es", "€1,000.50"),
        (0, "USD", "en", "$0"),
        (-1_250, "USD", "en", "-$12.50"),
        (123_400, "COP", "es", "COP\u00a01,234"),
    ],
)
def test_money_is_written_in_the_language(cents, currency, language, shown):
    assert money(cents, currency, language) == shown


@pytest.mark.parametrize(
    ("text", "language", "cents"),
    [
        ("1,000.50", "en", 100_050),
        ("1,000.50", "es", 100_050),
        ("$21,000", "en", 2_100_000),
        (" 21 000 ", "es", 2_100_000),
        ("0", "en", 0),
        ("12.5", "en", 1_250),
        ("1000000", "en", 100_000_000),
    ],
)
def test_what_people_type_is_read(text, language, cents):
    assert parse_cents(text, language=language) == cents


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("cents", [0, 1, 99, 100, 100_050, 123_456_789])
def test_what_stands_in_a_field_reads_back(cents, language):
    assert parse_cents(typed(cents, language), language=language) == cents


@pytest.mark.parametrize(
    "text", ["", "abc", "1e30", "1.000", "1,00", "1,0000", "1.234,5", "٣", "--", "1.2.3", "NaN"]
)
def test_what_is_no_amount_is_refused_with_an_example(text):
    with translation.override("en"), pytest.raises(AmountError, match=r"1,000\.50"):
        parse_cents(text)


def test_an_amount_with_the_separators_of_spain_is_refused_and_not_guessed():
    with pytest.raises(AmountError):
        parse_cents("1.000,50", language="es")


@pytest.mark.parametrize("text", ["-5", "-1,000.50", "\u2212 20", "$-3"])
def test_an_amount_below_zero_has_its_own_sentence(text):
    with translation.override("en"), pytest.raises(AmountError, match="below 0"):
        parse_cents(text)


@pytest.mark.parametrize("text", ["9" * 14, "9" * 400, "9,999,999,999,999.99"])
def test_an_amount_that_is_too_large_is_refused(text):
    with translation.override("en"), pytest.raises(AmountError, match="too large"):
        parse_cents(text)
