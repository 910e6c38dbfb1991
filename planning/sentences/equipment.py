"""Sentences about equipment, programs and lines: one a part of a rule. See `rules`.

'' where a sentence would be about nothing: no network device is old where none is listed.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from planning.sentences.figures import Numbers, exact_or_least, paid_people, share_limit, whole
from planning.sentences.numbers import decimal, percent

FEW_COMPUTERS = 4  # the rule about one year looks at so many and more


def aging_share(n: Numbers, holds: bool) -> str:
    older, least = exact_or_least(n, "older")
    words = {"older": older, "computers": whole(n["computers"]), **share_limit(n)}
    if older == 0 and not least:
        return _("No computer is older than five years.")
    if least:
        return (
            _(
                "At least %(older)d of %(computers)d computers are older than five years; "
                "the rule says more than %(limit)s."
            )
            % words
        )
    return (
        ngettext(
            "%(older)d of %(computers)d computers is older than five years; "
            "the rule says more than %(limit)s.",
            "%(older)d of %(computers)d computers are older than five years; "
            "the rule says more than %(limit)s.",
            older,
        )
        % words
    )


def aging_oldest(n: Numbers, holds: bool) -> str:
    older, least = exact_or_least(n, "older")
    words = {"older": older, "computers": whole(n["computers"])}
    if not words["computers"]:
        return ""
    if older == 0 and not least:
        return _("No computer is older than eight years.")
    if least:
        return _("At least %(older)d of %(computers)d computers are older than eight years.") % words
    return (
        ngettext(
            "%(older)d of %(computers)d computers is older than eight years.",
            "%(older)d of %(computers)d computers are older than eight years.",
            older,
        )
        % words
    )


def few_owned(n: Numbers, holds: bool) -> str:
    computers = whole(n["computers"])
    return ngettext(
        "The organization owns %(computers)d computer for %(staff)s; the rule says at least %(needed)d.",
        "The organization owns %(computers)d computers for %(staff)s; the rule says at least %(needed)d.",
        computers,
    ) % {"computers": computers, "staff": paid_people(n), "needed": n["needed"]}


def few_personal(n: Numbers, holds: bool) -> str:
    computers = whole(n["computers"])
    if not computers:
        return _("No computer in use belongs to a private person.") if n["listed"] else ""
    words = {"computers": computers, "staff": paid_people(n), **share_limit(n)}
    return (
        ngettext(
            "%(computers)d of the computers used belongs to a private person, with %(staff)s; "
            "the rule says more than %(limit)s.",
            "%(computers)d of the computers used belong to private persons, with %(staff)s; "
            "the rule says more than %(limit)s.",
            computers,
        )
        % words
    )


def cameras(n: Numbers, holds: bool) -> str:
    number = whole(n["cameras"])
    if not number:
        return _("The list shows no camera of the organization.")
    return ngettext(
        "The list shows %(count)d camera of the organization.",
        "The list shows %(count)d cameras of the organization.",
        number,
    ) % {"count": number}


def microphones(n: Numbers, holds: bool) -> str:
    number = whole(n["microphones"])
    if not number:
        return _("The list shows no separate microphone of the organization.")
    return ngettext(
        "The list shows %(count)d separate microphone of the organization.",
        "The list shows %(count)d separate microphones of the organization.",
        number,
    ) % {"count": number}


def past_support(n: Numbers, holds: bool) -> str:
    past, least = exact_or_least(n, "past")
    words = {"past": past, "screens": whole(n["screens"])}
    if not words["screens"]:
        return ""
    if past == 0 and not least:
        return _("All devices still get safety updates for more than six months.")
    if least:
        return (
            _(
                "At least %(past)d of %(screens)d devices no longer get safety updates, "
                "or will not within six months."
            )
            % words
        )
    return (
        ngettext(
            "%(past)d of %(screens)d devices no longer gets safety updates, or will not within six months.",
            "%(past)d of %(screens)d devices no longer get safety updates, or will not within six months.",
            past,
        )
        % words
    )


def purposes() -> dict[str, str]:
    """Return what a service is for, by key, as it stands in a sentence."""
    return {
        "file-sharing": _("sharing files"),
        "team-chat": _("messages in the team"),
        "video-calls": _("video calls"),
        "newsletters": _("newsletters"),
        "scheduling-posts": _("planning posts"),
    }


def scattered(n: Numbers, holds: bool) -> str:
    number, least = exact_or_least(n, "services")
    if not holds:
        return ""
    purpose = purposes().get(str(n["purpose"]), str(n["purpose"]))
    words = {"services": number, "purpose": purpose, "limit": n["limit"]}
    if least:
        return (
            _("At least %(services)d services are used for %(purpose)s; %(limit)d or more is many.") % words
        )
    return _("%(services)d services are used for %(purpose)s; %(limit)d or more is many.") % words


def personal_services(n: Numbers, holds: bool) -> str:
    number, _least = exact_or_least(n, "services")
    if not number:
        return _("No paid service is in the name of a private person.")
    return ngettext(
        "%(count)d paid service is in the name of a private person.",
        "%(count)d paid services are in the name of private persons.",
        number,
    ) % {"count": number}


def storage(n: Numbers, holds: bool) -> str:
    users, least = exact_or_least(n, "users")
    words = {"users": users, "staff": paid_people(n), **share_limit(n)}
    if users == 0 and not least:
        return _("The list shows no service of the organization for sharing files that anybody uses.")
    if least:
        return (
            ngettext(
                "The shared place for files has at least %(users)d user, with %(staff)s; "
                "the rule says at least %(limit)s.",
                "The shared place for files has at least %(users)d users, with %(staff)s; "
                "the rule says at least %(limit)s.",
                users,
            )
            % words
        )
    return (
        ngettext(
            "The shared place for files has %(users)d user, with %(staff)s; "
            "the rule says at least %(limit)s.",
            "The shared place for files has %(users)d users, with %(staff)s; "
            "the rule says at least %(limit)s.",
            users,
        )
        % words
    )


def line(n: Numbers, holds: bool) -> str:
    words = {
        "site": n.get("site") or "",
        "down": decimal(n["down"]),
        "up": decimal(n["up"]),
        "staff": n["staff"],
        "down_needed": decimal(n["down_needed"]),
        "up_needed": decimal(n["up_needed"]),
    }
    if n.get("down") is None or n.get("up") is None:
        known = "down" if n.get("down") is not None else "up"
        words.update(known=words[known], needed=words[f"{known}_needed"])
        return (
            ngettext(
                "%(site)s: the line has %(known)s Mbit/s; %(staff)d person needs %(needed)s.",
                "%(site)s: the line has %(known)s Mbit/s; %(staff)d people need %(needed)s.",
                whole(n["staff"]),
            )
            % words
        )
    return (
        ngettext(
            "%(site)s: the line has %(down)s Mbit/s down and %(up)s up; "
            "%(staff)d person needs %(down_needed)s and %(up_needed)s.",
            "%(site)s: the line has %(down)s Mbit/s down and %(up)s up; "
            "%(staff)d people need %(down_needed)s and %(up_needed)s.",
            whole(n["staff"]),
        )
        % words
    )


def wifi_age(n: Numbers, holds: bool) -> str:
    older, least = exact_or_least(n, "older")
    if not n["devices"]:
        return ""
    if not older:
        return _("No network device is older than six years.")
    if least:
        return ngettext(
            "At least %(older)d network device is older than six years.",
            "At least %(older)d network devices are older than six years.",
            older,
        ) % {"older": older}
    return ngettext(
        "%(older)d network device is older than six years.",
        "%(older)d network devices are older than six years.",
        older,
    ) % {"older": older}


def wifi_guests(n: Numbers, holds: bool) -> str:
    if holds:
        return _("Visitors have no network of their own.")
    return _("Visitors have a network of their own.")


def laptops(n: Numbers, holds: bool) -> str:
    if not n["share"]:
        return _("Nobody who is paid works away from the office without a laptop of the organization.")
    return _(
        "%(share)s of the paid people work away from the office without a laptop of the organization; "
        "the rule says more than %(limit)s."
    ) % {"share": percent(n["share"]), **share_limit(n)}


def replacement_plan(n: Numbers, holds: bool) -> str:
    if holds:
        return _("Nobody has written down when equipment is replaced.")
    return _("It is written down when equipment is replaced.")


def one_year(n: Numbers, holds: bool) -> str:
    """Say nothing of so few computers that the rule does not look at their years."""
    if n.get("year") is None or (not holds and whole(n["computers"]) < FEW_COMPUTERS):
        return ""
    return ngettext(
        "%(same)d of %(computers)d computers is from %(year)s; the rule says more than half from one year.",
        "%(same)d of %(computers)d computers are from %(year)s; the rule says more than half from one year.",
        whole(n["same_year"]),
    ) % {"same": n["same_year"], "computers": n["computers"], "year": str(n["year"])}
