"""Who loses a role while their request waits for its turn is refused. Two connections, so PostgreSQL only."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organizations.models import AuditEvent, Membership, Organization
from planning.services import propose_plan
from tests.factories.desks import social_instrument
from tests.factories.people import House, build_house
from tests.test_access_table import OF_ORGANIZATION, ROWS, one, planned, stock

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "sqlite" in str(connection.vendor), reason="SQLite has one writer: nobody waits inside"
    ),
]
Given = Callable[[House], Any]
OURS = ("jobs", "organizations", "assessments", "planning", "reports", "portfolio")


def here(house: House) -> list[Any]:
    return [house.slug]


def member(house: House) -> list[Any]:
    return [house.slug, house.members["respondent"].pk]


def invitation(house: House) -> list[Any]:
    return [house.slug, house.invitation.pk]


def goal(house: House) -> list[Any]:
    return [house.slug, house.objects["goal"].pk]


def shared(house: House) -> list[Any]:
    return [house.slug, house.objects["share"].pk]


def share(house: House) -> dict[str, Any]:
    report = house.objects["report"].pk
    return {
        "report": report,
        "recipient": "A friend",
        "until": f"{timezone.localdate()}",
        "key": str(uuid4()),
    }


CHANGE = {"role": "director", "title": "", "answers_as": "staff"}
INVITED = {"email": "friend@example.org", "role": "director", "answers_as": "staff"}
APPROVAL = {"approved_by": "Me", "approved_on": "2026-03-01", "seen_cents": 0}
PERIOD = {"title": "Plan", "start": "2027-1", "horizon_years": "3"}
OWN = {"title": "Ask", "kind": "policy", "weeks": "2", "hours": "0"}
NO = {"aging-hardware-reason": "No"}
ACTION = planned("keep-an-inventory")
CAUSE = one("aging-hardware")
# The address, what stands in it, and what is sent beside a plan, its revision and what a share needs.
CASES: dict[str, tuple[Given, dict[str, Any]]] = {
    "organizations:member-change": (member, CHANGE),
    "organizations:member-remove": (member, {}),
    "organizations:profile": (here, {}),
    "organizations:logo-remove": (here, {}),
    "organizations:organization-delete": (here, {"name": "Corvina Renters' Table"}),
    "organizations:invite": (here, INVITED),
    "organizations:invitation-resend": (invitation, {}),
    "organizations:invitation-revoke": (invitation, {}),
    "assessments:assessment-start": (here, {"kind": "quick", "number": 2}),
    "assessments:assessment-begin": (one(), {"named": "no"}),
    "assessments:assessment-continue": (one(), {}),
    "assessments:assessment-close": (one(), {}),
    "assessments:assessment-reopen": (one(), {"reason": "More people"}),
    "assessments:target-edit": (one("work", "good"), {}),
    "assessments:inventory-facts": (here, {}),
    "assessments:inventory-row-add": (lambda h: [h.slug, "devices"], {}),
    "assessments:inventory-row-edit": (stock("sites"), {}),
    "assessments:inventory-row-remove": (stock("devices"), {}),
    "planning:challenge-accept": (CAUSE, {}),
    "planning:challenge-reject": (CAUSE, NO),
    "planning:challenge-withdraw": (CAUSE, {}),
    "planning:goal-add": (here, {}),
    "planning:goal-edit": (goal, {}),
    "planning:goal-remove": (goal, {}),
    "planning:goal-up": (goal, {}),
    "planning:goal-down": (goal, {}),
    "planning:plan-create": (here, PERIOD),
    "planning:plan-settings": (planned(), PERIOD),
    "planning:plan-frontier-request": (planned(), {}),
    "planning:plan-choose": (planned(), {}),
    "planning:plan-must-haves": (planned(), {}),
    "planning:plan-numbers": (planned(), {}),
    "planning:plan-refresh": (planned(), {}),
    "planning:plan-propose": (planned(), {}),
    "planning:plan-approve": (planned(), APPROVAL),
    "planning:plan-start": (planned(), {}),
    "planning:plan-finish": (planned(), {}),
    "planning:plan-reopen": (planned(), {}),
    "planning:action-list": (planned(), {}),
    "planning:action": (ACTION, {}),
    "planning:action-put-in": (ACTION, {}),
    "planning:action-take-out": (ACTION, {}),
    "planning:action-must-have": (ACTION, {}),
    "planning:action-exclude": (ACTION, {"exclude-reason": "No"}),
    "planning:action-free": (ACTION, {}),
    "planning:action-done": (ACTION, {}),
    "planning:action-not-done": (ACTION, {}),
    "planning:own-add": (planned(), OWN),
    "planning:own-remove": (planned("own-1"), {}),
    "reports:report-request": (here, {"language": "en"}),
    "reports:report-retry": (lambda h: [h.slug, 2], {}),
    "reports:share-create": (here, {}),
    "reports:share-revoke": (shared, {}),
    "reports:share-retry": (shared, {}),
}
LOST = {"assessments:assessment-begin": "consultant"}  # who is not a consultant answers
ELSEWHERE = {
    "organizations:leave": "every member may, and nobody is a member twice",
    "assessments:area-detail": "finding, permitting and locking are one query",
    "assessments:answer-save": "finding, permitting and locking are one query",
    "reports:share-preview": "changes nothing",
    **dict.fromkeys(
        (
            "organizations:home",
            "assessments:assessment-list",
            "assessments:assessment-detail",
            "assessments:inventory",
            "assessments:result-detail",
            "planning:goal-list",
        ),
        "a page that is shown, however it is asked for",
    ),
}


def data(house: House, more: dict[str, Any]) -> dict[str, Any]:
    """Return what is sent."""
    plan = house.objects["plan"]
    return {"revision": plan.revision, "plan": plan.pk, **share(house), **more}


def told() -> dict[str, list[Any]]:
    """Return every row of every table of ours, but for what a sign-in writes."""
    rows: dict[str, list[Any]] = {}
    for app in OURS:
        for model in apps.get_app_config(app).get_models(include_auto_created=True):
            found = model._default_manager.order_by("pk")
            if model is AuditEvent:
                found = found.exclude(kind="sign-in")
            rows[model._meta.label] = [
                {name: value for name, value in row.items() if name != "last_login"} for row in found.values()
            ]
    return rows


def waits(future: Future[int]) -> None:
    """Return when another connection waits for a lock of this one, or the request is through."""
    until = time.monotonic() + 20
    with connections["default"].cursor() as cursor:
        while not future.done() and time.monotonic() < until:
            cursor.execute("SELECT pg_stat_clear_snapshot()")  # a transaction else sees one state for ever
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0]:
                return
            time.sleep(0.02)


def refusal(house: House, name: str, role: str | None) -> int:
    """Return what a director gets who is one no more when their request's turn comes."""
    arguments, more = CASES[name]
    path, sent = reverse(name, args=arguments(house)), data(house, more)
    client = Client()
    client.force_login(house.people["director"])

    def ask() -> int:
        try:
            return client.post(path, sent).status_code
        finally:
            connections.close_all()

    director = Membership.objects.filter(user=house.people["director"])
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Organization.objects.select_for_update().get(pk=house.organization.pk)
            future = pool.submit(ask)
            waits(future)
            if role:
                director.update(role=role)
            else:
                director.delete()
        return future.result(timeout=30)


def test_a_role_that_goes_meanwhile_refuses_what_was_asked() -> None:
    house = build_house()
    social_instrument()  # what an assessment is started with
    plan = house.objects["plan"]
    house.objects["plan"] = propose_plan(plan=plan, revision=None, user=house.people["director"])
    director = Membership.objects.filter(user=house.people["director"])
    before, got = told(), {}
    for name in CASES:
        got[name] = refusal(house, name, LOST.get(name, "viewer"))
        director.update(role=Membership.Role.DIRECTOR)
    assert {name: status for name, status in got.items() if status != 403} == {}
    after = told()
    assert {name for name in before if after[name] != before[name]} == set()
    assert refusal(house, "organizations:member-change", None) == 404


def test_every_address_that_takes_something_is_asked() -> None:
    house = build_house()
    client = Client()
    client.force_login(house.people["director"])
    takes = set()
    for row in ROWS:
        if row.name in OF_ORGANIZATION:
            with transaction.atomic():  # what one changes, the next must not find
                if client.post(row.path(house)).status_code != 405:
                    takes.add(row.name)
                transaction.set_rollback(True)
    assert sorted(takes ^ (set(CASES) | set(ELSEWHERE))) == []
