"""Write levels, hours and plain numbers as people read them, in the language of the page.

Values are exact (fractions, decimals); what is shown is rounded half up. Money is in `organizations.money`.
"""

from decimal import Decimal
from fractions import Fraction

from django.utils.translation import get_language

from organizations.money import separators

Number = Fraction | Decimal | int


def number(value: Number, places: int = 0, language: str | None = None) -> str:
    """Return a number with so many decimals, halves away from zero, and its thousands set apart."""
    above, below = value.as_integer_ratio()  # whole numbers: a page of many figures adds up
    scaled = (2 * abs(above) * 10**places + below) // (2 * below)
    whole, rest = divmod(scaled, 10**places)
    thousands, point = separators(language)
    words = f"{whole:,}".replace(",", thousands)
    if places:
        words += f"{point}{rest:0{places}d}"
    return f"-{words}" if above < 0 and scaled else words


def in_percent(words: str, language: str | None = None) -> str:
    """Return a number with the percent sign: ``25%`` in English, with a space that does not break in Spanish."""
    code = (language or get_language() or "en").partition("-")[0]
    return f"{words}\u00a0%" if code == "es" else f"{words}%"


def level(value: Number | None, language: str | None = None) -> str:
    """Return a level with one decimal; a dash where there is none."""
    return "–" if value is None else number(value, 1, language)


def hours(value: Number, language: str | None = None) -> str:
    """Return hours: whole ones without a decimal, others with one."""
    tenths = (2 * Fraction(value) * 10 + 1) // 2
    return number(value, 0 if tenths % 10 == 0 else 1, language)
