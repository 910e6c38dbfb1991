"""The home page's next step at each stage of the road, walked through the pages; one button, and it leads there."""

from dataclasses import replace

import pytest
from django.test import Client
from django.utils import timezone

from organizations import home
from organizations.models import Membership, Organization
from planning.journey import plan_step
from planning.models import Plan
from planning.selectors import situation
from portfolio.desk import next_thing
from portfolio.selectors import desk_page
from tests.factories.people import person
from tests.walks import Road, ask_for_report, begin_road, share

pytestmark = pytest.mark.django_db


@pytest.fixture
def road(client: Client) -> Road:
    return begin_road(client)


def test_each_stage_has_its_next_step(road: Road) -> None:
    assert road.next() == (
        "See where you stand, in ten minutes",
        road.at("assessments:assessment-start"),
    )
    road.begin()
    road.answer(1, most=5)
    assert road.next() == (
        "7 questions are left for you",
        road.at("assessments:area-detail", 1, "communication"),
    )
    road.answer(1)
    assert road.next() == (
        "See where you stand, and why",
        road.at("assessments:result-detail", 1),
    )
    first = situation(road.organization).findings.first
    road.post("planning:challenge-accept", 1, first[0])
    left = [key for key in situation(road.organization).findings.first if key != first[0]]
    title, button = road.next()
    assert title == f"{len(left)} challenges wait for your decision"
    assert button == f"{road.at('planning:gaps', 1)}#causes"
    while undecided := _undecided(road.organization):
        road.post("planning:challenge-accept", 1, undecided[0])
    assert road.next() == ("Turn the results into a plan", road.at("planning:plan-create"))
    road.post("planning:plan-create", title="Plan", start="2027-1", horizon_years=3)
    assert road.next() == ("Choose what to do", road.at("planning:plan", 1))
    road.post("planning:plan-choose", 1, budget="9000", revision=Plan.objects.get().revision)
    assert road.next() == ("Make the report", road.at("reports:report-list"))
    report = ask_for_report(road)
    assert road.next()[0] == "Propose the plan"
    road.finish(report)
    assert road.next() == ("Share your plan", road.at("reports:share-list"))
    share(road)
    assert road.next() == ("Propose the plan", road.at("planning:plan", 1))


@pytest.mark.parametrize(
    ("state", "asks"),
    [
        ("draft", "Propose the plan"),
        ("proposed", "The plan waits to be approved"),
        ("approved", "Start the work"),
        ("under-way", "Carry out the plan"),
        ("finished", ""),
    ],
)
def test_home_and_desk_ask_the_same_of_a_plan(state: str, asks: str, road: Road) -> None:
    now = timezone.now()
    Plan.objects.create(
        organization=road.organization, number=1, title="Plan", start_year=2027, start_quarter=1,
        state=state, actions_count=3, created_at=now, updated_at=now,
    )  # fmt: skip
    step = plan_step(road.organization, road.organization.memberships.get())
    assert step is not None
    assert step.next_title == asks
    (row,) = desk_page(road.director, at=now).rows
    row = replace(row, report_made=True)
    assert next_thing(row, at=now) == (asks or "Nothing is waiting")


def test_a_plan_may_come_before_the_last_decision(road: Road) -> None:
    road.begin()
    road.answer(1)
    road.post("planning:plan-create", title="Plan", start="2027-1", horizon_years=3)
    assert road.next() == ("Choose what to do", road.at("planning:plan", 1))


def test_best_answers_everywhere_lead_to_a_report_that_says_so(road: Road) -> None:
    road.begin()
    road.answer(4)
    assert road.next() == ("You are where you want to be", road.at("planning:plan-create"))
    road.post("planning:plan-create", title="Plan", start="2027-1", horizon_years=3)
    assert road.next() == ("Make the report", road.at("reports:report-list"))


def test_who_may_not_see_the_results_is_not_led_to_a_plan(road: Road) -> None:
    """Two people have answered and have not agreed: nobody sees the results of both."""
    road.begin()
    road.answer(1)
    editor = person("Editor")
    Membership.objects.create(organization=road.organization, user=editor, role="editor", answers_as="staff")
    other = Road(Client(), road.organization, editor)
    other.client.force_login(editor)
    other.post("assessments:assessment-begin", 1, named="no")
    other.answer(2)
    agree = "Choose whether the results show", road.at("assessments:assessment-begin", 1)
    assert road.next() == agree
    assert other.next() == agree


@pytest.mark.parametrize("stage", ["results", "causes", "plan"])
def test_the_home_asks_the_database_little(
    stage: str, road: Road, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    road.begin()
    road.answer(1)
    if stage != "results":
        road.post("planning:challenge-accept", 1, situation(road.organization).findings.first[0])
    if stage == "plan":
        road.post("planning:plan-create", title="Plan", start="2027-1", horizon_years=3)
    road.next()
    with django_assert_max_num_queries(MOST[stage]):  # type: ignore[operator]
        road.client.get(road.at("organizations:home"))


MOST = {"results": 13, "causes": 15, "plan": 13}


def _undecided(organization: Organization) -> list[str]:
    known = situation(organization)
    return [key for key in known.findings.first if key not in known.decisions]


def test_what_somebody_else_decides_waits_behind_what_can_be_done(road: Road) -> None:
    proposed = home.Step("plan", "Plan", "now", "Proposed", "", "/p/", "Approve it", may_wait=True)
    report = home.Step("report", "Report", "now", "Can be made", "", "/r/", "Make the report")
    assert home.next_step([proposed, report]) is report
    assert home.next_step([proposed]) is proposed
    assert home.next_step([home.Step("plan", "Plan", "done", "Approved", "", "/p/", may_wait=True)]) is None


def test_a_proposed_plan_asks_the_director_for_the_approval(road: Road) -> None:
    now = timezone.now()
    plan = Plan.objects.create(
        organization=road.organization, number=1, title="Plan", start_year=2027, start_quarter=1,
        state=Plan.State.PROPOSED, created_at=now, updated_at=now,
    )  # fmt: skip
    membership = road.organization.memberships.get()
    step = plan_step(road.organization, membership)
    assert step is not None
    assert (step.next_title, step.url) == (
        "The plan waits to be approved",
        road.at("planning:plan", plan.number),
    )


def test_a_plan_that_cannot_begin_yet_is_no_link(road: Road) -> None:
    step = plan_step(road.organization, road.organization.memberships.get())
    assert step is not None
    assert step.url == ""
    page = road.client.get(road.at("planning:plan-list")).text
    assert road.at("assessments:assessment-list") in page
    assert road.at("planning:plan-create") not in page


def test_a_respondent_is_promised_only_their_own_result(road: Road) -> None:
    road.begin()
    rosa = person("Rosa")
    Membership.objects.create(
        organization=road.organization, user=rosa, role="respondent", answers_as="staff"
    )
    road.client.force_login(rosa)
    said = road.client.get(road.at("organizations:home")).text
    assert "Not begun" in said
    assert "Under way" not in said
    assert "When you have answered, the result of your own answers shows here." in said
    assert "Results show when enough people have answered." not in said
