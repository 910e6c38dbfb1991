"""Money as people read and type it. Amounts are integer cents; the words follow the language of the page.

A whole amount is shown without cents: ``$20,625``. The Spanish is that of the content files, which is written as in
the United States and Mexico: the same separators as in English, the symbol in front. What people type is read
strictly: ``1,000.50``, with or without the symbol; anything else is refused with a sentence, never guessed.
"""

import re
from functools import lru_cache

from babel.numbers import get_currency_symbol
from django.utils.translation import get_language
from django.utils.translation import gettext as _

SEPARATORS = {"en": (",", "."), "es": (",", ".")}
MOST_CENTS = 10**14
SPACES = str.maketrans("", "", " \u00a0\u202f")


class AmountError(ValueError):
    """What was typed is no amount; the message is a sentence for the person who typed it."""


def separators(language: str | None = None) -> tuple[str, str]:
    """Return what stands between thousands and before the decimals."""
    code = (language or get_language() or "en").partition("-")[0]
    return SEPARATORS.get(code, SEPARATORS["en"])


@lru_cache(maxsize=64)
def symbol(currency: str) -> str:
    """Return the sign in front of an amount; a code without a sign keeps a space that does not break."""
    sign = str(get_currency_symbol(currency, locale="en"))
    return f"{sign}\u00a0" if sign.isalpha() else sign


def grouped(number: int, language: str | None = None) -> str:
    """Return a whole number with its thousands set apart."""
    return f"{number:,}".replace(",", separators(language)[0])


def money(cents: int, currency: str = "USD", language: str | None = None) -> str:
    """Return an amount for people; cents only where there are any."""
    whole, rest = divmod(abs(cents), 100)
    words = grouped(whole, language)
    if rest:
        words += f"{separators(language)[1]}{rest:02d}"
    return f"{'-' if cents < 0 else ''}{symbol(currency)}{words}"


def whole_money(cents: int, currency: str = "USD", language: str | None = None) -> str:
    """Return an amount in whole units, half a unit up: for reports, whose sums are made to the cent."""
    units = (2 * abs(cents) + 100) // 200
    return money(units * 100 if cents >= 0 else -units * 100, currency, language)


def typed(cents: int, language: str | None = None) -> str:
    """Return an amount as it stands in a field: no symbol, so that it reads back the same."""
    whole, rest = divmod(cents, 100)
    words = grouped(whole, language)
    return f"{words}{separators(language)[1]}{rest:02d}" if rest else words


def parse_cents(text: str, currency: str = "USD", language: str | None = None) -> int:
    """Return the cents of an amount that somebody typed.

    Raises AmountError with a sentence when it is no amount, is below 0 or is too large.
    """
    thousands, decimal = separators(language)
    bare = text.strip().removeprefix(symbol(currency).strip()).removeprefix("$").translate(SPACES)
    if re.fullmatch(r"[-\u2212].*\d.*", bare):
        raise AmountError(_("An amount cannot be below 0."))
    pattern = rf"(\d+|\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+)(?:{re.escape(decimal)}(\d{{1,2}}))?"
    found = re.fullmatch(pattern, bare, re.ASCII)
    if found is None:
        raise AmountError(
            _("Write the amount in figures, for example %(example)s.")
            % {"example": f"1{thousands}000{decimal}50"}
        )
    whole = found[1].replace(thousands, "")
    if len(whole) > 13:
        raise AmountError(_("This amount is too large."))
    cents = int(whole) * 100 + int((found[2] or "0").ljust(2, "0"))
    if cents > MOST_CENTS:
        raise AmountError(_("This amount is too large."))
    return cents
