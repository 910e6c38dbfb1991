"""What the inventory counts for cost rows, and which actions it shows to be done already.

A number that depends on a field that a row lacks is None: the plan asks for it.
Source: docs/inventory-rules.md.
"""

from collections.abc import Iterable, Mapping

from assessments.core.inventory import SCREENS, Absent, Inventory
from planning.core.rules.equipment import slow_line, staff_at
from planning.core.rules.evidence import (
    Support,
    computers,
    count,
    counted,
    in_use,
    older,
    out_of_date,
    owned_for,
    past_support,
    total,
    worth_extending,
)
from planning.core.values import Action, DoneWhen, RuleReading, RuleState

COUNT_BASES = {
    "computers-older-than-5-years": "per-device",
    "computers-worth-extending": "per-device",
    "staff-without-own-computer": "per-device",
    "devices-past-support": "per-device",
    "slow-sites": "per-site",
    "sites-with-weak-wifi": "per-site",
}


def count_things(inventory: Inventory, support: Support) -> dict[str, int | None]:
    """Return the six counts on the day of the inventory; None where it does not say."""
    day = inventory.recorded_on
    owned = computers(inventory, owned=True)
    screens = in_use(inventory, SCREENS)
    slow = count((1, slow_site(inventory, site)) for site in {line.site for line in inventory.lines})
    staff = inventory.staff_count
    devices = {
        "computers-older-than-5-years": counted(owned, lambda device: older(device, 5, day)).exact,
        "computers-worth-extending": counted(
            owned, lambda device: worth_extending(device, day, support)
        ).exact,
        "staff-without-own-computer": None if staff is None else max(0, staff - total(owned)),
        "devices-past-support": counted(screens, lambda device: past_support(device, day, support)).exact,
    }
    return {
        **(devices if inventory.devices else dict.fromkeys(devices)),
        "slow-sites": slow.exact if inventory.lines else None,
        "sites-with-weak-wifi": weak_wifi_sites(inventory),
    }


def slow_site(inventory: Inventory, site: str) -> bool | None:
    """Return whether one of a site's lines is slow."""
    staff = staff_at(inventory, site)
    slow = [slow_line(line, staff) for line in inventory.lines if line.site == site]
    return True if True in slow else None if None in slow else False


def weak_wifi_sites(inventory: Inventory) -> int | None:
    """Return how many sites are weak: by an old network device, or all when guests have no network."""
    guests = inventory.facts.guest_wifi
    sites = {site.key for site in inventory.sites}
    if guests is False:
        return len(sites) if sites else None
    network, day = in_use(inventory, {"network"}), inventory.recorded_on
    only = next(iter(sites)) if len(sites) == 1 else None
    old: dict[str | None, list[bool | None]] = {}
    for device in network:
        old.setdefault(device.site or only, []).append(older(device, 6, day))
    weak = {site for site in sites if True in old.get(site, [])}
    if sites and weak == sites:
        return len(sites)
    homeless = any(flag is not False for flag in old.get(None, []))
    unsure = any(None in old.get(site, []) for site in sites - weak)
    if guests is None or homeless or unsure or not inventory.devices or not sites:
        return None
    return len(weak)


def fact_is_met(done_when: DoneWhen, inventory: Inventory, readings: Mapping[str, RuleReading]) -> bool:
    """Return whether the inventory shows this fact; what is not known is never met."""
    facts = inventory.facts
    match done_when.fact:
        case "inventory":
            return bool(inventory.devices) and bool(inventory.services)
        case "technology-lead":
            return facts.technology_owner is not None and not isinstance(facts.technology_owner, Absent)
        case "help-desk":
            return owned_for(inventory, "support") is True
        case "service-for":
            return owned_for(inventory, done_when.value) is True
        case "plan":
            plan = facts.plans.get(done_when.value)
            return plan is not None and not isinstance(plan, Absent)
        case "policy":
            policy = facts.policies.get(done_when.value)
            return out_of_date(policy, inventory.recorded_on, 24) is False
        case "not-shown":
            reading = readings.get(done_when.value)
            return reading is not None and reading.state is RuleState.NOT_SHOWN
    return False


def facts_met(
    actions: Iterable[Action], readings: Mapping[str, RuleReading], inventory: Inventory
) -> frozenset[str]:
    """Return the keys of the actions that the inventory shows to be done; somebody still has to confirm."""
    return frozenset(
        action.key
        for action in actions
        if action.done_when is not None and fact_is_met(action.done_when, inventory, readings)
    )
