"""A form that starts a plan, sent several times."""

import uuid
from datetime import date
from fractions import Fraction
from functools import partial

import pytest
from django.test import Client

from organizations.models import SentForm
from planning.forms.plans import PlanForm
from planning.models import Plan
from tests.organizations.test_services import at_once
from tests.organizations.test_stale import fields_of
from tests.planning.conftest import text

DATA = {"title": "Plan", "start": "2027-1", "horizon_years": "3", "hours_per_quarter": ""}


@pytest.mark.django_db(transaction=True)
def test_four_at_the_same_moment_start_one_plan(at, director):
    browsers = [Client() for _turn in range(4)]
    for browser in browsers:
        browser.force_login(director)
    shown = fields_of(text(browsers[0].get(at("plan-create"))))
    assert uuid.UUID(shown["once"])
    posts = [partial(one.post, at("plan-create"), {**DATA, "once": shown["once"]}) for one in browsers]
    answers = at_once(*posts)
    plan = Plan.objects.get()
    assert {answer["Location"] for answer in answers} == {at("plan", plan.number)}


def test_a_plan_that_is_refused_does_not_use_up_its_form(client, at, corvina):
    data = {**DATA, "once": str(uuid.uuid4())}
    assert client.post(at("plan-create"), {**data, "title": ""}).status_code == 422
    assert not SentForm.objects.exists()
    assert client.post(at("plan-create"), data).status_code == 302
    Plan.objects.all().delete()
    assert client.post(at("plan-create"), data)["Location"] == at("plan-list")


@pytest.mark.parametrize(
    ("today", "start"),
    [
        (date(2026, 11, 25), "2027-1"),
        (date(2026, 12, 2), "2027-1"),
        (date(2026, 12, 3), "2027-2"),
        (date(2026, 1, 1), "2026-2"),
    ],
)
def test_a_new_plan_begins_with_the_first_quarter_a_month_ahead(today, start):
    form = PlanForm(today=today, capacity=Fraction(35), currency="USD")
    assert form["start"].value() == start
    assert str(form["title"].value()) == f"Technology plan {start[:4]}"
    assert start in dict(form.fields["start"].choices)
