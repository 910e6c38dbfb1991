"""Best answers everywhere: no gap, no cause, no action, and a report that says so. Through the pages."""

import re
from io import BytesIO

import pdfplumber
import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import Answer, Assessment
from assessments.services.scores import refresh_scores
from jobs import services as jobs
from jobs.models import JobState
from organizations.models import Membership
from planning.models import Plan
from planning.selectors import work_of
from reports.models import Report
from tests.factories.people import person
from tests.walks import Road, ask_for_report, begin_road, share

pytestmark = pytest.mark.django_db


@pytest.fixture
def road(client: Client) -> Road:
    """A director who has given the best answer to every question."""
    road = begin_road(client)
    road.begin()
    road.answer(4)
    return road


@pytest.fixture
def planned(road: Road) -> Road:
    road.post("planning:plan-create", title="Plan", start="2027-1", horizon_years=3)
    return road


def words(road: Road, name: str, *args: object) -> str:
    """Return what a page of the organization says, without its markup."""
    answer = road.client.get(road.at(name, *args))
    assert answer.status_code == 200
    main = answer.text[answer.text.index("<main") : answer.text.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_the_gaps_page_has_nothing_to_explain(road: Road) -> None:
    said = words(road, "planning:gaps", 1)
    assert "You are where you want to be" in said
    assert "True for us" not in said
    assert "Your decision, please" not in said
    assert "3.0" not in re.sub(r"target 3.0", "", words(road, "assessments:result-detail", 1).split("Why")[0])


def test_no_action_is_offered_and_no_budget_buys_one(planned: Road) -> None:
    work = work_of(Plan.objects.get())
    assert work.candidates.open == {}
    assert work.situation.findings.challenges == ()
    said = words(planned, "planning:plan", 1)
    assert "Nothing to plan" in said
    assert "$" not in said
    answer = planned.client.post(
        planned.at("planning:plan-choose", 1), {"budget": "50000", "revision": Plan.objects.get().revision}
    )
    assert answer.status_code == 302
    plan = Plan.objects.get()
    assert not plan.actions.filter(chosen=True).exists()
    assert plan.total_likely_cents == 0


@pytest.fixture
def outgrown(client: Client) -> Road:
    """A director who chose actions against low answers, and has raised every answer since."""
    road = begin_road(client)
    road.begin()
    road.answer(1)
    road.post("planning:plan-create", title="Plan", start="2027-1", horizon_years=3)
    road.post("planning:plan-choose", 1, budget="9000", revision=Plan.objects.get().revision)
    Answer.objects.update(level=4)
    refresh_scores(assessment=Assessment.objects.get(), at=timezone.now())
    return road


def test_what_is_chosen_still_stands_when_no_gap_asks_for_it_any_more(outgrown: Road) -> None:
    said = words(outgrown, "planning:plan", 1)
    count = len(work_of(Plan.objects.get()).planned)
    assert "nothing to pay for" not in said
    assert (
        "No result is below its target any more. "
        f"{count} chosen actions are still in the plan, though no gap asks for them."
    ) in said


def test_the_report_of_such_a_plan_says_so_beside_what_it_asks_for(outgrown: Road) -> None:
    report = ask_for_report(outgrown)
    jobs.run(report.job_id)
    report = Report.objects.select_related("job").get(pk=report.pk)
    with default_storage.open(report.file.name) as file, pdfplumber.open(BytesIO(file.read())) as pdf:
        text = " ".join(" ".join((page.extract_text() or "").split()) for page in pdf.pages)
    assert "asked for over 3 years" in text
    assert "No result lies below its target." not in text
    assert (
        "No result lies below its target, so no gap asks for the actions of this plan; "
        "they stay in it because we chose them."
    ) in text


def test_the_report_says_that_nothing_has_to_be_done(planned: Road) -> None:
    report = ask_for_report(planned)
    jobs.run(report.job_id)
    report = Report.objects.select_related("job").get(pk=report.pk)
    assert (report.job.state, report.job.message) == (JobState.DONE, "")
    with default_storage.open(report.file.name) as file, pdfplumber.open(BytesIO(file.read())) as pdf:
        text = " ".join(" ".join((page.extract_text() or "").split()) for page in pdf.pages)
        assert 4 <= len(pdf.pages) < 20
    assert "No result lies below its target." in text
    assert "No action is needed: no result lies below its target." in text
    assert "Nothing is asked for." in text
    assert "results reach their targets, so this plan has no action and no cost." in text
    assert "TechPlan suggests answering the same questions again by " in text
    assert "When actions are chosen" not in text
    assert not re.search(r"\$[1-9]", text)
    assert not re.search(r"\bA1\b", text)


def test_the_readers_page_says_so_too(planned: Road) -> None:
    report = ask_for_report(planned)
    jobs.run(report.job_id)
    share(planned)
    page = planned.client.get(planned.at("reports:share-preview"), {"report": report.pk, "security": "on"})
    assert page.status_code == 200
    assert "none of the results shown here lies below its target" in page.text
    assert "What they will do" not in page.text
    assert not re.search(r"\$[1-9]", page.text)


def test_the_desk_has_no_gap_to_show(planned: Road) -> None:
    planned.post("assessments:assessment-begin", 1, named="no", agrees_to_show="on")  # others may see it
    consultant = person("Consultant")
    Membership.objects.create(organization=planned.organization, user=consultant, role="consultant")
    client = Client()
    client.force_login(consultant)
    page = client.get(reverse("portfolio:desk"))
    assert page.status_code == 200
    assert "below the target" not in page.text
    assert "Not known yet" not in page.text
    assert "No result below its target" in page.text
