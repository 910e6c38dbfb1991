"""What the report says about the organization: facts, goals, equipment, services."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.core.inventory import COMPUTERS
from reports.core.document import (
    OLD_YEARS,
    OUT_OF_USE,
    DeviceLine,
    Document,
)
from reports.render.context.index import Index
from reports.render.context.say import Row, Say

MOST_DEVICES = 14
Value = TypeVar("Value")


@dataclass(frozen=True)
class DeviceRow:
    """All devices of one kind in one state: how many, from which years, what they are used for."""

    kind: str
    personal: bool
    count: int
    made: str
    used_by: str
    state: str


@dataclass(frozen=True)
class GoalRow:
    """A goal as the report shows it."""

    number: int
    title: str
    measure: str
    by: str
    areas: str
    actions: tuple[int, ...]


def glance(say: Say) -> list[Row]:
    """Return the facts about the organization that are there."""
    org = say.document.organization
    rows = [
        (_("Field"), org.field),
        (_("People"), _paid(org.staff_count, org.volunteers)),
        (_("Full-time equivalents"), _known(org.full_time_equivalents, say.hours)),
        (_("Volunteers"), _known(org.volunteers, say.number)),
        (_("Places of work"), _known(org.sites, say.number)),
        (_("Devices"), _known(_devices(say.document), say.number)),
        (_("Budget a year"), _known(org.yearly_budget_cents, say.money)),
        (_("Technology"), _known(org.yearly_technology_budget_cents, say.money)),
    ]
    return [Row(head, text) for head, text in rows if text]


def _devices(document: Document) -> int | None:
    """Return how many devices there are: those on the list where there is one, as its table counts them."""
    listed = document.inventory.devices if document.inventory else ()
    return sum(row.count for row in listed) or document.organization.devices


def _known(value: Value | None, words: Callable[[Value], str]) -> str:
    """Return a number in words; '' while nobody has said it."""
    return "" if value is None else words(value)


def _paid(people: int | None, volunteers: int | None) -> str:
    """Return how many people are paid; '' while nobody has said it, or where there is nobody at all."""
    if people is None:
        return ""
    if not people:
        return "" if volunteers == 0 else _("volunteers only")
    return ngettext("%(count)d paid person", "%(count)d paid people", people) % {"count": people}


def goals(say: Say, index: Index) -> list[GoalRow]:
    """Return the goals with the actions that serve each."""
    return [
        GoalRow(
            number=index.goal_numbers[goal.key],
            title=goal.title,
            measure=goal.measure,
            by=say.month(goal.by),
            areas=say.listed(say.area(area) for area in goal.areas),
            actions=index.under(goal.key),
        )
        for goal in say.document.goals
    ]


def kind_of_device(kind: str, count: int) -> str:
    """Return what kind of device a line is about."""
    names = {
        "desktop": ngettext("Desktop computer", "Desktop computers", count),
        "laptop": ngettext("Laptop", "Laptops", count),
        "phone": ngettext("Phone", "Phones", count),
        "tablet": ngettext("Tablet", "Tablets", count),
        "server": ngettext("Server", "Servers", count),
        "camera": ngettext("Camera", "Cameras", count),
        "microphone": ngettext("Microphone", "Microphones", count),
        "printer": ngettext("Printer", "Printers", count),
        "network": ngettext("Network device", "Network devices", count),
    }
    return names.get(kind) or ngettext("Other device", "Other devices", count)


def device_state(row: DeviceLine, year: int) -> str:
    """Return what the list says about the state of a device."""
    old = row.year is not None and year - row.year > OLD_YEARS
    if row.condition == OUT_OF_USE:
        return _("out of use")
    if old and row.past_support:
        return _("past its years, no safety updates")
    if row.past_support:
        return _("no safety updates")
    if old:
        return _("past its years")
    if row.year is None:
        return _("age not recorded")
    return _("within its years")


def equipment(say: Say) -> tuple[list[DeviceRow], int]:
    """Return the devices by kind and state, oldest computers first, and how many devices are left out."""
    inventory = say.document.inventory
    if inventory is None:
        return [], 0
    now = inventory.recorded_on.year
    ordered = sorted(
        inventory.devices,
        key=lambda row: (row.kind not in COMPUTERS, row.kind, row.year or 9999, row.used_by),
    )
    groups: dict[tuple[str, bool, str], list[DeviceLine]] = {}
    for row in ordered:
        groups.setdefault((row.kind, bool(row.personal), device_state(row, now)), []).append(row)
    rows = [_device_row(kind, personal, state, lines) for (kind, personal, state), lines in groups.items()]
    return rows[:MOST_DEVICES], sum(row.count for row in rows[MOST_DEVICES:])


def _device_row(kind: str, personal: bool, state: str, lines: list[DeviceLine]) -> DeviceRow:
    count = sum(line.count for line in lines)
    years = [line.year for line in lines if line.year is not None]
    made = "–"
    if years:
        made = str(min(years)) if min(years) == max(years) else f"{min(years)}–{max(years)}"
    uses = dict.fromkeys(line.used_by.strip() for line in lines if line.used_by.strip())
    return DeviceRow(kind_of_device(kind, count), personal, count, made, "; ".join(uses) or "–", state)


def has_list(document: Document) -> bool:
    """Say whether anything is on the list of what the organization has."""
    found = document.inventory
    return found is not None and bool(found.devices or found.services or found.lines)


def no_devices(say: Say) -> str:
    """Return what stands in place of the table of equipment where it has no row."""
    if has_list(say.document):
        return _("No equipment is on our list yet.")
    return _("There is no list of what we have yet, so what follows rests on answers alone.")


def places_sentence(say: Say) -> str:
    """Return that profile and list count other places of work, and how many prices count; '' where they agree."""
    inventory, sites = say.document.inventory, say.document.organization.sites
    listed, counted = inventory.sites if inventory else None, say.document.plan.sites_counted
    if not listed or sites is None or counted is None or sites == listed:
        return ""
    return ngettext(
        "Our profile counts %(sites)s place of work, our list names %(listed)s; prices count %(counted)s.",
        "Our profile counts %(sites)s places of work, our list names %(listed)s; prices count %(counted)s.",
        sites,
    ) % {"sites": say.number(sites), "listed": say.number(listed), "counted": say.number(counted)}


def services_sentence(say: Say) -> str:
    """Return how many programs and lines are listed and what they cost; '' for none."""
    inventory = say.document.inventory
    if inventory is None or not (inventory.services or inventory.lines):
        return ""
    services, lines = len(inventory.services), len(inventory.lines)
    parts = [
        ngettext("%(count)d program or online service", "%(count)d programs and online services", services)
        % {"count": services}
        if services
        else "",
        ngettext("%(count)d internet line", "%(count)d internet lines", lines) % {"count": lines}
        if lines
        else "",
    ]
    first = _("We use %(things)s.") % {"things": say.listed(part for part in parts if part)}
    costs = [row.yearly_cost_cents for row in inventory.services]
    costs += [row.yearly_cost_cents for row in inventory.lines]
    return f"{first} {_cost_sentence(say, costs)}"


def _cost_sentence(say: Say, costs: list[int | None]) -> str:
    """Return what some things cost a year, when all, some or none of the costs are recorded."""
    known = [cost for cost in costs if cost is not None]
    words = {"money": say.money(sum(known)), "count": len(known)}
    if not known:
        return _("What that costs a year is not recorded.")
    if len(known) < len(costs):
        return (
            ngettext(
                "A yearly cost is recorded for %(count)d of them: %(money)s.",
                "A yearly cost is recorded for %(count)d of them: %(money)s in all.",
                len(known),
            )
            % words
        )
    return _("That costs %(money)s a year.") % words
