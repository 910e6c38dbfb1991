"""What the desk reads stored equals what is worked out anew, after any series of changes and in a copy."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.models import Standing
from assessments.selectors.assessments import next_number
from assessments.services.assessments import close_assessment, reopen_assessment
from organizations.models import Membership, Organization
from planning.models import Plan
from planning.services import create_plan
from portfolio.selectors import desk_page
from reports.portability import export_organization, import_organization
from tests.factories.asked import begin, joined
from tests.factories.assessments import NOON, answer, new_organization, new_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def director() -> Membership:
    return Membership.objects.create(
        organization=new_organization(), user=new_user(), role="director", answers_as="director"
    )


def start(director: Membership) -> None:
    number = next_number(director.organization)
    answer(joined(begin(director.organization, number=number), director), files=number % 5)


def close(director: Membership) -> None:
    for assessment in director.organization.assessments.exclude(state="closed"):
        close_assessment(assessment=assessment, user=director.user, at=NOON)


def reopen(director: Membership) -> None:
    """Open the oldest one again, which need not be the one on the desk."""
    oldest = director.organization.assessments.order_by("number").first()
    if oldest is not None:
        reopen_assessment(assessment=oldest, user=director.user, reason="One answer was wrong.", at=NOON)


def plan(director: Membership) -> None:
    create_plan(
        organization=director.organization,
        title="Plan",
        start_year=2027,
        start_quarter=1,
        user=director.user,
        at=NOON,
    )


STEPS = {"start": start, "close": close, "reopen": reopen, "plan": plan}


def expect_stored_as_anew(organization: Organization) -> None:
    """Compare the stored marks with the rows that they tell of."""
    for standing in Standing.objects.filter(organization=organization).select_related("assessment"):
        assert standing.state == standing.assessment.state
    newest = organization.plans.order_by("-number").first()
    assert list(organization.plans.filter(is_newest=True)) == ([newest] if newest else [])


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(sorted(STEPS)), max_size=8))
def test_the_desk_shows_what_is_worked_out_anew(steps: list[str], director: Membership) -> None:
    organization = director.organization
    with transaction.atomic():
        for step in steps:
            try:
                STEPS[step](director)
            except ValidationError:
                continue  # refused, so nothing has changed
            expect_stored_as_anew(organization)
            (row,) = desk_page(director.user, at=NOON).rows
            assessment = organization.assessments.order_by("-number").first()
            newest = organization.plans.order_by("-number").first()
            assert row.assessment_state == (assessment.state if assessment else "")
            assert row.plan_state == (newest.state if newest else "")
            assert row.plan_cents == (newest.total_likely_cents if newest else None)
        transaction.set_rollback(True)


def test_a_copy_has_the_same_newest_plan_and_state(director: Membership) -> None:
    for step in (start, close, plan, plan):
        step(director)
    document = export_organization(director.organization)
    turned = document.model_copy(update={"plans": document.plans[::-1]})
    copy = import_organization(turned)
    expect_stored_as_anew(copy)
    assert Plan.objects.get(organization=copy, is_newest=True).number == 2
    assert Standing.objects.get(organization=copy).state == "closed"
