"""Who loses a role while their request waits for its turn is refused. Two connections, so PostgreSQL only."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organizations.models import Invitation, Membership, Organization
from planning.models import Plan
from planning.services import propose_plan
from reports.models import Share
from tests.factories.people import House, build_house

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "sqlite" in str(connection.vendor), reason="SQLite has one writer: nobody waits inside"
    ),
]
Given = Callable[[House], Any]


def member(house: House) -> list[Any]:
    return [house.slug, house.members["respondent"].pk]


def share(house: House) -> dict[str, Any]:
    report = house.objects["report"].pk
    return {
        "report": report,
        "recipient": "A friend",
        "until": f"{timezone.localdate()}",
        "key": str(uuid4()),
    }


CHANGE = {"role": "director", "title": "", "answers_as": "staff"}
CASES: dict[str, tuple[Given, Given]] = {
    "organizations:member-change": (member, lambda h: CHANGE),
    "organizations:member-remove": (member, lambda h: {}),
    "organizations:organization-delete": (lambda h: [h.slug], lambda h: {"name": h.organization.name}),
    "organizations:invite": (
        lambda h: [h.slug],
        lambda h: {"email": "friend@example.org", "role": "director", "answers_as": "staff"},
    ),
    "organizations:invitation-resend": (lambda h: [h.slug, h.invitation.pk], lambda h: {}),
    "reports:share-create": (lambda h: [h.slug], share),
    "reports:share-revoke": (lambda h: [h.slug, h.objects["share"].pk], lambda h: {}),
    "planning:plan-approve": (
        lambda h: [h.slug, h.objects["plan"].number],
        lambda h: {
            "approved_by": "Me",
            "approved_on": "2026-03-01",
            "seen_cents": 0,
            "revision": h.objects["plan"].revision,
        },
    ),
    "planning:plan-reopen": (
        lambda h: [h.slug, h.objects["plan"].number],
        lambda h: {"revision": h.objects["plan"].revision},
    ),
}


def world(house: House) -> list[object]:
    """Return what the requests above would change."""
    return [
        list(Organization.objects.order_by("pk").values_list("pk", flat=True)),
        list(
            Membership.objects.exclude(user=house.people["director"]).order_by("pk").values_list("pk", "role")
        ),
        list(Invitation.objects.order_by("pk").values_list("token_hash", "revoked_at")),
        list(Share.objects.order_by("pk").values_list("pk", "revoked_at")),
        list(Plan.objects.values_list("state", "revision")),
    ]


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


@pytest.mark.parametrize(
    ("name", "role", "status"),
    [*((name, "viewer", 403) for name in CASES), ("organizations:member-change", None, 404)],
)
def test_a_role_that_goes_meanwhile_refuses_what_was_asked(name: str, role: str | None, status: int) -> None:
    house = build_house()
    plan = house.objects["plan"]
    house.objects["plan"] = propose_plan(plan=plan, revision=None, user=house.people["director"])
    arguments, data = CASES[name]
    before = world(house)
    client = Client()
    client.force_login(house.people["director"])

    def ask() -> int:
        try:
            return client.post(reverse(name, args=arguments(house)), data(house)).status_code
        finally:
            connections.close_all()

    director = Membership.objects.filter(pk=house.members["director"].pk)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Organization.objects.select_for_update().get(pk=house.organization.pk)
            future = pool.submit(ask)
            waits(future)
            if role:
                director.update(role=role)
            else:
                director.delete()
        assert future.result(timeout=30) == status
    assert world(house) == before
