"""What the inventory says about a challenge, in sentences with numbers.

One sentence a part of a rule; it states the facts and the limit, so that it reads right whether the part holds or
not. A number that is not known exactly is told as "at least". '' where nothing was recorded.
Source: the codes and numbers are those of planning.core.rules.PART_CODES.
"""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from planning.core.values import Part, RuleReading
from planning.sentences import equipment, practice
from planning.sentences.figures import Numbers


def proof_of(reading: RuleReading | None, sites: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Return the sentences of the parts that hold; `sites` names the places of work by key."""
    return _sentences(reading.proof, sites) if reading else ()


def against_of(reading: RuleReading | None, sites: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Return the sentences of the parts that were answered and do not hold."""
    return _sentences(tuple(p for p in reading.parts if p.holds is False), sites) if reading else ()


def _sentences(parts: tuple[Part, ...], sites: Mapping[str, str] | None) -> tuple[str, ...]:
    found = (part_sentence(part, sites) for part in parts)
    return tuple(sentence for sentence in found if sentence)


def part_sentence(part: Part, sites: Mapping[str, str] | None = None) -> str:
    """Return the sentence of one part; '' for a part that was not answered."""
    if part.holds is None:
        return ""
    return SENTENCES[part.code](numbers_of(part, sites), part.holds)


def numbers_of(part: Part, sites: Mapping[str, str] | None) -> Numbers:
    """Return the numbers of a part, with the name of the place of work instead of its key."""
    numbers = dict(part.numbers)
    if sites and isinstance(numbers.get("site"), str):
        numbers["site"] = sites.get(str(numbers["site"]), str(numbers["site"]))
    return numbers


def silent(n: Numbers, holds: bool) -> str:
    """Say nothing: no field of the inventory answers this part."""
    return ""


SENTENCES: Mapping[str, Callable[[Numbers, bool], str]] = {
    "aging-hardware.share": equipment.aging_share,
    "aging-hardware.oldest": equipment.aging_oldest,
    "too-few-devices.owned": equipment.few_owned,
    "too-few-devices.personal": equipment.few_personal,
    "no-media-equipment.cameras": equipment.cameras,
    "no-media-equipment.microphones": equipment.microphones,
    "unsupported-software.devices": equipment.past_support,
    "scattered-tools.purpose": equipment.scattered,
    "missing-licences.personal": equipment.personal_services,
    "missing-licences.licences": silent,
    "no-shared-storage.users": equipment.storage,
    "slow-connectivity.line": equipment.line,
    "slow-connectivity.outages": silent,
    "weak-wifi.age": equipment.wifi_age,
    "weak-wifi.guests": equipment.wifi_guests,
    "weak-remote-access.laptops": equipment.laptops,
    "weak-remote-access.connections": silent,
    "no-data-home.service": practice.data_home,
    "no-data-home.places": silent,
    "no-backups.second-copy": practice.second_copy,
    "no-backups.newest": practice.newest_copy,
    "no-backups.restore-test": practice.restore_test,
    "unprotected-personal-data.sites": silent,
    "weak-sign-in.two-step": practice.two_step,
    "shared-passwords.logins": practice.shared_logins,
    "open-access.leavers": practice.leavers,
    "open-access.review": silent,
    "unmanaged-devices.managed": practice.not_managed,
    "unmanaged-devices.encrypted": practice.not_encrypted,
    "no-incident-plan.plan": practice.dated(
        lambda: _("There is no plan for the day something goes wrong."),
        lambda: _(
            "The plan for the day something goes wrong is from %(day)s; "
            "the rule says it is looked at once in %(months)d months."
        ),
    ),
    "skills-gap.training": practice.training,
    "no-tech-owner.person": practice.tech_owner,
    "no-tech-owner.items": silent,
    "staff-turnover.people": silent,
    "no-support.hours": practice.support_hours,
    "no-support.answer-time": silent,
    "no-written-policy.policy": practice.policy,
    "no-replacement-cycle.plan": equipment.replacement_plan,
    "no-replacement-cycle.one-year": equipment.one_year,
    "no-replacement-cycle.planned-years": silent,
    "no-inventory.list": silent,
    "no-tech-plan.plan": practice.dated(
        lambda: _("There is no technology plan yet."),
        lambda: _(
            "The technology plan is from %(day)s; the rule says it is looked at once in %(months)d months."
        ),
    ),
    "no-tech-budget.costs": practice.unknown_costs,
    "no-tech-budget.budget": practice.budget,
    "one-time-funding.share": practice.ending_grants,
}
