"""The rules about data, security, people, processes and money, each with the numbers of its sentence.

Source: the reading of each rule is written out in docs/inventory-rules.md. Every bound is strict as written.
"""

from fractions import Fraction

from assessments.core.inventory import SCREENS, Absent, Inventory, Service
from planning.core.rules.evidence import (
    Support,
    both,
    count,
    in_use,
    is_absent,
    is_for,
    negate,
    number_paid,
    out_of_date,
    owned_for,
    total,
)
from planning.core.values import Figure, Part

SIGN_IN_PURPOSES = (
    *("email-calendar", "client-records", "contacts", "donations", "banking", "accounting"),
    *("newsletters", "scheduling-posts", "website"),
)
POLICIES = ("acceptable-use", "data-protection", "social-media", "joining-leaving")


def day_of(dated: object) -> Figure:
    """Return the day of a dated fact for a sentence, 'none' where there is none, None where not recorded."""
    return dated.value if isinstance(dated, Absent) else dated  # type: ignore[return-value]


def no_data_home(inventory: Inventory, support: Support) -> tuple[Part, ...]:
    """No owned service for contacts. In part: no number of separate places."""
    return (
        Part("no-data-home.service", negate(owned_for(inventory, "contacts"))),
        Part("no-data-home.places", None),
    )


def no_backups(inventory: Inventory, support: Support) -> tuple[Part, ...]:
    """No second copy, a copy older than 7 days, or no restore test in 12 months."""
    backup, day = inventory.facts.backup, inventory.recorded_on
    days = backup.newest_days
    stale = None if days is None else isinstance(days, Absent) or days > 7
    return (
        Part("no-backups.second-copy", negate(backup.second_copy)),
        Part("no-backups.newest", stale, {"days": day_of(days), "limit": 7}),
        Part(
            "no-backups.restore-test",
            out_of_date(backup.last_restore_test, day, 12),
            {"day": day_of(backup.last_restore_test), "limit_months": 12},
        ),
    )


def lacks_two_step(service: Service) -> bool | None:
    """Return whether a service that matters has a sign-in without a second step for somebody."""
    weak = None if service.two_step is None else service.two_step != "all"
    return both(weak, is_for(service, *SIGN_IN_PURPOSES))


def weak_sign_in(inventory: Inventory, support: Support) -> tuple[Part, ...]:
    """At least one service of the nine kinds has no second step for all."""
    weak = count((1, lacks_two_step(service)) for service in inventory.services)
    matter = count((1, is_for(service, *SIGN_IN_PURPOSES)) for service in inventory.services)
    holds = weak.above(0) if inventory.services else None
    numbers = {"services": matter.exact, "weak": weak.exact, "weak_at_least": weak.low}
    return (Part("weak-sign-in.two-step", holds, numbers),)


def shared_passwords(inventory: Inventory, support: Support) -> tuple[Part, ...]:
    """A shared login, and no password manager that the organization owns."""
    shared = count((1, service.shared_login) for service in inventory.services)
    manager = owned_for(inventory, "passwords")
    holds = both(shared.above(0), negate(manager)) if inventory.services else None
    numbers = {"shared": shared.exact, "shared_at_least": shared.low}
    return (Part("shared-passwords.logins", holds, numbers),)


def open_access(inventory: Inventory, support: Support) -> tuple[Part, ...]:
    """One or more accounts of people who left. In part: no administrators, no access review."""
    accounts = inventory.facts.accounts_of_leavers
    return (
        Part("open-access.leavers", None if accounts is None else accounts >= 1, {"accounts": accounts}),
        Part("open-access.review", None),
    )


def unmanaged_devices(inventory: Inventory, support: Support) -> tuple[Part, ...]:
    """More than 10 % of screens not managed, or more than 10 % not encrypted, personal ones too."""
    screens = in_use(inventory, SCREENS)
    number = total(screens)
    parts = []
    for name in ("managed", "encrypted"):
        good = [getattr(device, name) for device in screens]
        missing = count(
            part
            for device, value in zip(screens, good, strict=True)
            for part in ([(device.count, None)] if value is None else [(max(0, device.count - value), True)])
        )
        holds = missing.above(number, times=10) if number else None
        numbers = {"screens": number, "without": missing.exact, "without_at_least": missing.low}
        parts.append(Part(f"unmanaged-devices.{name}", holds, {**numbers, "limit_percent": 10}))
    return tuple(parts)


def no_incident_plan(inventory: Inventory, support: Support) -> tuple[Part, ...]:
    """No incident plan, or one that was not looked at for 12 months."""
    plan = inventory.facts.plans.get("incident")
    holds = out_of_date(plan, inventory.recorded_on, 12)
    return (Part("no-incident-plan.plan", holds, {"day": day_of(plan), "limit_months": 12}),)


def skills_gap(inventory: Inventory, support: Support) -> tuple[Part, ...]:
    """Less than 2 hours of training for each person in the last year."""
    hours = inventory.facts.training_hours_per_person_last_year
    return (Part("skills-gap.training", None if hours is None else hours < 2, {"hours": hours, "limit": 2}),)


def no_tech_owner(inventory: Inventory, support: Support) -> tuple[Part, ...]:
    """Nobody is named. In part: no owner of each item."""
    return (
        Part("no-tech-owner.person", is_absent(inventory.facts.technology_owner)),
        Part("no-tech-owner.items", None),
    )


def no_support(inventory: Inventory, support: Support) -> tuple[Part, ...]:
    """No hours of support a month. In part: no agreed answer time."""
    hours = inventory.facts.support_hours_a_month
    return (
        Part("no-support.hours", None if hours is None else hours == 0, {"hours": hours}),
        Part("no-support.answer-time", None),
    )


def no_written_policy(inventory: Inventory, support: Support) -> tuple[Part, ...]:
    """One of four policies is missing or was not reviewed for 24 months."""
    parts = []
    for policy in POLICIES:
        dated = inventory.facts.policies.get(policy)
        holds = out_of_date(dated, inventory.recorded_on, 24)
        numbers: dict[str, Figure] = {"policy": policy, "day": day_of(dated), "limit_months": 24}
        parts.append(Part("no-written-policy.policy", holds, numbers))
    return tuple(parts)


def no_tech_plan(inventory: Inventory, support: Support) -> tuple[Part, ...]:
    """No technology plan, or one older than 24 months."""
    plan = inventory.facts.plans.get("technology")
    holds = out_of_date(plan, inventory.recorded_on, 24)
    return (Part("no-tech-plan.plan", holds, {"day": day_of(plan), "limit_months": 24}),)


def no_tech_budget(inventory: Inventory, support: Support) -> tuple[Part, ...]:
    """The yearly cost of more than 25 % of services is not known, or the technology budget is 0."""
    number = len(inventory.services)
    unknown = sum(service.yearly_cost_cents is None for service in inventory.services)
    budget = inventory.facts.yearly_technology_budget_cents
    return (
        Part(
            "no-tech-budget.costs",
            4 * unknown > number if number else None,
            {"services": number, "unknown": unknown, "paid": number_paid(inventory), "limit_percent": 25},
        ),
        Part("no-tech-budget.budget", None if budget is None else budget == 0, {"budget_cents": budget}),
    )


def one_time_funding(inventory: Inventory, support: Support) -> tuple[Part, ...]:
    """More than 30 % of yearly cost is paid by grants that end."""
    share = inventory.facts.yearly_cost_paid_by_ending_grants_share
    holds = None if share is None else share > Fraction(3, 10)
    return (Part("one-time-funding.share", holds, {"share": share, "limit_percent": 30}),)


def not_answered(code: str) -> tuple[Part, ...]:
    """Return the one part of a rule that no field of the inventory answers."""
    return (Part(code, None),)


def unprotected_personal_data(inventory: Inventory, support: Support) -> tuple[Part, ...]:
    """No field of the inventory answers it."""
    return not_answered("unprotected-personal-data.sites")


def staff_turnover(inventory: Inventory, support: Support) -> tuple[Part, ...]:
    """No field of the inventory answers it."""
    return not_answered("staff-turnover.people")


def no_inventory(inventory: Inventory, support: Support) -> tuple[Part, ...]:
    """No field of the inventory answers it."""
    return not_answered("no-inventory.list")
