"""The names of fixed keys in the active language: categories of cost, quarters."""

from django.utils.translation import gettext as _


def category(key: str) -> str:
    """Return the name of a cost category."""
    return {
        "consulting": _("Consulting"),
        "staffing": _("Staffing"),
        "gear": _("Gear"),
        "software": _("Software"),
        "training": _("Training"),
        "connectivity": _("Connectivity"),
    }.get(key, key)


def quarter(start_year: int, start_quarter: int, index: int) -> str:
    """Return the name of a quarter, counted from the start of a plan."""
    whole = start_quarter - 1 + index
    return _("Q%(quarter)d %(year)s") % {"quarter": whole % 4 + 1, "year": str(start_year + whole // 4)}


def quarter_short(start_quarter: int, index: int) -> str:
    """Return the name of a quarter without its year."""
    return _("Q%(quarter)d") % {"quarter": (start_quarter - 1 + index) % 4 + 1}
