"""Sentences about data, security, people, rules and money: one a part of a rule. See `rules`."""

from collections.abc import Callable
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from planning.sentences.figures import Numbers, exact_or_least, share_limit, whole
from planning.sentences.numbers import hours, percent


def data_home(n: Numbers, holds: bool) -> str:
    if holds:
        return _("No service of the organization for contacts is on the list.")
    return _("The organization has a service for contacts.")


def second_copy(n: Numbers, holds: bool) -> str:
    if holds:
        return _("There is no second copy of important data.")
    return _("There is a second copy of important data.")


def newest_copy(n: Numbers, holds: bool) -> str:
    if not isinstance(n["days"], int):
        return _("There is no copy of important data at all.")
    return ngettext(
        "The newest copy is %(days)d day old; the rule says at most %(limit)d days.",
        "The newest copy is %(days)d days old; the rule says at most %(limit)d days.",
        n["days"],
    ) % {"days": n["days"], "limit": n["limit"]}


def restore_test(n: Numbers, holds: bool) -> str:
    if not isinstance(n["day"], date):
        return _("Nobody has ever tested whether the copy can be read back.")
    return _("Reading the copy back was last tested on %(day)s; the rule says once in %(months)d months.") % {
        "day": date_format(n["day"]),
        "months": n["limit_months"],
    }


def two_step(n: Numbers, holds: bool) -> str:
    weak, least = exact_or_least(n, "weak")
    services = n.get("services")
    if services == 0:
        return ""
    if weak == 0 and not least:
        return _("Every important service asks everyone for a second sign-in step.")
    words = {"weak": weak, "services": services}
    if services is None or least:
        return (
            ngettext(
                "At least %(weak)d important service does not ask everyone for a second sign-in step.",
                "At least %(weak)d important services do not ask everyone for a second sign-in step.",
                weak,
            )
            % words
        )
    if weak == services:
        return _("No important service asks everyone for a second sign-in step.")
    return (
        ngettext(
            "%(weak)d of %(services)d important services does not ask everyone for a second sign-in step.",
            "%(weak)d of %(services)d important services do not ask everyone for a second sign-in step.",
            weak,
        )
        % words
    )


def shared_logins(n: Numbers, holds: bool) -> str:
    shared, least = exact_or_least(n, "shared")
    if not holds:
        if shared:
            return _("A password manager of the organization keeps the shared sign-ins.")
        return _("The organization has a password manager.") if least else _("No sign-in is shared.")
    if least:
        return ngettext(
            "At least %(shared)d service has a sign-in that several people share, "
            "and there is no password manager.",
            "At least %(shared)d services have a sign-in that several people share, "
            "and there is no password manager.",
            shared,
        ) % {"shared": shared}
    return ngettext(
        "%(shared)d service has a sign-in that several people share, and there is no password manager.",
        "%(shared)d services have a sign-in that several people share, and there is no password manager.",
        shared,
    ) % {"shared": shared}


def leavers(n: Numbers, holds: bool) -> str:
    accounts = whole(n["accounts"])
    if not accounts:
        return _("No account of somebody who left is still open.")
    return ngettext(
        "%(count)d account of somebody who left is still open.",
        "%(count)d accounts of people who left are still open.",
        accounts,
    ) % {"count": accounts}


def not_managed(n: Numbers, holds: bool) -> str:
    return devices_without(
        n,
        holds,
        none=_("Every device is looked after from one place."),
        all_=_("No device is looked after from one place."),
        within=_("At most %(limit)s of the devices are not looked after from one place."),
        least=_(
            "At least %(without)d of %(screens)d devices are not looked after from one place; "
            "the rule says at most %(limit)s."
        ),
        some=ngettext(
            "%(without)d of %(screens)d devices is not looked after from one place; "
            "the rule says at most %(limit)s.",
            "%(without)d of %(screens)d devices are not looked after from one place; "
            "the rule says at most %(limit)s.",
            exact_or_least(n, "without")[0],
        ),
    )


def not_encrypted(n: Numbers, holds: bool) -> str:
    return devices_without(
        n,
        holds,
        none=_("Every device is encrypted."),
        all_=_("No device is encrypted."),
        within=_("At most %(limit)s of the devices are not encrypted."),
        least=_(
            "At least %(without)d of %(screens)d devices are not encrypted; the rule says at most %(limit)s."
        ),
        some=ngettext(
            "%(without)d of %(screens)d devices is not encrypted; the rule says at most %(limit)s.",
            "%(without)d of %(screens)d devices are not encrypted; the rule says at most %(limit)s.",
            exact_or_least(n, "without")[0],
        ),
    )


def devices_without(
    n: Numbers, holds: bool, *, none: str, all_: str, within: str, least: str, some: str
) -> str:
    """Return the sentence that fits how many devices lack something.

    `least` and `within` are for a number that is not known for all: enough for the rule, or not.
    """
    without, is_least = exact_or_least(n, "without")
    words = {"without": without, "screens": whole(n["screens"]), **share_limit(n)}
    if is_least:
        return (least if holds else within) % words
    if not without:
        return none
    return all_ if without == words["screens"] else some % words


def dated(none: Callable[[], str], some: Callable[[], str]) -> Callable[[Numbers, bool], str]:
    """Return the sentence maker of a plan that is missing, or was looked at on a day."""

    def sentence(n: Numbers, holds: bool) -> str:
        if not isinstance(n["day"], date):
            return none()
        return some() % {"day": date_format(n["day"]), "months": n["limit_months"]}

    return sentence


def training(n: Numbers, holds: bool) -> str:
    return _("Training in the last year: %(hours)s for each person; the rule says at least %(limit)d.") % {
        "hours": hours(n["hours"]),
        "limit": n["limit"],
    }


def tech_owner(n: Numbers, holds: bool) -> str:
    if holds:
        return _("Nobody is named to look after technology.")
    return _("Somebody is named to look after technology.")


def support_hours(n: Numbers, holds: bool) -> str:
    if holds:
        return _("There is no named or paid help with technology: 0 hours a month.")
    return _("There is help with technology: %(hours)s a month.") % {"hours": hours(n["hours"])}


def policies() -> dict[str, str]:
    """Return the four written rules by key, as they begin a sentence."""
    return {
        "acceptable-use": _("Rules for using technology"),
        "data-protection": _("Rules for personal data"),
        "social-media": _("Social media guide"),
        "joining-leaving": _("List for people who join or leave"),
    }


def policy(n: Numbers, holds: bool) -> str:
    title = policies().get(str(n["policy"]), str(n["policy"]))
    if not isinstance(n["day"], date):
        return _("%(policy)s: there is none.") % {"policy": title}
    return _("%(policy)s: last reviewed on %(day)s; the rule says once in %(months)d months.") % {
        "policy": title,
        "day": date_format(n["day"]),
        "months": n["limit_months"],
    }


def unknown_costs(n: Numbers, holds: bool) -> str:
    unknown, services = whole(n["unknown"]), whole(n["services"])
    if not unknown:
        return _("The yearly cost of every service is known.")
    if unknown == services:
        return _("The yearly cost of no service is known.")
    return _(
        "The yearly cost of %(unknown)d of %(services)d services is not known; "
        "the rule says more than %(limit)s."
    ) % {"unknown": unknown, "services": services, **share_limit(n)}


def budget(n: Numbers, holds: bool) -> str:
    if holds:
        return _("The yearly budget has no money for technology.")
    return _("The yearly budget has money for technology.")


def ending_grants(n: Numbers, holds: bool) -> str:
    if not n["share"]:
        return _("No part of the yearly cost is paid by grants that end.")
    return _(
        "%(share)s of the yearly cost is paid by grants that end; the rule says more than %(limit)s."
    ) % {"share": percent(n["share"]), **share_limit(n)}
