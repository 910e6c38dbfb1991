"""The names of fixed keys: kinds, categories, bases, counts, weights, quarters, years.

Each function answers in the active language.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, pgettext

from organizations.figures import in_percent
from organizations.money import whole_money
from planning.core.figures import Figures
from planning.core.values import CATEGORIES
from planning.sentences.numbers import hours

CATEGORY_NAMES = {
    "consulting": gettext_noop("Consulting"),
    "staffing": gettext_noop("Staffing"),
    "gear": gettext_noop("Gear"),
    "software": gettext_noop("Software"),
    "training": gettext_noop("Training"),
    "connectivity": gettext_noop("Connectivity"),
}
CHALLENGE_KINDS = {
    "hardware": gettext_noop("Equipment"),
    "software": gettext_noop("Programs"),
    "connectivity": gettext_noop("Internet"),
    "data": gettext_noop("Data"),
    "security": gettext_noop("Security"),
    "people": gettext_noop("People"),
    "process": gettext_noop("Ways of working"),
    "leadership": gettext_noop("Leadership"),
    "money": gettext_noop("Money"),
}
NUMBERS = {
    "people": gettext_noop("Paid people"),
    "devices": gettext_noop("Computers and other devices"),
    "sites": gettext_noop("Places of work"),
    "computers-older-than-5-years": gettext_noop("Computers older than five years"),
    "computers-worth-extending": gettext_noop("Computers worth making faster"),
    "staff-without-own-computer": gettext_noop("Staff without a computer of their own"),
    "devices-past-support": gettext_noop("Devices that no longer get safety updates"),
    "slow-sites": gettext_noop("Places of work with a slow line"),
    "sites-with-weak-wifi": gettext_noop("Places of work with weak Wi-Fi"),
}


def named(names: Mapping[str, str], key: str) -> str:
    """Return the name of a key in the active language; the key itself where it has none."""
    return _(names[key]) if key in names else key


def category(key: str) -> str:
    """Return the name of a cost category."""
    return named(CATEGORY_NAMES, key)


def categories() -> list[tuple[str, str]]:
    """Return all cost categories as choices of a field."""
    return [(key, category(key)) for key in CATEGORIES]


def action_kind(key: str) -> str:
    """Return the name of a kind of action."""
    return _("Agreements and routines") if key == "policy" else category(key)


def challenge_kind(key: str) -> str:
    """Return the name of a kind of challenge."""
    return named(CHALLENGE_KINDS, key)


def number_title(key: str) -> str:
    """Return what a number that prices are multiplied by counts, as the label of a field."""
    return named(NUMBERS, key)


def units(number: int, *, basis: str, count: str | None) -> str:
    """Return a number with what it counts: '11 computers older than five years'."""
    words = {"number": number}
    match count or basis:
        case "computers-older-than-5-years":
            text = ngettext(
                "%(number)d computer older than five years",
                "%(number)d computers older than five years",
                number,
            )
        case "computers-worth-extending":
            text = ngettext(
                "%(number)d computer worth making faster", "%(number)d computers worth making faster", number
            )
        case "staff-without-own-computer":
            text = ngettext(
                "%(number)d person without a computer of their own",
                "%(number)d people without a computer of their own",
                number,
            )
        case "devices-past-support":
            text = ngettext(
                "%(number)d device without safety updates",
                "%(number)d devices without safety updates",
                number,
            )
        case "slow-sites":
            text = ngettext("%(number)d place with a slow line", "%(number)d places with a slow line", number)
        case "sites-with-weak-wifi":
            text = ngettext("%(number)d place with weak Wi-Fi", "%(number)d places with weak Wi-Fi", number)
        case "per-person":
            text = ngettext("%(number)d paid person", "%(number)d paid people", number)
        case "per-device":
            text = ngettext("%(number)d device", "%(number)d devices", number)
        case "per-site":
            text = ngettext("%(number)d place of work", "%(number)d places of work", number)
        case _other:
            if number == 1:
                return _("for the whole organization")
            text = ngettext("%(number)d time", "%(number)d times", number)
    return text % words


def weight(value: int) -> str:
    """Return the weight of a goal in words."""
    return {1: _("Matters"), 2: _("Matters more"), 3: _("Matters most")}[value]


def weights() -> list[tuple[int, str]]:
    """Return the weights of a goal as choices of a field."""
    return [(value, weight(value)) for value in (1, 2, 3)]


def quarter(start_year: int, start_quarter: int, index: int) -> str:
    """Return the name of a quarter, counted from the start of a plan."""
    whole = start_quarter - 1 + index
    return _("Q%(quarter)d %(year)s") % {"quarter": whole % 4 + 1, "year": str(start_year + whole // 4)}


def quarter_short(start_quarter: int, index: int) -> str:
    """Return the name of a quarter without its year."""
    return _("Q%(quarter)d") % {"quarter": (start_quarter - 1 + index) % 4 + 1}


def plan_year(start_year: int, start_quarter: int, index: int) -> str:
    """Return the months that a year of a plan covers: 'Oct 2026 to Sep 2027'."""
    first = date(start_year + index, 3 * start_quarter - 2, 1)
    last_month = (first.month + 10) % 12 + 1
    last = date(first.year if last_month == 12 else first.year + 1, last_month, 1)
    form = pgettext("how Django writes 'Oct 2026'", "M Y")
    return _("%(first)s to %(last)s") % {
        "first": date_format(first, form),
        "last": date_format(last, form),
    }


def years(number: int) -> str:
    """Return a number of years in words."""
    return ngettext("%(number)d year", "%(number)d years", number) % {"number": number}


def full_cost(amount: str, years: int) -> str:
    """Return that an amount is for the full length of a plan, whenever the action begins."""
    return ngettext("%(amount)s for the full year", "%(amount)s for the full %(years)d years", years) % {
        "amount": amount,
        "years": years,
    }


def waiting(titles: Sequence[str]) -> str:
    """Return which actions wait for a number; '' for none."""
    return " ".join([_("Waiting for it:"), "; ".join(titles)]) if titles else ""


def number_first(missing: Sequence[str]) -> str:
    """Return which numbers of the list have to be there before an action can be chosen; '' for none."""
    if not missing:
        return ""
    return _("Enter this in your list first: %(numbers)s.") % {
        "numbers": "; ".join(number_title(key) for key in missing)
    }


def unscheduled(count: int) -> str:
    """Return what happens to chosen actions that have no time in the plan; '' for none."""
    if not count:
        return ""
    return ngettext(
        "%(count)d chosen action does not fit into the time of the plan. It does not count in it and is listed "
        "separately.",
        "%(count)d chosen actions do not fit into the time of the plan. They do not count in it and are listed "
        "separately.",
        count,
    ) % {"count": count}


def capacity_help(capacity: Fraction) -> str:
    """Return how many hours are counted on when nobody says otherwise."""
    return _("Leave it empty for %(hours)s: 26, and one more for each full-time equivalent.") % {
        "hours": hours(capacity)
    }


def number_label(basis: str, count: str) -> str:
    """Return the label of the field for how many units a price is multiplied by."""
    if count:
        return number_title(count)
    return {
        "per-person": _("Paid people"),
        "per-device": _("Devices"),
        "per-site": _("Places of work"),
    }.get(basis, _("How many of these, for example 2"))


def factor(value: Fraction, *, shown: bool, accepted: bool, rejected: bool) -> str:
    """Return what the inventory and a person's word make of a cause's strength."""
    if rejected:
        return _("You said that it is not true for you, so it counts nothing.")
    if shown and accepted:
        return _("You said that it is true, and your list of what you have shows it: it counts double.")
    if shown:
        return _("Your list of what you have shows it: it counts double.")
    if accepted:
        return _("You said that it is true: it counts double.")
    if value < 1:
        return _("What you have speaks against it: it counts half.")
    return _("Nobody has said whether it is true: it counts once.")


def approval_refused(before: Figures, now: Figures, currency: str) -> str:
    """Return why an approval of figures that have moved meanwhile is not recorded. A percent of None: no gap."""
    if before.cents != now.cents:
        return _(
            "This plan came to %(before)s when you opened this page, and comes to %(now)s now. Nothing was saved. "
            "If the new sum is approved too, save again."
        ) % {"before": whole_money(before.cents or 0, currency), "now": whole_money(now.cents or 0, currency)}
    shares = {"before": in_percent(f"{before.percent}"), "now": in_percent(f"{now.percent}")}
    if now.percent is None:
        return (
            _(
                "This plan closed %(before)s of the gap when you opened this page, and there is no gap now. Nothing "
                "was saved. If that is approved too, save again."
            )
            % shares
        )
    if before.percent is None:
        return (
            _(
                "There was no gap when you opened this page; now there is one, and this plan closes %(now)s of it. "
                "Nothing was saved. If that is approved too, save again."
            )
            % shares
        )
    return (
        _(
            "This plan closed %(before)s of the gap when you opened this page, and closes %(now)s now. Nothing was "
            "saved. If that is approved too, save again."
        )
        % shares
    )


def approved_at(approved: Figures, now: Figures, currency: str) -> str:
    """Return what was approved of a plan that has other figures now; '' where they are the same."""
    amount = approved_figures(approved, now, currency)
    if not amount:
        return ""
    return _("This plan was approved at %(amount)s; the figures have changed since.") % {"amount": amount}


def approved_figures(approved: Figures, now: Figures, currency: str) -> str:
    """Return the sum that was approved, and the share where that has moved; '' where both are the same as now."""
    if approved.cents is None or not approved.moved(now):
        return ""
    amount = whole_money(approved.cents, currency)
    if not approved.closes_otherwise(now):
        return amount
    return _("%(amount)s, closing %(share)s of the gap (%(now)s now)") % {
        "amount": amount,
        "share": in_percent(f"{approved.percent}"),
        "now": in_percent(f"{now.percent}"),
    }
