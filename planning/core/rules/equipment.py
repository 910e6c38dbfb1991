"""The rules about hardware, software and connectivity, each with the numbers of its sentence.

Source: the reading of each rule is written out in docs/inventory-rules.md. Every bound is strict as written.
"""

from collections import Counter
from fractions import Fraction

from assessments.core.inventory import SCREENS, Inventory, Line, Service
from planning.core.rules.evidence import (
    Bounds,
    Support,
    both,
    computers,
    count,
    counted,
    in_use,
    is_absent,
    is_for,
    number_paid,
    older,
    past_support,
    total,
)
from planning.core.values import Part

DOWN_A_PERSON = 5
UP_A_PERSON = 2
ONE_TOOL_PURPOSES = ("file-sharing", "team-chat", "video-calls", "newsletters", "scheduling-posts")


def aging_hardware(inventory: Inventory, support: Support) -> tuple[Part, ...]:
    """More than 25 % of computers, personal ones too, older than 5 years, or any older than 8."""
    found, day = computers(inventory), inventory.recorded_on
    number = total(found)
    five = counted(found, lambda device: older(device, 5, day))
    eight = counted(found, lambda device: older(device, 8, day))
    holds = five.above(number, times=4) if number else None
    shared = {"computers": number, "older": five.exact, "older_at_least": five.low, "limit_percent": 25}
    oldest = {"computers": number, "older": eight.exact, "older_at_least": eight.low}
    return (
        Part("aging-hardware.share", holds, shared),
        Part("aging-hardware.oldest", eight.above(0) if inventory.devices else None, oldest),
    )


def too_few_devices(inventory: Inventory, support: Support) -> tuple[Part, ...]:
    """Fewer than 0.9 owned computers for each staff member, or personal ones for more than 20 % of staff."""
    owned = total(computers(inventory, owned=True))
    personal = total(computers(inventory)) - owned
    staff = inventory.staff_count
    known = bool(inventory.devices) and bool(staff)
    people = staff or 0
    return (
        Part(
            "too-few-devices.owned",
            10 * owned < 9 * people if known else None,
            {"computers": owned, "staff": staff, "needed": -(-9 * people // 10)},
        ),
        Part(
            "too-few-devices.personal",
            5 * personal > people if known else None,
            {"computers": personal, "listed": owned + personal, "staff": staff, "limit_percent": 20},
        ),
    )


def no_media_equipment(inventory: Inventory, support: Support) -> tuple[Part, ...]:
    """No camera, or no microphone, that the organization owns."""
    known = bool(inventory.devices)
    cameras = total(in_use(inventory, {"camera"}, owned=True))
    microphones = total(in_use(inventory, {"microphone"}, owned=True))
    return (
        Part("no-media-equipment.cameras", cameras == 0 if known else None, {"cameras": cameras}),
        Part(
            "no-media-equipment.microphones",
            microphones == 0 if known else None,
            {"microphones": microphones},
        ),
    )


def unsupported_software(inventory: Inventory, support: Support) -> tuple[Part, ...]:
    """At least one screen past its support, personal ones too."""
    screens, day = in_use(inventory, SCREENS), inventory.recorded_on
    past = counted(screens, lambda device: past_support(device, day, support))
    holds = past.above(0) if inventory.devices else None
    numbers = {"screens": total(screens), "past": past.exact, "past_at_least": past.low}
    return (Part("unsupported-software.devices", holds, numbers),)


def scattered_tools(inventory: Inventory, support: Support) -> tuple[Part, ...]:
    """Three or more services for one purpose."""
    parts = []
    for purpose in ONE_TOOL_PURPOSES:
        found = count((1, is_for(service, purpose)) for service in inventory.services)
        holds = found.above(2) if inventory.services else None
        numbers = {"purpose": purpose, "services": found.exact, "services_at_least": found.low, "limit": 3}
        parts.append(Part("scattered-tools.purpose", holds, numbers))
    return tuple(parts)


def missing_licences(inventory: Inventory, support: Support) -> tuple[Part, ...]:
    """At least one paid service in the name of a private person. In part: no licence numbers."""
    paid = count(
        (1, None if service.yearly_cost_cents is None else service.yearly_cost_cents > 0)
        for service in inventory.services
        if service.personal
    )
    holds = paid.above(0) if inventory.services else None
    numbers = {"services": paid.exact, "services_at_least": paid.low, "paid": number_paid(inventory)}
    return (Part("missing-licences.personal", holds, numbers), Part("missing-licences.licences", None))


def storage_users(services: tuple[Service, ...]) -> Bounds:
    """Return the most users of any one owned service for file sharing, 0 without such a service."""
    low, high = 0, 0
    open_end = False
    for service in services:
        shares = is_for(service, "file-sharing")
        if service.personal or shares is False:
            continue
        if service.users is None:
            open_end = True
            continue
        low = max(low, service.users) if shares else low
        high = max(high, service.users)
    return Bounds(low, None if open_end else high)


def no_shared_storage(inventory: Inventory, support: Support) -> tuple[Part, ...]:
    """The largest owned service for file sharing serves less than 80 % of staff."""
    staff = inventory.staff_count
    users = storage_users(inventory.services)
    holds = None
    if inventory.services and staff:
        reaches = users.above(4 * staff - 1, times=5)  # 5 x users >= 4 x staff, in whole numbers
        holds = None if reaches is None else not reaches
    numbers = {"users": users.exact, "users_at_least": users.low, "staff": staff, "limit_percent": 80}
    return (Part("no-shared-storage.users", holds, numbers),)


def slow_line(line: Line, staff: int | None) -> bool | None:
    """Return whether a line is below 5 Mbit/s down or 2 Mbit/s up for each of the site's staff."""
    if staff is None:
        return None
    down = None if line.down is None else line.down < DOWN_A_PERSON * staff
    up = None if line.up is None else line.up < UP_A_PERSON * staff
    if down or up:
        return True
    return None if down is None or up is None else False


def staff_at(inventory: Inventory, site: str) -> int | None:
    """Return the staff of a site, or None."""
    return next((found.staff for found in inventory.sites if found.key == site), None)


def slow_connectivity(inventory: Inventory, support: Support) -> tuple[Part, ...]:
    """A line too slow for the staff of its site; each line by itself. In part: no outages."""
    parts = []
    for line in inventory.lines:
        staff = staff_at(inventory, line.site)
        numbers = {
            "site": line.site,
            "staff": staff,
            "down": line.down,
            "up": line.up,
            "down_needed": None if staff is None else Fraction(DOWN_A_PERSON * staff),
            "up_needed": None if staff is None else Fraction(UP_A_PERSON * staff),
        }
        parts.append(Part("slow-connectivity.line", slow_line(line, staff), numbers))
    if not parts:
        parts.append(Part("slow-connectivity.line", None))
    return (*parts, Part("slow-connectivity.outages", None))


def weak_wifi(inventory: Inventory, support: Support) -> tuple[Part, ...]:
    """A network device older than 6 years, or guests without a network of their own."""
    devices, day = in_use(inventory, {"network"}), inventory.recorded_on
    old = counted(devices, lambda device: older(device, 6, day))
    guests = inventory.facts.guest_wifi
    numbers = {"devices": total(devices), "older": old.exact, "older_at_least": old.low}
    return (
        Part("weak-wifi.age", old.above(0) if inventory.devices else None, numbers),
        Part("weak-wifi.guests", None if guests is None else not guests, {"sites": len(inventory.sites)}),
    )


def weak_remote_access(inventory: Inventory, support: Support) -> tuple[Part, ...]:
    """More than 25 % of all staff off site without a laptop of the organization. In part: no connections."""
    share = inventory.facts.staff_off_site_without_laptop_share
    holds = None if share is None else share > Fraction(1, 4)
    return (
        Part("weak-remote-access.laptops", holds, {"share": share, "limit_percent": 25}),
        Part("weak-remote-access.connections", None),
    )


def no_replacement_cycle(inventory: Inventory, support: Support) -> tuple[Part, ...]:
    """No plan, or 4 or more computers of which one year has more than half. In part: no planned years."""
    plan = inventory.facts.plans.get("replacement")
    found = computers(inventory)
    years: Counter[int] = Counter()
    for device in found:
        if device.year is not None:
            years[device.year] += device.count
    number, unknown = total(found), total(device for device in found if device.year is None)
    year, most = min(years.items(), key=lambda item: (-item[1], item[0]), default=(None, 0))
    half = Bounds(most, most + unknown).above(number, times=2)
    one_year = both(number >= 4, half) if inventory.devices else None
    return (
        Part("no-replacement-cycle.plan", is_absent(plan)),
        Part(
            "no-replacement-cycle.one-year", one_year, {"computers": number, "same_year": most, "year": year}
        ),
        Part("no-replacement-cycle.planned-years", None),
    )
