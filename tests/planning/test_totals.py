"""Home, list and desk say what the plan's page says, whatever changed since somebody last saved the plan."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.models import Answer, Assessment, Device
from assessments.services.inventory import remove_row, save_row
from assessments.services.scores import refresh_scores
from organizations.money import whole_money
from organizations.services import update_profile
from planning import services
from planning.models import Plan
from planning.selectors import outrun_plans, work_of
from reports.selectors import newer_data
from tests.walks import Road, ask_for_report, begin_road

pytestmark = pytest.mark.django_db
OLD = "replace-aging-computers"


@pytest.fixture
def road(client: Client) -> Road:
    """A director with nine old computers, and a plan that replaces them."""
    road = begin_road(client)
    road.begin()
    road.answer(1)
    old = Device(kind="laptop", count=9, year=2012, os="Windows 8")
    save_row(organization=road.organization, row=old, today=date(2026, 9, 1))
    road.post("planning:plan-create", title="Plan", start="2027-1", horizon_years=3)
    road.post("planning:plan-choose", 1, budget="90000", revision=plan().revision)
    assert outrun_plans().count() == 0
    return road


def plan() -> Plan:
    return Plan.objects.get()


def fewer_devices(road: Road) -> None:
    device = Device.objects.get()
    device.count = 4
    save_row(organization=road.organization, row=device, today=date(2026, 9, 1))


def no_device(road: Road) -> None:
    remove_row(row=Device.objects.get())


def best_answers(road: Road) -> None:
    Answer.objects.update(level=4)
    refresh_scores(assessment=Assessment.objects.get(), at=timezone.now())


def more_people(road: Road) -> None:
    update_profile(organization=road.organization, user=road.director, changes={"staff_count": 60})


CHANGES = {
    "fewer devices": fewer_devices,
    "no device": no_device,
    "best answers": best_answers,
    "more people": more_people,
}


def worked_out() -> tuple[str, int]:
    work = work_of(plan())
    return whole_money(work.costs.total.likely, "USD"), len(work.planned)


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_home_and_list_say_what_the_plan_comes_to_now(name: str, road: Road) -> None:
    before = worked_out()
    CHANGES[name](road)
    amount, count = worked_out()
    if name != "best answers":
        assert (amount, count) != before
    assert f"{count} actions, {amount}." in road.client.get(road.at("organizations:home")).text
    assert amount in road.client.get(road.at("planning:plan-list")).text
    page = road.client.get(road.at("planning:plan", 1)).text
    assert ("have changed since this plan was saved" in page) == ((amount, count) != before)


def test_the_list_alone_counts_again(road: Road) -> None:
    fewer_devices(road)
    assert worked_out()[0] in road.client.get(road.at("planning:plan-list")).text


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_a_worker_counts_again_what_nobody_looks_at(name: str, road: Road) -> None:
    CHANGES[name](road)
    assert outrun_plans().count() == 1
    assert services.sweep_totals() == 1
    assert whole_money(plan().total_likely_cents, "USD") == worked_out()[0]
    assert outrun_plans().count() == services.sweep_totals() == 0


def test_what_people_decide_counts_too(road: Road) -> None:
    organization, user = road.organization, road.director
    for change in (
        lambda: services.accept_challenge(organization=organization, challenge="aging-computers", user=user),
        lambda: services.withdraw_decision(organization=organization, challenge="aging-computers"),
        lambda: services.add_goal(organization=organization, title="More meals"),
        lambda: services.change_goal(goal=organization.goals.get(), title="More", weight=3),
        lambda: services.remove_goal(goal=organization.goals.get()),
    ):
        change()
        assert outrun_plans().count() == 1
        services.sweep_totals()


def test_what_is_up_to_date_is_asked_for_as_before(road: Road) -> None:
    queries = {}
    for name in ("organizations:home", "planning:plan-list"):
        road.client.get(road.at(name))
        with CaptureQueriesContext(connection) as captured:
            road.client.get(road.at(name))
        queries[name] = [one["sql"] for one in captured.captured_queries]
        assert not any(sql.startswith("UPDATE") for sql in queries[name])
    assert len(queries["organizations:home"]) <= 13


def test_saving_the_plan_takes_over_what_moved(road: Road) -> None:
    fewer_devices(road)
    services.sweep_totals()
    assert plan().moved
    road.post("planning:plan-refresh", 1, revision=plan().revision)
    assert not plan().moved
    assert "have changed since this plan was saved" not in road.client.get(road.at("planning:plan", 1)).text


@pytest.mark.parametrize("name", ["fewer devices", "no device"])
def test_a_report_says_that_the_inventory_is_newer(name: str, road: Road) -> None:
    report = ask_for_report(road)
    assert "inventory" not in newer_data(report)
    CHANGES[name](road)
    road.client.get(road.at("organizations:home"))
    assert newer_data(report) == ("inventory",)
