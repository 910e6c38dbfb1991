"""The 28 inventory rules, the six counts and the facts of `done_when`, read on the day of the inventory.

A rule has parts joined by 'or': any true = shown; all false = not shown; otherwise it says nothing. Each part
carries the numbers of the sentence that explains it; `PART_CODES` names them, sentences are made outside.
Source: docs/inventory-rules.md.
"""

from collections.abc import Callable

from assessments.core.inventory import Inventory
from planning.core.rules import equipment, practice
from planning.core.rules.counts import COUNT_BASES, count_things, fact_is_met, facts_met
from planning.core.rules.evidence import Support, count_owned_for
from planning.core.rules.practice import day_of
from planning.core.values import Part, RuleReading, RuleState

__all__ = [
    "COUNT_BASES",
    "PART_CODES",
    "RULES",
    "Support",
    "count_owned_for",
    "count_things",
    "day_of",
    "fact_is_met",
    "facts_met",
    "read_rule",
    "read_rules",
]

Rule = Callable[[Inventory, Support], tuple[Part, ...]]

RULES: dict[str, Rule] = {
    "aging-hardware": equipment.aging_hardware,
    "too-few-devices": equipment.too_few_devices,
    "no-media-equipment": equipment.no_media_equipment,
    "unsupported-software": equipment.unsupported_software,
    "scattered-tools": equipment.scattered_tools,
    "missing-licences": equipment.missing_licences,
    "no-shared-storage": equipment.no_shared_storage,
    "slow-connectivity": equipment.slow_connectivity,
    "weak-wifi": equipment.weak_wifi,
    "weak-remote-access": equipment.weak_remote_access,
    "no-data-home": practice.no_data_home,
    "no-backups": practice.no_backups,
    "unprotected-personal-data": practice.unprotected_personal_data,
    "weak-sign-in": practice.weak_sign_in,
    "shared-passwords": practice.shared_passwords,
    "open-access": practice.open_access,
    "unmanaged-devices": practice.unmanaged_devices,
    "no-incident-plan": practice.no_incident_plan,
    "skills-gap": practice.skills_gap,
    "no-tech-owner": practice.no_tech_owner,
    "staff-turnover": practice.staff_turnover,
    "no-support": practice.no_support,
    "no-written-policy": practice.no_written_policy,
    "no-replacement-cycle": equipment.no_replacement_cycle,
    "no-inventory": practice.no_inventory,
    "no-tech-plan": practice.no_tech_plan,
    "no-tech-budget": practice.no_tech_budget,
    "one-time-funding": practice.one_time_funding,
}

PART_CODES: dict[str, tuple[str, ...]] = {
    "aging-hardware.share": ("computers", "older", "older_at_least", "limit_percent"),
    "aging-hardware.oldest": ("computers", "older", "older_at_least"),
    "too-few-devices.owned": ("computers", "staff", "needed"),
    "too-few-devices.personal": ("computers", "listed", "staff", "limit_percent"),
    "no-media-equipment.cameras": ("cameras",),
    "no-media-equipment.microphones": ("microphones",),
    "unsupported-software.devices": ("screens", "past", "past_at_least"),
    "scattered-tools.purpose": ("purpose", "services", "services_at_least", "limit"),
    "missing-licences.personal": ("services", "services_at_least", "paid"),
    "missing-licences.licences": (),
    "no-shared-storage.users": ("users", "users_at_least", "staff", "limit_percent"),
    "slow-connectivity.line": ("site", "staff", "down", "up", "down_needed", "up_needed"),
    "slow-connectivity.outages": (),
    "weak-wifi.age": ("devices", "older", "older_at_least"),
    "weak-wifi.guests": ("sites",),
    "weak-remote-access.laptops": ("share", "limit_percent"),
    "weak-remote-access.connections": (),
    "no-data-home.service": (),
    "no-data-home.places": (),
    "no-backups.second-copy": (),
    "no-backups.newest": ("days", "limit"),
    "no-backups.restore-test": ("day", "limit_months"),
    "unprotected-personal-data.sites": (),
    "weak-sign-in.two-step": ("services", "weak", "weak_at_least"),
    "shared-passwords.logins": ("shared", "shared_at_least"),
    "open-access.leavers": ("accounts",),
    "open-access.review": (),
    "unmanaged-devices.managed": ("screens", "without", "without_at_least", "limit_percent"),
    "unmanaged-devices.encrypted": ("screens", "without", "without_at_least", "limit_percent"),
    "no-incident-plan.plan": ("day", "limit_months"),
    "skills-gap.training": ("hours", "limit"),
    "no-tech-owner.person": (),
    "no-tech-owner.items": (),
    "staff-turnover.people": (),
    "no-support.hours": ("hours",),
    "no-support.answer-time": (),
    "no-written-policy.policy": ("policy", "day", "limit_months"),
    "no-replacement-cycle.plan": (),
    "no-replacement-cycle.one-year": ("computers", "same_year", "year"),
    "no-replacement-cycle.planned-years": (),
    "no-inventory.list": (),
    "no-tech-plan.plan": ("day", "limit_months"),
    "no-tech-budget.costs": ("services", "unknown", "paid", "limit_percent"),
    "no-tech-budget.budget": ("budget_cents",),
    "one-time-funding.share": ("share", "limit_percent"),
}


def read_rule(challenge: str, inventory: Inventory, support: Support) -> RuleReading:
    """Read one rule; raises KeyError for a challenge without a rule."""
    parts = RULES[challenge](inventory, support)
    if any(part.holds for part in parts):
        state = RuleState.SHOWN
    elif all(part.holds is False for part in parts):
        state = RuleState.NOT_SHOWN
    else:
        state = RuleState.SILENT
    return RuleReading(challenge, state, parts)


def read_rules(inventory: Inventory, support: Support) -> dict[str, RuleReading]:
    """Read all rules. `support` has the last day of updates by operating system, None = not announced."""
    return {challenge: read_rule(challenge, inventory, support) for challenge in RULES}
