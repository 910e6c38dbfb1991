"""What the list of equipment shows to be good in itself: one sentence a part of a rule that does not hold.

That a rule does not hold is no strength yet: three of four computers may be old where four is the limit. Only what is
good by its own number has a sentence here, and only where there is something that it is true of; the rest is ''. See
`rules`.
"""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from planning.core.values import Part
from planning.sentences import equipment, practice
from planning.sentences.figures import Numbers, exact_or_least, paid_people, whole
from planning.sentences.numbers import decimal, hours
from planning.sentences.rules import numbers_of

Sentence = Callable[[Numbers], str]
FEW_SERVICES = 3  # of fewer it is no feat to know the cost
DAY_OF_WORK = 8  # hours


def good_sentence(part: Part, sites: Mapping[str, str] | None = None) -> str:
    """Return the good fact behind a part that does not hold; '' where there is none."""
    write = GOOD.get(part.code)
    return write(numbers_of(part, sites)) if write and part.holds is False else ""


def none_of(name: str, write: Callable[[Numbers, bool], str]) -> Sentence:
    """Return a writer that speaks only where a number is exactly nought."""
    return lambda n: write(n, False) if exact_or_least(n, name) == (0, False) else ""


def no_share(write: Callable[[Numbers, bool], str]) -> Sentence:
    """Return a writer that speaks only where a share is known and nought."""
    return lambda n: write(n, False) if n["share"] == 0 else ""


def as_it_is(write: Callable[[Numbers, bool], str]) -> Sentence:
    """Return the writer of a sentence that is a good fact already."""
    return lambda n: write(n, False)


def owned(n: Numbers) -> str:
    computers = whole(n["computers"])
    if computers < whole(n["staff"]):
        return ""
    return ngettext(
        "The organization owns %(computers)d computer for %(staff)s.",
        "The organization owns %(computers)d computers for %(staff)s.",
        computers,
    ) % {"computers": computers, "staff": paid_people(n)}


def personal_services(n: Numbers) -> str:
    """Say nothing where nothing is paid for."""
    if not n["paid"] or exact_or_least(n, "services") != (0, False):
        return ""
    return equipment.personal_services(n, False)


def known_costs(n: Numbers) -> str:
    """Say nothing of a service or two, nor where nothing is paid for."""
    if n["unknown"] or not n["paid"] or whole(n["services"]) < FEW_SERVICES:
        return ""
    return practice.unknown_costs(n, False)


def support(n: Numbers) -> str:
    """Say nothing of less than a working day a month."""
    given = n["hours"]
    enough = isinstance(given, int | Fraction) and given >= DAY_OF_WORK
    return practice.support_hours(n, False) if enough else ""


def storage(n: Numbers) -> str:
    users, least = exact_or_least(n, "users")
    words = {"users": users, "staff": paid_people(n)}
    if least:
        return (
            ngettext(
                "The shared place for files has at least %(users)d user, with %(staff)s.",
                "The shared place for files has at least %(users)d users, with %(staff)s.",
                users,
            )
            % words
        )
    return (
        ngettext(
            "The shared place for files has %(users)d user, with %(staff)s.",
            "The shared place for files has %(users)d users, with %(staff)s.",
            users,
        )
        % words
    )


def line(n: Numbers) -> str:
    if n.get("down") is None or n.get("up") is None:
        return ""
    return ngettext(
        "%(site)s: the line has %(down)s Mbit/s down and %(up)s up, enough for %(staff)d person.",
        "%(site)s: the line has %(down)s Mbit/s down and %(up)s up, enough for %(staff)d people.",
        whole(n["staff"]),
    ) % {
        "site": n.get("site") or "",
        "down": decimal(n["down"]),
        "up": decimal(n["up"]),
        "staff": n["staff"],
    }


def newest_copy(n: Numbers) -> str:
    if not isinstance(n["days"], int):
        return ""
    return ngettext(
        "The newest copy of important data is %(days)d day old.",
        "The newest copy of important data is %(days)d days old.",
        n["days"],
    ) % {"days": n["days"]}


def training(n: Numbers) -> str:
    return _("Training in the last year: %(hours)s for each person.") % {"hours": hours(n["hours"])}


def policy(n: Numbers) -> str:
    titles, key = practice.policies(), str(n["policy"])
    return on_day(n, lambda: _("%(policy)s: last reviewed on %(day)s."), policy=titles.get(key, key))


def on_day(n: Numbers, write: Callable[[], str], **words: str) -> str:
    """Return a sentence with its day; '' without a day."""
    day = n["day"]
    return write() % {**words, "day": date_format(day)} if isinstance(day, date) else ""


GOOD: Mapping[str, Sentence] = {
    "aging-hardware.share": none_of("older", equipment.aging_share),
    "aging-hardware.oldest": none_of("older", equipment.aging_oldest),
    "too-few-devices.owned": owned,
    "too-few-devices.personal": lambda n: "" if n["computers"] else equipment.few_personal(n, False),
    "no-media-equipment.cameras": as_it_is(equipment.cameras),
    "no-media-equipment.microphones": as_it_is(equipment.microphones),
    "unsupported-software.devices": none_of("past", equipment.past_support),
    "missing-licences.personal": personal_services,
    "no-shared-storage.users": storage,
    "slow-connectivity.line": line,
    "weak-wifi.age": none_of("older", equipment.wifi_age),
    "weak-wifi.guests": as_it_is(equipment.wifi_guests),
    "weak-remote-access.laptops": no_share(equipment.laptops),
    "no-data-home.service": as_it_is(practice.data_home),
    "no-backups.second-copy": as_it_is(practice.second_copy),
    "no-backups.newest": newest_copy,
    "no-backups.restore-test": lambda n: on_day(
        n, lambda: _("Reading the copy back was last tested on %(day)s.")
    ),
    "weak-sign-in.two-step": none_of("weak", practice.two_step),
    "shared-passwords.logins": as_it_is(practice.shared_logins),
    "open-access.leavers": lambda n: "" if n["accounts"] else practice.leavers(n, False),
    "unmanaged-devices.managed": none_of("without", practice.not_managed),
    "unmanaged-devices.encrypted": none_of("without", practice.not_encrypted),
    "no-incident-plan.plan": lambda n: on_day(
        n, lambda: _("The plan for the day something goes wrong is from %(day)s.")
    ),
    "skills-gap.training": training,
    "no-tech-owner.person": as_it_is(practice.tech_owner),
    "no-support.hours": support,
    "no-written-policy.policy": policy,
    "no-replacement-cycle.plan": as_it_is(equipment.replacement_plan),
    "no-tech-plan.plan": lambda n: on_day(n, lambda: _("The technology plan is from %(day)s.")),
    "no-tech-budget.costs": known_costs,
    "no-tech-budget.budget": as_it_is(practice.budget),
    "one-time-funding.share": no_share(practice.ending_grants),
}
