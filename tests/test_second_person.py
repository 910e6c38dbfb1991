"""One colleague is invited and answers: the director's results close, and every page says why and what helps."""

import pytest
from django.test import Client
from django.utils import timezone

from assessments.models import Assessment, Respondent
from assessments.services.answers import join
from assessments.services.scores import refresh_scores
from organizations.models import Membership
from planning.models import Plan
from planning.selectors import situation
from reports.models import Report
from tests.factories.assessments import new_user
from tests.walks import Road, ask_for_report, begin_road

pytestmark = pytest.mark.django_db
WARNING = "When two people have answered, neither sees more than their own result"
REASON = "Fewer than three people have answered, and not all of them agree to show results."


@pytest.fixture
def road(client: Client) -> Road:
    """A director who has answered, planned and made a report."""
    road = begin_road(client)
    road.begin()
    road.answer(1)
    for key in situation(road.organization).findings.first:
        road.post("planning:challenge-accept", 1, key)
    road.post("planning:plan-create", title="Plan", start="2027-1", horizon_years=3)
    road.post("planning:plan-choose", 1, budget="9000", revision=Plan.objects.get().revision)
    road.finish(ask_for_report(road))
    return road


def colleague(road: Road, name: str, *, agrees: bool = False) -> Membership:
    """Let one more person join, and answer what the director answered first."""
    member = Membership.objects.create(
        organization=road.organization, user=new_user(name), role="editor", answers_as="staff"
    )
    assessment, now = Assessment.objects.get(), timezone.now()
    director = Respondent.objects.get(user=road.director)
    respondent = join(assessment=assessment, membership=member, named=False, agrees_to_show=agrees, at=now)
    row = director.answers.order_by("pk").first()
    assert row is not None
    row.pk, row.respondent = None, respondent
    row._state.adding = True
    row.save()
    refresh_scores(assessment=assessment, at=now)
    return member


def test_the_invitation_warns_before_the_results_close(road: Road) -> None:
    page = road.client.get(road.at("organizations:invite")).text
    assert WARNING in page
    assert road.at("assessments:assessment-begin", 1) in page
    colleague(road, "Bo")
    assert WARNING not in road.client.get(road.at("organizations:invite")).text


def test_no_warning_where_nobody_is_asked_anything(road: Road) -> None:
    Assessment.objects.update(state=Assessment.State.CLOSED, closed_at=timezone.now())
    assert WARNING not in road.client.get(road.at("organizations:invite")).text


def test_what_is_refused_says_why_and_where_to_agree(road: Road) -> None:
    colleague(road, "Bo")
    pages = [
        road.at("planning:plan", 1),
        road.at("planning:plan-create"),
        road.at("reports:report-detail", Report.objects.get().number),
    ]
    for page in pages:
        answer = road.client.get(page)
        assert answer.status_code == 403
        assert REASON in answer.text
        assert "Not for your role" not in answer.text
        assert road.at("assessments:assessment-begin", 1) in answer.text
    for name, args in (("planning:gaps", [1]), ("planning:plan-list", []), ("reports:report-list", [])):
        answer = road.client.get(road.at(name, *args))
        assert answer.status_code == 200
        assert road.at("assessments:assessment-begin", 1) in answer.text, name


def test_who_cannot_answer_is_led_to_the_assessment(road: Road) -> None:
    colleague(road, "Bo")
    consultant = Membership.objects.create(
        organization=road.organization, user=new_user("Noor"), role="consultant"
    )
    client = Client()
    client.force_login(consultant.user)
    page = client.get(road.at("planning:plan", 1))
    assert page.status_code == 403
    assert road.at("assessments:assessment-begin", 1) not in page.text
    assert road.at("assessments:assessment-detail", 1) in page.text


def test_a_role_that_may_not_is_still_told_so(road: Road) -> None:
    member = Membership.objects.create(
        organization=road.organization, user=new_user("Ray"), role="respondent"
    )
    client = Client()
    client.force_login(member.user)
    assert "Not for your role" in client.get(road.at("planning:plan-list")).text


def test_home_leads_to_the_remedy_and_offers_nothing_that_is_refused(road: Road) -> None:
    member = colleague(road, "Bo")
    assert road.next() == (
        "Choose whether the results show",
        road.at("assessments:assessment-begin", 1),
    )
    home = road.client.get(road.at("organizations:home")).text
    assert road.at("planning:plan", 1) not in home
    assert "Make the report" not in home
    assert "It shows again when the results do." in home
    assert "It is made from the plan." not in home
    assert "Make the report" not in road.client.get(road.at("reports:report-list")).text
    road.post("assessments:assessment-begin", 1, named="no", agrees_to_show="on")
    assert road.next() == ("Results wait for the others", road.at("organizations:invite"))
    Respondent.objects.filter(user=member.user).update(agrees_to_show=True)
    refresh_scores(assessment=Assessment.objects.get(), at=timezone.now())
    assert road.next()[0] == "Share your plan"
    assert "Make the report" in road.client.get(road.at("reports:report-list")).text
