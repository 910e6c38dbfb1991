"""Numbers as people read them: shares, hours, figures with a decimal. Rounded half up, in the page's language."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations.figures import in_percent
from organizations.money import grouped, separators

Figure = int | Fraction | Decimal | date | str | None


def half_up(value: Fraction | int, places: int = 0) -> Fraction:
    """Return a value rounded half up to so many places."""
    return Fraction(_units(value, places), 10**places)


def _units(value: Fraction | Decimal | int, places: int) -> int:
    """Return how many units of the last place a value has, rounded half up."""
    over, under = value.as_integer_ratio()
    return int((2 * over * 10**places + under) // (2 * under))


def shown_level(value: Fraction | None) -> Fraction:
    """Return a level as it is shown, with one place: words that count levels say what a reader can check."""
    return half_up(value or 0, 1)


def shown_rise(now: Fraction | None, after: Fraction | None) -> Fraction:
    """Return what a reader can count between two levels as they are shown; 0 where one of them is not known."""
    return Fraction(0) if now is None or after is None else shown_level(after) - shown_level(now)


def decimal(value: Figure, places: int = 1) -> str:
    """Return a number with up to so many places and no zeros at the end; '' for what is no number."""
    if not isinstance(value, int | Fraction | Decimal):
        return ""
    rounded = _units(value, places)
    whole, rest = divmod(abs(rounded), 10**places)
    digits = f"{rest:0{places}d}".rstrip("0") if places else ""
    sign = "-" if rounded < 0 else ""
    return sign + grouped(whole) + (separators()[1] + digits if digits else "")


def level(value: Fraction | int | None) -> str:
    """Return a level with one place: 2.0, 0.9."""
    if value is None:
        return ""
    whole, rest = divmod(_units(value, 1), 10)
    return f"{whole}{separators()[1]}{rest}"


def percent(value: Figure) -> str:
    """Return a share, 0 to 1, as whole percent, as its language writes it."""
    if not isinstance(value, int | Fraction | Decimal):
        return ""
    return in_percent(str(_units(value, 2)))


def part(share: Fraction) -> str:
    """Return a share, 0 to 1, in plain words: 'about a third'; '' for less than a thirtieth, which says little.

    Less than 4.5 percent is less than a twentieth, not about one. The exact figure stands where it is explained.
    """
    words = {
        Fraction(1, 20): _("about a twentieth"),
        Fraction(1, 15): _("about a fifteenth"),
        Fraction(1, 12): _("about a twelfth"),
        Fraction(1, 10): _("about a tenth"),
        Fraction(1, 8): _("about an eighth"),
        Fraction(1, 6): _("about a sixth"),
        Fraction(1, 5): _("about a fifth"),
        Fraction(1, 4): _("about a quarter"),
        Fraction(1, 3): _("about a third"),
        Fraction(2, 5): _("about two fifths"),
        Fraction(1, 2): _("about half"),
        Fraction(3, 5): _("about three fifths"),
        Fraction(2, 3): _("about two thirds"),
        Fraction(3, 4): _("about three quarters"),
        Fraction(9, 10): _("about nine tenths"),
    }
    if share < Fraction(1, 30):
        return ""
    if share < Fraction(45, 1000):
        return _("less than a twentieth")
    if share > Fraction(19, 20):
        return _("nearly all") if share < 1 else _("all")
    return words[min(words, key=lambda near: (abs(near - share), near))]


def hours(value: Figure) -> str:
    """Return a number of hours with its unit; '' for what is no number."""
    if not isinstance(value, int | Fraction | Decimal):
        return ""
    shown = decimal(value)
    return ngettext("%(hours)s hour", "%(hours)s hours", 1 if half_up(Fraction(value), 1) == 1 else 2) % {
        "hours": shown
    }


def listed(words: Sequence[str]) -> str:
    """Return words as a list in a sentence: one, two and three."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}
