"""A plan tried beside an approved one hides it nowhere: home names both, and a report is of the approved one."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from planning.models import Plan
from reports.selectors import usual_plan
from tests.walks import Road, begin_road

pytestmark = pytest.mark.django_db


@pytest.fixture
def road(client: Client) -> Road:
    road = begin_road(client)
    road.begin()
    road.answer(1)
    return road


def make(road: Road, number: int, state: str, **more: object) -> Plan:
    now = timezone.now()
    Plan.objects.filter(is_newest=True).update(is_newest=False)
    plan = Plan.objects.create(
        organization=road.organization, number=number, title=f"Plan {number}", start_year=2027, start_quarter=1,
        state=state, created_at=now, updated_at=now, **more,
    )  # fmt: skip
    plan.assessments.set(road.organization.assessments.all())
    return plan


def home_and_form(road: Road) -> tuple[str, Plan | None]:
    home = road.client.get(road.at("organizations:home")).text
    form = road.client.get(road.at("reports:report-list")).context["form"]
    return home, form["plan"].initial


@pytest.mark.parametrize(
    ("state", "words"), [("approved", "Approved: Plan 1"), ("under-way", "Under way: Plan 1")]
)
def test_a_trial_plan_does_not_hide_the_one_that_counts(state: str, words: str, road: Road) -> None:
    first = make(road, 1, state)
    make(road, 2, "draft")
    home, chosen = home_and_form(road)
    assert f'<a href="{reverse("planning:plan", args=[road.organization.slug, 1])}">{words}' in home
    assert road.at("planning:plan", 2) in home
    assert chosen == first


@pytest.mark.parametrize(("states", "usual"), [
    ("draft", 1), ("draft draft", 2), ("approved draft", 1), ("under-way approved draft", 1),
    ("approved under-way", 2), ("approved approved proposed", 2), ("finished draft", 2),
])  # fmt: skip
def test_which_plan_a_report_is_asked_for(states: str, usual: int, road: Road) -> None:
    plans = [make(road, number, state) for number, state in enumerate(states.split(), start=1)]
    found = usual_plan(plans[::-1])
    assert found is not None
    assert found.number == usual


def test_one_plan_is_named_once(road: Road) -> None:
    make(road, 1, "draft")
    make(road, 2, "approved")
    home, chosen = home_and_form(road)
    assert "Approved: " not in home
    assert chosen is not None
    assert chosen.number == 2
