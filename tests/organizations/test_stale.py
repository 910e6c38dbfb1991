"""Two people on the same page: the second is asked, once, before the first one's words are replaced; and forms that
add something, sent twice.
"""

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from assessments.models import Device, Target
from organizations.models import Membership, Organization, SentForm
from planning.models import Goal
from tests.factories.people import House
from tests.organizations.test_views import PROFILE, signed_in

pytestmark = pytest.mark.django_db

ASKED = "Somebody else changed this in the meantime"
GOAL = {"title": "Reach 300 renters", "weight": "1"}
# The page, what the first and the second send, what the second is told of the first, and what is stored now.
Case = tuple[str, dict[str, str], dict[str, str], str, Callable[[], Any]]


def fields_of(page: str) -> dict[str, str]:
    """Return what the hidden fields of a page say."""
    tags = re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", page)
    pairs = [(re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)) for tag in tags]
    return {name[1]: value[1] for name, value in pairs if name and value}


def two(house: House) -> tuple[Client, Client]:
    Membership.objects.filter(pk=house.members["editor"].pk).update(role="director")
    return signed_in(house), signed_in(house, "editor")


def profile(house: House) -> Case:
    return (
        f"/o/{house.slug}/profile/",
        {**PROFILE, "mission": "First"},
        {**PROFILE, "mission": "Second"},
        "Stored now: “First”.",
        lambda: Organization.objects.get(pk=house.organization.pk).mission,
    )


def member(house: House) -> Case:
    row = house.members["viewer"]
    return (
        f"/o/{house.slug}/people/{row.pk}/",
        {"role": "consultant", "answers_as": "board", "title": "First"},
        {"role": "editor", "answers_as": "board", "title": "Second"},
        "Stored now: “First”.",
        lambda: Membership.objects.get(pk=row.pk).title,
    )


def goal(house: House) -> Case:
    row = Goal.objects.create(organization=house.organization, title="Old", areas=["monitoring"])
    return (
        f"/o/{house.slug}/goals/{row.pk}/",
        {**GOAL, "title": "First"},
        {**GOAL, "title": "Second"},
        "Stored now: “First”.",
        lambda: Goal.objects.get(pk=row.pk).title,
    )


def device(house: House) -> Case:
    row = house.objects["inventory"]["devices"]
    return (
        f"/o/{house.slug}/inventory/devices/{row.pk}/",
        {"kind": "tablet", "count": "1"},
        {"kind": "tablet", "count": "2"},
        "Stored now: “1”.",
        lambda: str(Device.objects.get(pk=row.pk).count),
    )


def facts(house: House) -> Case:
    row = house.objects["inventory"]["devices"].inventory
    given = {"recorded_on": "2026-03-16", "owner": "some"}
    return (
        f"/o/{house.slug}/inventory/facts/",
        {**given, "technology_owner": "First"},
        {**given, "technology_owner": "Second"},
        "Stored now: “First”.",
        lambda: type(row).objects.get(pk=row.pk).technology_owner,
    )


def target(house: House) -> Case:
    assessment = house.objects["assessment"]
    cell = "work/good"
    return (
        f"/o/{house.slug}/assessments/{assessment.number}/targets/{cell}/",
        {"cell-level": "2", "cell-reason": "First"},
        {"cell-level": "4", "cell-reason": "Second"},
        "Stored now: “First”.",
        lambda: Target.objects.get(assessment=assessment, cell=cell).reason,
    )


@pytest.mark.parametrize("what", [profile, member, goal, device, facts, target])
def test_the_second_is_asked_and_may_then_replace_it(what: Any, house: House) -> None:
    one, other = two(house)
    path, first, second, stored, now = what(house)
    loaded = fields_of(other.get(path).content.decode())
    assert one.post(path, {**fields_of(one.get(path).content.decode()), **first}).status_code == 302
    before = now()
    refused = other.post(path, {**loaded, **second})
    page = refused.content.decode()
    assert ASKED in page
    assert escape(stored) in page
    typed = 'name="count" value="2"' if what is device else "Second"
    assert typed in page
    assert now() == before
    assert other.post(path, {**fields_of(page), **second}).status_code == 302
    assert now() in {"Second", "2"}


@pytest.mark.parametrize("what", [profile, member, goal, device, facts, target])
def test_nobody_is_asked_without_need(what: Any, house: House) -> None:
    one, other = two(house)
    path, first, second, _stored, now = what(house)
    loaded = fields_of(other.get(path).content.decode())
    one.post(path, {**fields_of(one.get(path).content.decode()), **first})
    assert other.post(path, {**loaded, **first}).status_code == 302  # the same words
    loaded = fields_of(other.get(path).content.decode())
    assert other.post(path, {**loaded, **second}).status_code == 302  # nobody in between
    assert now() in {"Second", "2"}


def test_a_goal_that_is_sent_twice_is_added_once_and_a_refused_one_can_be_sent_again(house: House) -> None:
    client, path = signed_in(house), f"/o/{house.slug}/goals/"
    shown = fields_of(client.get(path).content.decode())
    assert uuid.UUID(shown["once"])
    for number in range(30):
        Goal.objects.create(organization=house.organization, title=f"Goal {number}")
    assert client.post(f"{path}add/", {**GOAL, **shown}).status_code == 422
    Goal.objects.all().delete()
    for _turn in range(2):
        assert client.post(f"{path}add/", {**GOAL, **shown}).status_code == 302
    assert Goal.objects.count() == 1


def test_the_key_of_a_form_counts_for_one_person_in_one_organization(house: House) -> None:
    data = {"kind": "laptop", "count": "3", "once": str(uuid.uuid4())}
    for client, slug in (
        (signed_in(house), house.slug),
        (signed_in(house, "editor"), house.slug),
        (signed_in(house, "lookalike"), house.lookalike.slug),
    ):
        before = Device.objects.count()
        for _turn in range(2):
            assert client.post(f"/o/{slug}/inventory/devices/add/", data).status_code == 302
        assert Device.objects.count() == before + 1


def test_a_row_that_could_not_be_saved_does_not_use_up_its_form(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, path = signed_in(house), f"/o/{house.slug}/inventory/devices/add/"
    client.raise_request_exception = False
    data = {"kind": "laptop", "count": "3", "once": str(uuid.uuid4())}
    before = Device.objects.count()
    with monkeypatch.context() as broken:
        broken.setattr(Device, "save", lambda *_args, **_more: 1 / 0)
        assert client.post(path, data).status_code == 500
    assert not SentForm.objects.exists()
    assert client.post(path, data).status_code == 302
    assert Device.objects.count() == before + 1
