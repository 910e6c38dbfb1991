"""What an organization has, as plain values on one day. No framework.

Money is integer cents a year, speeds are Mbit/s, shares run from 0 to 1. None means "not recorded".
A recorded absence (no backup, no plan) is its own value, so that it is never taken for a missing answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from fractions import Fraction

COMPUTERS = frozenset({"desktop", "laptop"})
SCREENS = frozenset({"desktop", "laptop", "phone", "tablet", "server"})
DEVICE_KINDS = (
    "desktop",
    "laptop",
    "phone",
    "tablet",
    "server",
    "camera",
    "microphone",
    "printer",
    "network",
    "other",
)


class Absent(Enum):
    """The recorded answer 'there is none' (null in the content files)."""

    NONE = "none"


ABSENT = Absent.NONE
Dated = date | Absent | None


@dataclass(frozen=True, slots=True)
class Device:
    """`count` equal devices. `encrypted` and `managed` say how many of them are; None where not known."""

    kind: str
    count: int
    year: int | None = None
    os: str | None = None
    supported_until: date | None = None
    site: str | None = None
    personal: bool = False
    encrypted: int | None = None
    managed: int | None = None
    in_use: bool = True


@dataclass(frozen=True, slots=True)
class Service:
    """One program or online service. `two_step` is all | some | none; `purposes` are option keys."""

    name: str
    purposes: frozenset[str] | None = None
    users: int | None = None
    yearly_cost_cents: int | None = None
    two_step: str | None = None
    shared_login: bool | None = None
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """One place of work and the paid staff who work there."""

    key: str
    staff: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One internet line of a site, Mbit/s."""

    site: str
    down: Fraction | None = None
    up: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Backup:
    """The second copy of important data: kept or not, its age in days, the last restore test."""

    second_copy: bool | None = None
    newest_days: int | Absent | None = None
    last_restore_test: Dated = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Single facts that the rules need. Dates are of the last review, test or writing."""

    technology_owner: str | Absent | None = None
    support_hours_a_month: Fraction | None = None
    training_hours_per_person_last_year: Fraction | None = None
    backup: Backup = field(default_factory=Backup)
    policies: Mapping[str, Dated] = field(default_factory=dict)
    plans: Mapping[str, Dated] = field(default_factory=dict)
    guest_wifi: bool | None = None
    accounts_of_leavers: int | None = None
    staff_off_site_without_laptop_share: Fraction | None = None
    yearly_cost_paid_by_ending_grants_share: Fraction | None = None
    yearly_technology_budget_cents: int | None = None


@dataclass(frozen=True, slots=True)
class Inventory:
    """Everything on the day `recorded_on`. `staff_count` is the number of paid people."""

    recorded_on: date
    staff_count: int | None
    devices: tuple[Device, ...] = ()
    services: tuple[Service, ...] = ()
    sites: tuple[Site, ...] = ()
    lines: tuple[Line, ...] = ()
    facts: Facts = field(default_factory=Facts)
