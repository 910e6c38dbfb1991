"""What the rules are made of: dates, ages, support, and numbers that are only known between two bounds.

A row that lacks a field leaves a number between `low` and `high`; a comparison is true when it is true at
both ends, false when it is false at both, and None (not answered) in between.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from assessments.core.inventory import ABSENT, COMPUTERS, SCREENS, Dated, Device, Inventory, Service

Support = Mapping[str, date | None]
SUPPORT_MONTHS = 6


@dataclass(frozen=True, slots=True)
class Bounds:
    """A whole number that lies between `low` and `high`; `high` None = without a limit."""

    low: int
    high: int | None

    @property
    def exact(self) -> int | None:
        """The number, where it is known."""
        return self.low if self.low == self.high else None

    def above(self, limit: int, of: int = 1, times: int = 1) -> bool | None:
        """Return whether number x `times` > `limit` x `of`."""
        if self.low * times > limit * of:
            return True
        if self.high is None or self.high * times > limit * of:
            return None
        return False


def count(rows: Iterable[tuple[int, bool | None]]) -> Bounds:
    """Return the sum of the numbers whose flag is true; those whose flag is None may count or not."""
    low = high = 0
    for number, flag in rows:
        low += number if flag else 0
        high += number if flag is not False else 0
    return Bounds(low, high)


def both(first: bool | None, second: bool | None) -> bool | None:
    """Return the three-valued 'and'."""
    if first is False or second is False:
        return False
    return True if first and second else None


def negate(value: bool | None) -> bool | None:
    """Return the three-valued 'not'."""
    return None if value is None else not value


def months_before(day: date, months: int) -> date:
    """Return the same day so many months earlier; the 29th to 31st become the 28th."""
    index = day.year * 12 + day.month - 1 - months
    return date(index // 12, index % 12 + 1, min(day.day, 28))


def out_of_date(dated: Dated, day: date, months: int) -> bool | None:
    """Return whether there is none or it is earlier than N months before the day; None = not recorded."""
    if dated is None:
        return None
    return not isinstance(dated, date) or dated < months_before(day, months)


def older(device: Device, years: int, day: date) -> bool | None:
    """Return whether a device is older than so many calendar years; None without its year."""
    return None if device.year is None else day.year - device.year > years


def past_support(device: Device, day: date, support: Support) -> bool | None:
    """Return whether security updates have ended or end within six months; a date of its own goes first."""
    if device.kind not in SCREENS:
        return False
    if device.supported_until is not None:
        ends: date | None = device.supported_until
    elif device.os is not None and device.os in support:
        ends = support[device.os]
    else:
        return None
    return ends is not None and day >= months_before(ends, SUPPORT_MONTHS)


def worth_extending(device: Device, day: date, support: Support) -> bool | None:
    """Return whether a device is 4 to 8 years old and still gets updates for more than six months."""
    age = None if device.year is None else 4 <= day.year - device.year <= 8
    return both(age, negate(past_support(device, day, support)))


def in_use(inventory: Inventory, kinds: Iterable[str], *, owned: bool = False) -> tuple[Device, ...]:
    """Return the devices of these kinds that are in use; `owned` leaves personal ones out."""
    wanted = frozenset(kinds)
    return tuple(
        device
        for device in inventory.devices
        if device.in_use and device.kind in wanted and not (owned and device.personal)
    )


def computers(inventory: Inventory, *, owned: bool = False) -> tuple[Device, ...]:
    """Return the desktops and laptops that are in use."""
    return in_use(inventory, COMPUTERS, owned=owned)


def total(devices: Iterable[Device]) -> int:
    """Return how many devices these lines stand for."""
    return sum(device.count for device in devices)


def counted(devices: Iterable[Device], test: Callable[[Device], bool | None]) -> Bounds:
    """Return how many of these devices pass a three-valued test."""
    return count((device.count, test(device)) for device in devices)


def is_for(service: Service, *purposes: str) -> bool | None:
    """Return whether a service is for one of these purposes; None where its purposes are not recorded."""
    return None if service.purposes is None else not service.purposes.isdisjoint(purposes)


def owned_for(inventory: Inventory, purpose: str) -> bool | None:
    """Return whether the organization itself has a service for a purpose; None when nothing was recorded."""
    return _owned_for(inventory, purpose).above(0) if inventory.services else None


def count_owned_for(inventory: Inventory, purpose: str) -> int:
    """Return how many services of the organization are for a purpose, at least."""
    return _owned_for(inventory, purpose).low


def _owned_for(inventory: Inventory, purpose: str) -> Bounds:
    return count((1, is_for(service, purpose)) for service in inventory.services if not service.personal)


def is_absent(value: object) -> bool | None:
    """Return whether 'there is none' was recorded; None = not recorded."""
    return None if value is None else value is ABSENT


def number_paid(inventory: Inventory) -> int:
    """Return how many services are known to cost something."""
    return sum(bool(service.yearly_cost_cents) for service in inventory.services)
