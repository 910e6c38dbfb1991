"""The inventory of the database is the inventory that the rules read: checked on all demonstration organizations."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from assessments.core.inventory import ABSENT, Facts, Inventory
from assessments.models import DatedFact, Device, InternetLine, InventoryRecord, Service, Site
from assessments.selectors.inventory import inventory_of
from assessments.selectors.support import purposes, support_ends
from organizations.models import Organization
from tests.factories.assessments import new_organization

pytestmark = pytest.mark.django_db


def record_for(organization: Organization, **fields: Any) -> InventoryRecord:
    return InventoryRecord.objects.create(
        organization=organization, **{"recorded_on": date(2026, 3, 16), **fields}
    )


def test_nothing_recorded_is_no_inventory() -> None:
    assert inventory_of(new_organization()) is None


def test_an_empty_record_knows_nothing_and_claims_nothing() -> None:
    organization = new_organization(staff_count=4)
    record_for(organization)
    assert inventory_of(organization) == Inventory(
        recorded_on=date(2026, 3, 16), staff_count=4, facts=Facts()
    )


def test_there_is_none_is_an_answer_of_its_own() -> None:
    organization = new_organization(staff_count=4, yearly_technology_budget_cents=0)
    record = record_for(organization, has_technology_owner=False, backup_newest_none=True)
    for kind in DatedFact.Kind.values:
        DatedFact.objects.create(inventory=record, kind=kind, exists=False)
    found = inventory_of(organization)
    assert found is not None
    assert found.facts.technology_owner is ABSENT
    assert found.facts.backup.newest_days is ABSENT
    assert found.facts.backup.last_restore_test is ABSENT
    assert found.facts.policies == dict.fromkeys(
        ("acceptable-use", "data-protection", "social-media", "joining-leaving"), ABSENT
    )
    assert found.facts.plans == dict.fromkeys(("technology", "incident", "replacement"), ABSENT)
    assert found.facts.yearly_technology_budget_cents == 0


def test_rows_are_read_with_their_sites_and_exact_numbers() -> None:
    organization = new_organization(staff_count=4)
    record = record_for(organization, support_hours_a_month=Decimal("2.5"), has_technology_owner=True)
    DatedFact.objects.create(inventory=record, kind="plan-technology", exists=True, on=date(2025, 1, 2))
    site = Site.objects.create(inventory=record, key="office", name="Office", staff=4)
    InternetLine.objects.create(site=site, down=Decimal("7.5"))
    Device.objects.create(inventory=record, kind="laptop", count=3, site=site, condition="out", encrypted=0)
    Service.objects.create(inventory=record, name="Mail", purposes=["email-calendar"], two_step="some")
    Service.objects.create(inventory=record, name="Other")
    found = inventory_of(organization)
    assert found is not None
    device, line, mail, other = found.devices[0], found.lines[0], *found.services
    assert (device.kind, device.count, device.site, device.in_use, device.encrypted, device.managed) == (
        *("laptop", 3, "office", False, 0, None),
    )
    assert (line.site, line.down, line.up) == ("office", Decimal("7.5"), None)
    assert (mail.purposes, mail.two_step, other.purposes, other.two_step) == (
        *(frozenset({"email-calendar"}), "some", None, None),
    )
    assert found.facts.support_hours_a_month == Decimal("2.5")
    assert found.facts.technology_owner == "?"
    assert found.facts.plans == {"technology": date(2025, 1, 2)}


def test_the_tables_that_forms_offer_are_whole() -> None:
    keys = [purpose.key for purpose in purposes()]
    assert {"support", "passwords", "email-calendar", "other"} <= set(keys)
    assert len(keys) == len(set(keys)) == 20
    assert all(set(purpose.label) == {"en", "es"} for purpose in purposes())
    assert support_ends()["Windows 10"] == date(2025, 10, 14)
