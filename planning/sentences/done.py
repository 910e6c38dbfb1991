"""What the list of equipment shows when it says that an action is done: the sentences of the fact in `done_when`."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.core.inventory import Inventory
from planning.core.rules import count_owned_for, day_of
from planning.core.values import DoneWhen, RuleReading
from planning.sentences import good, labels, practice
from planning.sentences.figures import Numbers
from planning.sentences.rules import against_of


def done_sentences(
    done_when: DoneWhen,
    inventory: Inventory,
    readings: Mapping[str, RuleReading],
    *,
    sites: Mapping[str, str],
    purposes: Mapping[str, str],
) -> tuple[str, ...]:
    """Return what the list shows of a fact that is met; `sites` and `purposes` are names by key."""
    facts, value = inventory.facts, done_when.value
    match done_when.fact:
        case "inventory":
            return (_recorded(inventory),)
        case "technology-lead":
            return (practice.tech_owner({}, False),)
        case "help-desk":
            return (_services(inventory, "support", purposes),)
        case "service-for":
            return (_services(inventory, value, purposes),)
        case "plan":
            return (PLANS[value]({"day": day_of(facts.plans.get(value))}),)
        case "policy":
            return (good.policy({"policy": value, "day": day_of(facts.policies.get(value))}),)
    return against_of(readings.get(value), sites)


def _recorded(inventory: Inventory) -> str:
    devices, services = sum(one.count for one in inventory.devices), len(inventory.services)
    return _("Your list has %(devices)s and %(services)s.") % {
        "devices": labels.units(devices, basis="per-device", count=None),
        "services": ngettext("%(number)d service", "%(number)d services", services) % {"number": services},
    }


def _services(inventory: Inventory, purpose: str, purposes: Mapping[str, str]) -> str:
    count = count_owned_for(inventory, purpose)
    return ngettext(
        "%(count)d service of yours is for “%(purpose)s”.",
        "%(count)d services of yours are for “%(purpose)s”.",
        count,
    ) % {"count": count, "purpose": purposes.get(purpose, purpose)}


def _replacement(n: Numbers) -> str:
    return good.on_day(n, lambda: _("The plan for replacing equipment is from %(day)s."))


PLANS = {
    "technology": good.GOOD["no-tech-plan.plan"],
    "incident": good.GOOD["no-incident-plan.plan"],
    "replacement": _replacement,
}
