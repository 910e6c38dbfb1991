"""One director's way through the pages with the test client, step by step, for tests of the whole product."""

from dataclasses import dataclass
from datetime import timedelta
from html.parser import HTMLParser

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import Assessment
from assessments.selectors.instruments import instrument_content
from assessments.services.content import import_instrument
from jobs.models import Job, JobState
from organizations.models import Membership, Organization, User
from planning.models import Plan
from reports.models import Report, Share
from tests.factories.instruments import SOCIAL, shipped
from tests.factories.people import person


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


def begin_road(client: Client) -> Road:
    """Return a director of a new organization, signed in, on a site with the shipped questions."""
    import_instrument(instrument=shipped(), name=SOCIAL)
    director = person("Rosa Marsh")
    organization = Organization.objects.create(slug="harbor", name="Harbor", staff_count=8)
    Membership.objects.create(
        organization=organization, user=director, role="director", answers_as="director"
    )
    client.force_login(director)
    return Road(client, organization, director)


def ask_for_report(road: Road) -> Report:
    """Press 'Make the report'; return it as it waits."""
    page = road.client.get(road.at("reports:report-list")).context["form"]
    road.post(
        "reports:report-request",
        plan=Plan.objects.get().pk,
        language="en",
        key=page.fields["key"].initial(),
    )
    return Report.objects.get(audience="own")


def share(road: Road) -> Share:
    """Share the report by a link."""
    form = road.client.get(road.at("reports:share-list")).context["form"]
    road.post(
        "reports:share-create",
        report=Report.objects.get(audience="own").pk,
        recipient="Lantern Foundation",
        until=(timezone.localdate() + timedelta(days=30)).isoformat(),
        key=form.fields["key"].initial(),
    )
    return Share.objects.get()
