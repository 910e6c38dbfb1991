"""The home page's next step at each stage of the road, walked through the pages; one button, and it leads there."""

from dataclasses import dataclass
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import Assessment
from assessments.selectors.instruments import instrument_content
from assessments.services.content import import_instrument
from jobs.models import Job, JobState
from organizations.models import Membership, Organization, User
from planning.models import Plan
from planning.selectors import situation
from reports.models import Report, Share
from tests.factories.instruments import SOCIAL, shipped
from tests.factories.people import person

pytestmark = pytest.mark.django_db


class Next(HTMLParser):
    """Reads the box 'what to do next' of a home page, and the journey's statuses."""

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self.buttons: list[str] = []
        self.statuses: list[str] = []
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        names = (given.get("class") or "").split()
        self._in_title = self._in_title or given.get("id") == "next"
        if {"button", "main"} <= set(names):
            self.buttons.append(given.get("href") or "")
        if "status" in names:
            self.statuses.append(names[-1])

    def handle_endtag(self, tag: str) -> None:
        self._in_title = self._in_title and tag != "h2"

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data


@dataclass
class Road:
    """One director, one organization, one browser."""

    client: Client
    organization: Organization
    director: User

    def at(self, name: str, *args: object) -> str:
        return reverse(name, args=[self.organization.slug, *args])

    def next(self) -> tuple[str, str]:
        """Return the title of what is next and where its button leads; ("", "") when nothing is."""
        seen = Next()
        seen.feed(self.client.get(self.at("organizations:home")).text)
        assert len(seen.buttons) <= 1
        if not seen.buttons:
            assert seen.title == "Nothing is waiting for you"
            return "", ""
        assert self.client.get(seen.buttons[0]).status_code == 200
        return seen.title, seen.buttons[0]

    def post(self, name: str, *args: object, **data: object) -> None:
        answer = self.client.post(self.at(name, *args), data)
        assert answer.status_code == 302, answer.text

    def begin(self) -> None:
        """Start the ten-minute check and begin to answer."""
        self.post("assessments:assessment-start", kind="quick", number=1)
        self.post("assessments:assessment-begin", 1, named="no")

    def answer(self, level: int, *, most: int = 99) -> None:
        """Answer the first `most` questions with a level."""
        content = instrument_content(Assessment.objects.get().instrument)
        for question in content.asked("quick")[:most]:
            key = question.key
            saved = self.client.post(
                self.at("assessments:answer-save", 1, key), {f"{key}-choice": level, f"{key}-revision": 0}
            )
            assert saved.headers["TechPlan-Answer"] in {"saved", "conflict"}

    def finish(self, report: Report) -> None:
        """Let the report be ready, without a worker."""
        now = timezone.now()
        Job.objects.filter(pk=report.job_id).update(state=JobState.DONE, started_at=now, finished_at=now)
        Report.objects.filter(pk=report.pk).update(pages=2, size_bytes=9, ready_at=now)


@pytest.fixture
def road(client: Client) -> Road:
    import_instrument(instrument=shipped(), name=SOCIAL)
    director = person("Rosa Marsh")
    organization = Organization.objects.create(slug="harbor", name="Harbor", staff_count=8)
    Membership.objects.create(
        organization=organization, user=director, role="director", answers_as="director"
    )
    client.force_login(director)
    return Road(client, organization, director)


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
    assert title == f"{len(left)} causes wait for your decision"
    assert button == f"{road.at('planning:gaps', 1)}#causes"
    while undecided := _undecided(road.organization):
        road.post("planning:challenge-accept", 1, undecided[0])
    assert road.next() == ("Turn the results into a plan", road.at("planning:plan-create"))
    road.post("planning:plan-create", title="Plan", start="2027-1", horizon_years=3)
    assert road.next() == ("Choose what to do", road.at("planning:plan", 1))
    road.post("planning:plan-choose", 1, budget="9000", revision=Plan.objects.get().revision)
    assert road.next() == ("Make the report", road.at("reports:report-list"))
    _report(road)
    assert road.next() == ("", "")
    road.finish(Report.objects.get())
    assert road.next() == ("Share your plan", road.at("reports:share-list"))
    _share(road)
    assert road.next() == ("", "")


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
    assert road.next() == ("", "")
    assert other.next() == ("", "")


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


MOST = {"results": 13, "causes": 16, "plan": 13}


def _undecided(organization: Organization) -> list[str]:
    known = situation(organization)
    return [key for key in known.findings.first if key not in known.decisions]


def _report(road: Road) -> None:
    page = road.client.get(road.at("reports:report-list")).context["form"]
    road.post(
        "reports:report-request",
        plan=Plan.objects.get().pk,
        language="en",
        key=page.fields["key"].initial(),
    )


def _share(road: Road) -> None:
    form = road.client.get(road.at("reports:share-list")).context["form"]
    road.post(
        "reports:share-create",
        report=Report.objects.get().pk,
        recipient="Lantern Foundation",
        until=(timezone.localdate() + timedelta(days=30)).isoformat(),
        key=form.fields["key"].initial(),
    )
    assert Share.objects.count() == 1
