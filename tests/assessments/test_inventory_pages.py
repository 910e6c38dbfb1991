"""The inventory by hand: rows come, change and go; mistakes keep what was typed; facts tell three things apart."""

import re
import uuid
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.core.inventory import ABSENT
from assessments.core.inventory import DEVICE_KINDS as CORE_KINDS
from assessments.forms.inventory import DEVICE_KINDS
from assessments.models import DatedFact, Device, InternetLine, InventoryRecord, Service, Site
from assessments.selectors.inventory import inventory_of
from organizations.models import Organization
from tests.factories.people import House
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def director(house: House, client: Client) -> Client:
    client.force_login(house.people["director"])
    return client


@pytest.fixture
def empty(house: House, client: Client) -> Client:
    """A director of an organization that has listed nothing."""
    client.force_login(house.people["stranger"])
    return client


def url(house: House, name: str, *more: Any) -> str:
    return reverse(f"assessments:{name}", args=[house.slug, *more])


def test_the_form_offers_every_kind_of_device() -> None:
    assert sorted(key for key, _label in DEVICE_KINDS) == sorted(CORE_KINDS)


def test_an_empty_inventory_says_what_it_is_for(empty: Client) -> None:
    page = text_of(empty.get("/o/own-place/inventory/"))
    assert "Old equipment explains much." in page
    assert "No device is listed yet." in page
    assert InventoryRecord.objects.filter(organization__slug="own-place").count() == 0


def test_the_first_row_begins_the_inventory(empty: Client, time_machine: Any) -> None:
    time_machine.move_to("2026-03-16 12:00:00+00:00", tick=False)
    data = {"kind": "laptop", "count": "3", "year": "2023", "os": "Windows 11", "encrypted": "2"}
    response = empty.post("/o/own-place/inventory/devices/add/", data)
    assert response["Location"] == "/o/own-place/inventory/#devices"
    record = InventoryRecord.objects.get(organization__slug="own-place")
    device = record.devices.get()
    assert record.recorded_on == date(2026, 3, 16)
    assert (device.kind, device.count, device.year, device.os, device.encrypted, device.managed) == (
        *("laptop", 3, 2023, "Windows 11", 2, None),
    )
    assert "3 devices, 3 of them computers." in text_of(empty.get("/o/own-place/inventory/"))


def test_a_form_that_is_sent_twice_adds_one_row(empty: Client) -> None:
    data = {"kind": "laptop", "count": "3", "once": str(uuid.uuid4())}
    for _turn in range(2):
        assert empty.post("/o/own-place/inventory/devices/add/", data).status_code == 302
    assert Device.objects.filter(inventory__organization__slug="own-place").count() == 1


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"kind": "", "count": "1"}, "Choose a kind."),
        ({"kind": "laptop", "count": "none"}, "Write a whole number, for instance 12."),
        ({"kind": "laptop", "count": "0"}, "This cannot be less than 1."),
        ({"kind": "laptop", "count": "2", "encrypted": "3"}, "There are only 2 of them."),
        (
            {"kind": "laptop", "count": "2", "year": "2017x"},
            "Write a year with four digits, for instance 2021.",
        ),
        ({"kind": "laptop", "count": "2", "year": "1066"}, "Write a year between 1980 and"),
        ({"kind": "laptop", "count": "2", "supported_until": "soon"}, "Write the day as year-month-day"),
    ],
)
def test_a_mistake_is_said_at_its_field_and_the_rest_is_kept(
    empty: Client, data: dict[str, str], sentence: str
) -> None:
    response = empty.post("/o/own-place/inventory/devices/add/", {"used_by": "Typed before", **data})
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert "Typed before" in response.content.decode()
    assert Device.objects.filter(inventory__organization__slug="own-place").count() == 0


def test_services_sites_and_lines(house: House, director: Client) -> None:
    data = {
        **{"name": "Newsletters", "purposes": ["newsletters", "contacts"], "users": "2"},
        **{"yearly_cost_cents": "1,320.50", "renews_month": "5", "two_step": "some", "shared_login": "yes"},
    }
    assert director.post(url(house, "inventory-row-add", "services"), data).status_code == 302
    service = Service.objects.get(name="Newsletters")
    assert (service.purposes, service.users, service.yearly_cost_cents) == (
        *(["newsletters", "contacts"], 2, 132050),
    )
    assert (service.renews_month, service.two_step, service.shared_login) == (5, "some", True)
    director.post(url(house, "inventory-row-add", "sites"), {"name": "Office", "staff": "2"})
    site = Site.objects.get(key="office-2")
    line = {"site": site.pk, "kind": "fiber", "down": "7.5", "up": "2", "backup_line": "no"}
    director.post(url(house, "inventory-row-add", "lines"), line)
    saved = InternetLine.objects.get(site=site)
    assert (float(saved.down or 0), saved.backup_line, saved.yearly_cost_cents) == (7.5, False, None)
    page = text_of(director.get(url(house, "inventory")))
    assert "2 services for $1,320.50 a year; the cost of 1 is not recorded." in page
    assert "7.5 down, 2 up, Mbit/s" in page
    assert "May" in page


def test_two_numbers_of_places_of_work_are_said(house: House, director: Client) -> None:
    organization = Organization.objects.get(slug=house.slug)
    listed = Site.objects.filter(inventory__organization=organization).count()
    assert listed

    def page(typed: int | None) -> str:
        organization.sites_count = typed
        organization.save()
        return text_of(director.get(url(house, "inventory")))

    for alike in (None, listed):
        assert "Your profile counts" not in page(alike)
    said = f"Your profile counts {listed + 1} places of work, this list {listed}. "
    assert f"{said}Prices count those of the profile, unless a plan has its own number." in page(listed + 1)


def test_a_row_is_changed_and_removed(house: House, director: Client) -> None:
    device = house.objects["inventory"]["devices"]
    page = url(house, "inventory-row-edit", "devices", device.pk)
    assert 'value="2023"' in director.get(page).content.decode()
    director.post(page, {"kind": "desktop", "count": "5"})
    device.refresh_from_db()
    assert (device.kind, device.count, device.year, device.site_id) == ("desktop", 5, None, None)
    assert director.post(url(house, "inventory-row-remove", "devices", device.pk)).status_code == 302
    assert Device.objects.count() == 0


def test_rows_of_another_organization_are_not_found(house: House, client: Client) -> None:
    client.force_login(house.people["lookalike"])
    other = house.lookalike.slug
    for kind, row in house.objects["inventory"].items():
        assert client.get(f"/o/{other}/inventory/{kind}/{row.pk}/").status_code == 404
        assert client.post(f"/o/{other}/inventory/{kind}/{row.pk}/remove/").status_code == 404
    assert client.get(f"/o/{other}/inventory/nothing/add/").status_code == 404
    client.force_login(house.people["director"])
    assert client.get(url(house, "inventory-row-edit", "nothing", 1)).status_code == 404


def test_a_site_of_another_organization_cannot_be_chosen(house: House, client: Client) -> None:
    client.force_login(house.people["lookalike"])
    site = house.objects["inventory"]["sites"]
    data = {"site": site.pk, "kind": "fiber"}
    assert client.post(f"/o/{house.lookalike.slug}/inventory/lines/add/", data).status_code == 422


def test_facts_tell_not_recorded_from_there_is_none(house: House, director: Client) -> None:
    data = {
        **{"recorded_on": "2026-03-16", "owner": "none", "newest": "none", "guest_wifi": "no"},
        **{"support_hours_a_month": "2.5", "staff_off_site_without_laptop_share": "12.5"},
        **{"plan-technology-state": "none", "policy-social-media-on": "2024-10-01"},
    }
    response = director.post(url(house, "inventory-facts"), data)
    assert response["Location"] == url(house, "inventory") + "#facts"
    found = inventory_of(Organization.objects.get(slug=house.slug))
    assert found is not None
    facts = found.facts
    assert (facts.technology_owner, facts.backup.newest_days, facts.backup.second_copy) == (
        *(ABSENT, ABSENT, None),
    )
    assert (facts.plans, facts.policies) == ({"technology": ABSENT}, {"social-media": date(2024, 10, 1)})
    assert (facts.guest_wifi, float(facts.support_hours_a_month or 0)) == (False, 2.5)
    assert str(facts.staff_off_site_without_laptop_share) == "1/8"
    page = director.get(url(house, "inventory-facts")).content.decode()
    assert 'value="12.5"' in page
    assert re.search(r'<option value="none" selected>There is none', page)
    director.post(url(house, "inventory-facts"), {"recorded_on": "2026-03-16"})
    assert DatedFact.objects.count() == 0


@pytest.mark.parametrize("typed", ["40", "40%", "40 %", " 40\u00a0% "])
def test_a_percentage_is_read_with_and_without_its_sign(house: House, director: Client, typed: str) -> None:
    data = {"recorded_on": "2026-03-16", "staff_off_site_share": typed}
    assert director.post(url(house, "inventory-facts"), data).status_code == 302
    assert InventoryRecord.objects.get(organization=house.organization).staff_off_site_share == Decimal("0.4")
    page = director.get(url(house, "inventory")).content.decode()
    assert "40%" in page


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"recorded_on": ""}, "Write the day."),
        ({"recorded_on": "2999-01-01"}, "This day has not come yet."),
        ({"owner": "some"}, "Write who it is."),
        ({"newest": "some"}, "Write how many days old it is."),
        ({"plan-incident-state": "some"}, "Write the day; roughly is enough."),
        ({"staff_off_site_share": "101%"}, "A percentage cannot be more than 100."),
    ],
)
def test_a_fact_that_cannot_be_is_refused(
    house: House, director: Client, data: dict[str, str], sentence: str
) -> None:
    response = director.post(url(house, "inventory-facts"), {"recorded_on": "2026-03-16", **data})
    assert response.status_code == 422
    assert sentence in text_of(response)


def test_the_page_costs_the_same_with_one_and_with_many_rows(
    house: House, director: Client, django_assert_max_num_queries: Any
) -> None:
    counts = []
    record = InventoryRecord.objects.get(organization__slug=house.slug)
    for turn in range(2):
        with django_assert_max_num_queries(15) as captured:
            director.get(url(house, "inventory"))
        counts.append(len(captured))
        for number in range(3):
            site = Site.objects.create(inventory=record, key=f"s{turn}{number}", name="Site")
            InternetLine.objects.create(site=site)
            Device.objects.create(inventory=record, kind="laptop", count=1, site=site)
            Service.objects.create(inventory=record, name="Service")
    assert counts[0] == counts[1]


def test_a_viewer_sees_no_button(house: House, client: Client) -> None:
    client.force_login(house.people["viewer"])
    page = client.get(url(house, "inventory")).content.decode()
    assert "Add devices" not in page
    assert "Laptop" in page


def test_protection_is_told_only_of_what_can_be_protected(house: House, director: Client) -> None:
    record = InventoryRecord.objects.get(organization__slug=house.slug)
    Device.objects.all().delete()
    Device.objects.create(inventory=record, kind="camera", count=2, encrypted=0, managed=0)
    assert "encrypted" not in text_of(director.get(url(house, "inventory")))
    Device.objects.create(inventory=record, kind="tablet", count=2, encrypted=0, managed=1)
    assert "0 encrypted, 1 managed" in text_of(director.get(url(house, "inventory")))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("win 11", "no date of its safety updates is known. Do you mean “Windows 11”?"),
        ("Windows XP", "no date of its safety updates is known. Choose a name from the list"),
        ("Windows 10", "safety updates ended on"),
        ("Windows 11", ""),
    ],
)
def test_a_row_says_when_no_date_is_known_for_its_system(
    name: str, says: str, empty: Client, time_machine: Any
) -> None:
    time_machine.move_to("2026-03-16 12:00:00+00:00", tick=False)
    empty.post("/o/own-place/inventory/devices/add/", {"kind": "laptop", "count": "3", "os": name})
    page = text_of(empty.get("/o/own-place/inventory/"))
    assert says in page
    assert ("no date of its safety updates" in page) == says.startswith("no date")
