"""What an organization has, as the rules read it.

An empty field means 'not recorded'; 'there is none' is a value of its own.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assessments.core import inventory as core
from assessments.models import DatedFact, Device, InternetLine, InventoryRecord, Service, Site
from organizations.models import Organization

Fact = DatedFact.Kind
POLICIES = {
    Fact.ACCEPTABLE_USE: "acceptable-use",
    Fact.DATA_PROTECTION: "data-protection",
    Fact.SOCIAL_MEDIA: "social-media",
    Fact.JOINING_LEAVING: "joining-leaving",
}
PLANS = {Fact.TECHNOLOGY: "technology", Fact.INCIDENT: "incident", Fact.REPLACEMENT: "replacement"}
NAMED = "?"  # somebody looks after technology, but the name was not written down


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the rules read of an inventory: its row, and its sites with the lines of each."""

    record: InventoryRecord
    sites: tuple[Site, ...]
    lines: tuple[InternetLine, ...]


def inventory_of(organization: Organization) -> core.Inventory | None:
    """Return the inventory on the day it was taken; None before anything was recorded."""
    found = recorded_by(organization)
    return None if found is None else inventory_from(found, organization)


def inventory_from(recorded: Recorded, organization: Organization) -> core.Inventory:
    """Return the inventory of rows that are already there."""
    record, keys = recorded.record, {site.pk: site.key for site in recorded.sites}
    return core.Inventory(
        recorded_on=record.recorded_on,
        staff_count=organization.staff_count,
        devices=tuple(_device(row, keys) for row in record.devices.all()),
        services=tuple(_service(row) for row in record.services.all()),
        sites=tuple(core.Site(key=site.key, staff=site.staff) for site in recorded.sites),
        lines=tuple(_line(row, keys[row.site_id]) for row in recorded.lines),
        facts=_facts(record, organization),
    )


def recorded_by(organization: Organization) -> Recorded | None:
    """Return what the rules read, in five queries; None before anything was recorded."""
    found = InventoryRecord.objects.filter(organization=organization)
    record = found.prefetch_related("devices", "services", "dated_facts").first()
    if record is None:
        return None
    sites: dict[int, Site] = {}
    lines: list[InternetLine] = []
    rows = Site.objects.filter(inventory=record).order_by("pk", "lines__pk")
    for pk, key, name, staff, line, down, up in rows.values_list(
        "pk", "key", "name", "staff", "lines__pk", "lines__down", "lines__up"
    ):
        sites[pk] = Site(pk=pk, inventory=record, key=key, name=name, staff=staff)
        if line is not None:
            lines.append(InternetLine(pk=line, site_id=pk, down=down, up=up))
    return Recorded(record, tuple(sites.values()), tuple(lines))


def record_of(organization: Organization) -> InventoryRecord | None:
    """Return the inventory's row with everything that hangs on it; None before anything was recorded."""
    return (
        InventoryRecord.objects.filter(organization=organization)
        .prefetch_related("devices", "services", "sites__lines", "dated_facts")
        .first()
    )


def _device(row: Device, sites: dict[int, str]) -> core.Device:
    return core.Device(
        kind=row.kind,
        count=row.count,
        year=row.year,
        os=row.os or None,
        supported_until=row.supported_until,
        site=sites.get(row.site_id) if row.site_id is not None else None,
        personal=row.personal,
        encrypted=row.encrypted,
        managed=row.managed,
        in_use=row.condition != Device.Condition.OUT,
    )


def _service(row: Service) -> core.Service:
    return core.Service(
        name=row.name,
        purposes=frozenset(row.purposes) or None,
        users=row.users,
        yearly_cost_cents=row.yearly_cost_cents,
        two_step=row.two_step or None,
        shared_login=row.shared_login,
        personal=row.personal,
    )


def _line(row: InternetLine, site: str) -> core.Line:
    return core.Line(site=site, down=_exact(row.down), up=_exact(row.up))


def _facts(record: InventoryRecord, organization: Organization) -> core.Facts:
    dated = {row.kind: row.on if row.exists else core.ABSENT for row in record.dated_facts.all()}
    return core.Facts(
        technology_owner=_owner(record),
        support_hours_a_month=_exact(record.support_hours_a_month),
        training_hours_per_person_last_year=_exact(record.training_hours_per_person_last_year),
        backup=core.Backup(
            second_copy=record.backup_second_copy,
            newest_days=core.ABSENT if record.backup_newest_none else record.backup_newest_days,
            last_restore_test=dated.get(Fact.RESTORE_TEST),
        ),
        policies={key: dated[kind] for kind, key in POLICIES.items() if kind in dated},
        plans={key: dated[kind] for kind, key in PLANS.items() if kind in dated},
        guest_wifi=record.guest_wifi,
        accounts_of_leavers=record.accounts_of_leavers,
        staff_off_site_without_laptop_share=_exact(record.staff_off_site_without_laptop_share),
        yearly_cost_paid_by_ending_grants_share=_exact(record.yearly_cost_paid_by_ending_grants_share),
        yearly_technology_budget_cents=organization.yearly_technology_budget_cents,
    )


def _owner(record: InventoryRecord) -> str | core.Absent | None:
    if record.has_technology_owner is None:
        return None
    return (record.technology_owner or NAMED) if record.has_technology_owner else core.ABSENT


def _exact(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)
