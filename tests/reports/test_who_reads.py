"""A report is read by members who may now see the results that it rests on, and by nobody else inside."""

from datetime import timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.models import AnswerChange, Assessment, Respondent
from assessments.selectors.visibility import hidden_of, unseen_by
from assessments.services.answers import join
from assessments.services.scores import refresh_scores
from jobs.models import JobState
from organizations.models import Membership
from reports.models import Report, Share
from reports.snapshot import take
from tests.factories.asked import begin, joined
from tests.factories.assessments import NOON, answer, new_organization, new_user
from tests.factories.shared import make_plan, make_report, make_share, make_snapshot

pytestmark = pytest.mark.django_db
OTHERS = ("editor", "consultant", "viewer")
SENTENCE = "Fewer than three people have answered, and not all of them agree to show results."


class Place:
    """An organization whose director alone has answered and did not agree, with a plan and a finished report."""

    def __init__(self) -> None:
        organization = new_organization()
        roles = ("director", *OTHERS)
        self.members = {
            role: Membership.objects.create(
                organization=organization,
                user=new_user(role.title()),
                role=role,
                answers_as="director" if role == "director" else "staff",
                may_share=role == "consultant",
            )
            for role in roles
        }
        self.slug = organization.slug
        self.assessment = begin(organization)
        answer(joined(self.assessment, self.members["director"]), files=1)
        refresh_scores(assessment=self.assessment, at=NOON)
        self.plan = make_plan(organization)
        self.plan.assessments.set([self.assessment])
        self.report = make_report(make_snapshot(self.plan), number=1, by=self.members["director"].user)

    def agree(self, agrees: bool) -> None:
        join(
            assessment=self.assessment,
            membership=self.members["director"],
            named=False,
            agrees_to_show=agrees,
            at=NOON,
        )

    def client(self, role: str) -> Client:
        client = Client()
        client.force_login(self.members[role].user)
        return client

    def addresses(self) -> list[str]:
        return [
            reverse(f"reports:report-{name}", args=[self.slug, 1, *more])
            for name, more in (("detail", []), ("download", []), ("row", []), ("page", [1]))
        ]


@pytest.fixture
def lone() -> Place:
    return Place()


def codes(client: Client, place: Place) -> list[int]:
    found = []
    for address in place.addresses():
        response = client.get(address)
        found.append(response.status_code)
        if response.streaming:
            response.getvalue()  # to the end, so that the file is closed
    return found


@pytest.mark.parametrize("role", OTHERS)
def test_a_report_is_closed_to_who_does_not_see_the_results(lone: Place, role: str) -> None:
    client = lone.client(role)
    assert codes(client, lone) == [403] * 4
    text = client.get(lone.addresses()[0]).content.decode()
    assert SENTENCE in text
    assert "Until then each sees only their own." in text
    page = client.get(reverse("reports:report-list", args=[lone.slug])).content.decode()
    assert lone.report.code not in page
    assert lone.addresses()[0] not in page
    assert "Some reports rest on results that are not shown to you." in page
    assert codes(lone.client("director"), lone) == [200] * 4


def test_a_report_opens_with_the_agreement_and_closes_when_it_is_taken_back(lone: Place) -> None:
    client = lone.client("viewer")
    lone.agree(True)
    assert codes(client, lone) == [200] * 4
    assert lone.report.code in client.get(reverse("reports:report-list", args=[lone.slug])).text
    lone.agree(False)
    assert codes(client, lone) == [403] * 4


def test_a_hidden_failed_report_is_not_tried_again(lone: Place) -> None:
    job = make_report(lone.report.snapshot, number=2, state=JobState.FAILED).job
    retry = reverse("reports:report-retry", args=[lone.slug, 2])
    assert lone.client("editor").post(retry).status_code == 403
    job.refresh_from_db()
    assert job.state == JobState.FAILED


def test_a_hidden_report_is_not_shared_by_a_consultant(lone: Place) -> None:
    client = lone.client("consultant")
    preview = reverse("reports:share-preview", args=[lone.slug])
    answered = client.get(preview, {"report": lone.report.pk})
    assert answered.status_code == 403
    assert SENTENCE in answered.text
    form = {
        "report": lone.report.pk,
        "recipient": "Imogen",
        "until": (timezone.localdate() + timedelta(days=9)).isoformat(),
        "key": str(uuid4()),
    }
    create = reverse("reports:share-create", args=[lone.slug])
    assert client.post(create, form).status_code == 422
    assert not Share.objects.exists()
    page = client.get(reverse("reports:share-list", args=[lone.slug])).text
    assert "Some reports rest on results that are not shown to you." in page
    lone.agree(True)
    assert client.get(preview, {"report": lone.report.pk}).status_code == 200
    assert client.post(create, form).status_code == 302


def test_what_was_given_to_a_funder_stays_open(lone: Place) -> None:
    make_share(lone.report.snapshot, number=2, by=lone.members["director"].user, token="given")
    assert Client().get(reverse("reports:share", args=["given"])).status_code == 200


@pytest.mark.parametrize(
    ("maker", "answered_later", "agrees", "told"),
    [
        ("consultant", False, False, True),
        ("consultant", False, True, False),
        ("consultant", True, False, False),  # nothing of theirs is in the copy
        ("director", False, False, False),  # who answered alone sees their own
    ],
)
def test_sharing_says_where_an_agreement_was_taken_back(
    lone: Place, maker: str, answered_later: bool, agrees: bool, told: bool
) -> None:
    lone.agree(True)
    snapshot = lone.report.snapshot
    share = make_share(snapshot, number=2, by=lone.members[maker].user, token="given")
    when = snapshot.created_at + timedelta(hours=1 if answered_later else -1)
    respondent = Respondent.objects.get()
    question = respondent.answers.get().question
    AnswerChange.objects.create(
        respondent=respondent, question=question, revision=1, kind="level", level=1, at=when
    )
    lone.agree(agrees)
    page = lone.client("consultant").get(reverse("reports:share-list", args=[lone.slug])).text
    assert ("does not allow the results to be shown" in page) is told
    Share.objects.filter(pk=share.pk).update(revoked_at=timezone.now())
    page = lone.client("consultant").get(reverse("reports:share-list", args=[lone.slug])).text
    assert "does not allow the results" not in page


def test_desk_and_home_lead_to_no_hidden_report(lone: Place) -> None:
    other = Membership.objects.create(
        organization=new_organization("Other"), user=lone.members["consultant"].user, role="consultant"
    )
    client, link = lone.client("consultant"), lone.addresses()[0]
    home = reverse("organizations:home", args=[lone.slug])
    desk = reverse("portfolio:desk")
    assert other.organization.name in client.get(desk).text
    assert link not in client.get(desk).text
    assert "Report of" not in client.get(desk).text
    assert "can be downloaded" not in client.get(home).text
    lone.agree(True)
    assert link in client.get(desk).text
    assert "can be downloaded" in client.get(home).text


def test_an_old_report_keeps_its_own_rule_when_the_plan_rests_on_something_else(lone: Place) -> None:
    snapshot = take(lone.plan, by=None, at=NOON)
    assert list(snapshot.assessments.all()) == [lone.assessment]
    Assessment.objects.update(state=Assessment.State.CLOSED, closed_at=NOON)
    second = begin(lone.report.organization, number=2)
    lone.plan.assessments.set([second])
    assert codes(lone.client("viewer"), lone) == [403] * 4


def test_what_is_stored_for_lists_says_the_same_as_the_rule(lone: Place) -> None:
    for agrees in (True, False):
        lone.agree(agrees)
        for member in lone.members.values():
            listed = unseen_by(member.user).filter(pk=lone.assessment.pk).exists()
            assert listed == bool(hidden_of([lone.assessment], member))
    Respondent.objects.update(user=None)
    assert unseen_by(lone.members["director"].user).exists()


def test_lists_ask_the_same_for_one_report_and_for_many(lone: Place) -> None:
    lone.agree(True)
    client = lone.client("consultant")
    pages = [reverse(f"reports:{name}", args=[lone.slug]) for name in ("report-list", "share-list")]
    pages.append(reverse("portfolio:desk"))
    counts: list[list[int]] = []
    for more in (0, 5):
        for number in range(more):
            make_report(make_snapshot(lone.plan), number=10 + number)
        found = []
        for page in pages:
            client.get(page)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200
            found.append(len(queries))
        counts.append(found)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 15
    assert Report.objects.count() == 6


def test_snapshots_from_before_are_linked_by_what_their_documents_name(lone: Place) -> None:
    lone.report.snapshot.assessments.clear()
    import_module("reports.migrations.0005_snapshot_assessments_kept").link(apps, None)
    assert list(lone.report.snapshot.assessments.all()) == [lone.assessment]
