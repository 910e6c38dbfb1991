"""Keep the inventory: rows are added, changed and removed one by one; the single facts are saved together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from assessments.models import DatedFact, Device, InternetLine, InventoryRecord, Service, Site
from organizations.models import Organization

Row = Device | Service | Site | InternetLine
KEY_LENGTH = 50


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A policy, a plan or a test: `exists` None = not recorded, False = there is none, True = of the day `on`."""

    kind: str
    exists: bool | None
    on: date | None


@transaction.atomic
def save_row(*, organization: Organization, row: Row, today: date) -> Row:
    """Add a row or save a changed one. The first row of an organization begins its inventory."""
    record = _record(organization, today)
    if not isinstance(row, InternetLine):
        row.inventory = record
    if isinstance(row, Site) and not row.key:
        row.key = _free_key(record, row.name)
    row.save()
    _changed(record)
    return row


@transaction.atomic
def remove_row(*, row: Row) -> None:
    """Remove a row. Devices of a removed site stay, without a site; its lines go."""
    record = row.site.inventory if isinstance(row, InternetLine) else row.inventory
    row.delete()
    _changed(record)


@transaction.atomic
def save_facts(
    *, organization: Organization, values: Mapping[str, Any], dated: Sequence[DatedValue], today: date
) -> InventoryRecord:
    """Save all single facts. `values` are fields of the inventory's row."""
    record = _record(organization, today)
    for name, value in values.items():
        setattr(record, name, value)
    known = [one for one in dated if one.exists is not None]
    record.dated_facts.exclude(kind__in=[one.kind for one in known]).delete()
    DatedFact.objects.bulk_create(
        [DatedFact(inventory=record, kind=one.kind, exists=bool(one.exists), on=one.on) for one in known],
        update_conflicts=True,
        unique_fields=["inventory", "kind"],
        update_fields=["exists", "on"],
    )
    record.save(update_fields=[*values, "updated_at"])
    return record


def _changed(record: InventoryRecord) -> None:
    """Say that the inventory changed: reports and plans that rest on it ask for it."""
    record.save(update_fields=["updated_at"])


def _record(organization: Organization, today: date) -> InventoryRecord:
    return InventoryRecord.objects.get_or_create(organization=organization, defaults={"recorded_on": today})[
        0
    ]


def _free_key(record: InventoryRecord, name: str) -> str:
    """Return a key for a site that its inventory has not used."""
    stem = slugify(name)[:KEY_LENGTH] or "site"
    taken = set(record.sites.values_list("key", flat=True))
    number, key = 1, stem
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key
