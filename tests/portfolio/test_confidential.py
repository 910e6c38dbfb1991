"""With fewer than three people who answered, nobody else sees a result: not on the desk, in a plan or in a report."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Answer, Assessment, Standing
from assessments.services.answers import join
from assessments.services.scores import refresh_scores
from organizations.models import Membership
from planning.models import Plan, PlanAction
from portfolio.selectors import DeskRow, desk_page
from reports.models import Report, Snapshot
from reports.snapshot import document_of
from tests.factories.asked import begin, joined
from tests.factories.assessments import NOON, answer, new_organization, new_user
from tests.factories.shared import make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> Membership:
    """Return somebody who alone has answered, and did not agree to show the results."""
    membership = Membership.objects.create(
        organization=new_organization(), user=new_user(), role="respondent", answers_as="staff"
    )
    assessment = begin(membership.organization)
    answer(joined(assessment, membership), files=1)
    refresh_scores(assessment=assessment, at=NOON)
    return membership


@pytest.fixture
def director(staff: Membership) -> Membership:
    return Membership.objects.create(
        organization=staff.organization, user=new_user("Director"), role="director", answers_as="director"
    )


def agree(staff: Membership, agrees: bool) -> None:
    assessment = Assessment.objects.get(organization=staff.organization)
    join(assessment=assessment, membership=staff, named=False, agrees_to_show=agrees, at=NOON)


def row(membership: Membership, **wanted: str) -> DeskRow:
    return desk_page(membership.user, at=NOON, **wanted).rows[0]  # type: ignore[arg-type]


@pytest.mark.parametrize("sort", ["needs", "gap", "lowest", "area-work"])
def test_desk_has_no_result_of_one_person(staff: Membership, director: Membership, sort: str) -> None:
    found = row(director, sort=sort)
    assert (found.scores, found.areas, found.gap, found.gap_cell, found.lowest) == ({}, {}, None, "", "")
    agree(staff, True)
    assert row(director, sort=sort).lowest == "work/good"
    agree(staff, False)
    assert row(director, sort=sort).lowest == ""


def test_desk_does_not_sort_by_a_hidden_result(director: Membership) -> None:
    other = Membership.objects.create(
        organization=new_organization("Zzz"), user=director.user, role="director", answers_as="director"
    )
    assessment = begin(other.organization)
    answer(joined(assessment, other, agrees_to_show=True), files=4)
    refresh_scores(assessment=assessment, at=NOON)
    names = [one.name for one in desk_page(director.user, at=NOON, sort="lowest").rows]
    assert names == ["Zzz", "Brightwater"]


def test_three_people_show_and_what_was_hidden_before_stays_hidden(
    staff: Membership, director: Membership
) -> None:
    first = Assessment.objects.get(organization=staff.organization)
    Assessment.objects.update(state=Assessment.State.CLOSED, closed_at=NOON)
    second = begin(staff.organization, number=2)
    assert Standing.objects.get(assessment=second).shown is False  # its scores are those of the first
    for name in ("A", "B", "C"):
        member = Membership.objects.create(
            organization=staff.organization, user=new_user(name), role="respondent", answers_as="staff"
        )
        answer(joined(second, member), keys=2)
    refresh_scores(assessment=second, at=NOON)
    assert row(director).lowest == ""
    join(assessment=first, membership=staff, named=False, agrees_to_show=True, at=NOON)
    assert row(director).lowest == "work/good"


def test_plan_and_report_wait_until_results_may_be_seen(
    client: Client, staff: Membership, director: Membership
) -> None:
    plan = make_plan(staff.organization)
    plan.assessments.set(Assessment.objects.filter(organization=staff.organization))
    client.force_login(director.user)
    slug = staff.organization.slug
    pages = [
        reverse("planning:plan", args=[slug, 1]),
        reverse("planning:action-list", args=[slug, 1]),
        reverse("planning:plan-frontier", args=[slug, 1]),
        reverse("planning:plan-create", args=[slug]),
    ]
    assert [client.get(page).status_code for page in pages] == [403] * 4
    data = {"plan": plan.pk, "language": "en", "key": str(uuid4())}
    assert client.post(reverse("reports:report-request", args=[slug]), data).status_code == 403
    assert not Report.objects.exists()
    assert not Snapshot.objects.exists()
    agree(staff, True)
    assert [client.get(page).status_code for page in pages] == [200] * 4
    assert client.post(reverse("reports:report-request", args=[slug]), data).status_code == 302


def test_no_figure_of_a_plan_shows_before_the_results_do(
    client: Client, staff: Membership, director: Membership
) -> None:
    plan = make_plan(staff.organization)
    Plan.objects.filter(pk=plan.pk).update(total_likely_cents=1_234_500, state=Plan.State.PROPOSED)
    plan.assessments.set(Assessment.objects.filter(organization=staff.organization))
    client.force_login(director.user)
    pages = [
        reverse("planning:plan-list", args=[staff.organization.slug]),
        reverse("organizations:home", args=[staff.organization.slug]),
        reverse("reports:report-list", args=[staff.organization.slug]),
        reverse("portfolio:desk"),
    ]
    assert [("12,345" in client.get(page).text) for page in pages] == [False] * 4
    assert "Not shown yet" in client.get(pages[0]).text
    assert "Its figures show when the results do." in client.get(pages[1]).text
    agree(staff, True)
    assert [("12,345" in client.get(page).text) for page in pages[:2]] == [True] * 2


def test_nothing_is_said_of_hidden_best_answers(
    client: Client, staff: Membership, director: Membership
) -> None:
    assessment = Assessment.objects.get(organization=staff.organization)
    answer(joined(assessment, staff), files=4)
    refresh_scores(assessment=assessment, at=NOON)
    plan = make_plan(staff.organization)  # rests on nothing: begun before the first assessment
    PlanAction.objects.filter(plan=plan).update(chosen=False)
    client.force_login(director.user)
    page = reverse("organizations:home", args=[staff.organization.slug])
    assert "It says that nothing is needed." not in client.get(page).text
    assert "Your plan becomes a PDF" not in client.get(page).text
    agree(staff, True)
    assert "It says that nothing is needed." in client.get(page).text
    assert "Your plan becomes a PDF" in client.get(page).text


def test_a_lone_director_sees_and_plans(client: Client, director: Membership) -> None:
    Assessment.objects.all().delete()
    Plan.objects.all().delete()
    assessment = begin(director.organization)
    answer(joined(assessment, director), files=1)
    refresh_scores(assessment=assessment, at=NOON)
    client.force_login(director.user)
    page = reverse("planning:plan-create", args=[director.organization.slug])
    assert client.get(page).status_code == 200
    assert row(director).lowest == "work/good"
    consultant = Membership.objects.create(
        organization=director.organization, user=new_user("Noor"), role="consultant"
    )
    assert row(consultant).lowest == ""


@pytest.mark.parametrize("view", ["staff", "director"])
@pytest.mark.parametrize(("named", "notes"), [(False, []), (True, ["Said in confidence"])])
def test_notes_of_the_only_one_who_answered_need_their_name_too(
    staff: Membership, view: str, named: bool, notes: list[str]
) -> None:
    agree(staff, True)
    Answer.objects.update(note="Said in confidence")
    Assessment.objects.get().respondents.update(group=view, named=named)
    plan = make_plan(staff.organization)
    plan.assessments.set(Assessment.objects.all())
    found = document_of(plan, at=NOON).questions
    assert [note.text for question in found for note in question.notes] == notes
