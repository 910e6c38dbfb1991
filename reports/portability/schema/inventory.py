"""What the organization has."""

from datetime import date
from decimal import Decimal

from reports.portability.schema.base import Cents, Key, Line, Row, Whole


class FactRow(Row):
    """A policy, plan or test: there is none, or its day."""

    kind: Key
    exists: bool
    on: date | None


class LineRow(Row):
    """One internet line."""

    kind: Line
    down: Decimal | None
    up: Decimal | None
    yearly_cost_cents: Cents | None
    backup_line: bool | None


class SiteRow(Row):
    """A place of work with its lines."""

    key: Key
    name: Line
    place: Line
    staff: Whole | None
    lines: list[LineRow]


class DeviceRow(Row):
    """Equal devices; `site` is the key of a site."""

    kind: Key
    count: Whole
    year: Whole | None
    os: Line
    supported_until: date | None
    site: Key | None
    used_by: Line
    personal: bool
    condition: Line
    encrypted: Whole | None
    managed: Whole | None


class ServiceRow(Row):
    """A program or online service."""

    name: Line
    purposes: list[Key]
    users: Whole | None
    yearly_cost_cents: Cents | None
    renews_month: Whole | None
    two_step: Line
    shared_login: bool | None
    personal: bool


class InventoryPart(Row):
    """What the organization has on one day."""

    recorded_on: date
    has_technology_owner: bool | None
    technology_owner: Line
    support_hours_a_month: Decimal | None
    training_hours_per_person_last_year: Decimal | None
    backup_second_copy: bool | None
    backup_newest_days: Whole | None
    backup_newest_none: bool
    guest_wifi: bool | None
    accounts_of_leavers: Whole | None
    staff_off_site_share: Decimal | None
    staff_off_site_without_laptop_share: Decimal | None
    yearly_cost_paid_by_ending_grants_share: Decimal | None
    facts: list[FactRow]
    sites: list[SiteRow]
    devices: list[DeviceRow]
    services: list[ServiceRow]
