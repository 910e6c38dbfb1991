"""What an approval holds: who may undo it, and that it stays at the sum that was approved."""

from datetime import date

import pytest

from organizations.models import AuditEvent, Membership
from organizations.trail import sentence
from planning import services
from planning.models import Plan
from tests.factories.cohort import member
from tests.planning.conftest import text
from tests.planning.test_services import THREE

DAY = date(2026, 11, 13)


@pytest.fixture
def proposed(plan, director):
    services.choose_by_hand(plan=plan, revision=None, chosen=THREE, user=director)
    return services.propose_plan(plan=plan, revision=None, user=director)


@pytest.fixture
def approved(proposed, director):
    return services.approve_plan(
        plan=proposed, revision=None, approved_by="the board", approved_on=DAY, user=director
    )


def test_an_editor_does_not_put_an_approved_plan_back(client, at, corvina, approved):
    page, button = at("plan", 1), at("plan-reopen", 1)
    assert button in text(client.get(page))  # the director's
    client.force_login(member(corvina, Membership.Role.EDITOR))
    assert button not in text(client.get(page))
    assert client.post(button, {"revision": approved.revision}).status_code == 403
    approved.refresh_from_db()
    assert (approved.state, approved.approved_by) == ("approved", "the board")


def test_the_history_tells_who_put_an_approved_plan_back(client, at, approved):
    client.post(at("plan-reopen", 1), {"revision": approved.revision})
    approved.refresh_from_db()
    assert approved.state == Plan.State.DRAFT
    event = AuditEvent.objects.get(kind="plan-reopened")
    assert (event.detail["plan"], event.detail["approved_by"]) == (1, "the board")
    assert sentence(event) == f"{event.user} put the approved plan back to draft."


def test_an_editor_puts_a_proposed_plan_back(client, at, corvina, proposed):
    address = at("plan-reopen", 1)
    client.force_login(member(corvina, Membership.Role.EDITOR))
    client.post(address, {"revision": proposed.revision})
    proposed.refresh_from_db()
    assert proposed.state == Plan.State.DRAFT
    assert not AuditEvent.objects.filter(kind="plan-reopened").exists()


def test_who_saw_a_proposed_plan_does_not_put_an_approved_one_back(proposed, director):
    seen = Plan.objects.get(pk=proposed.pk)
    now = services.approve_plan(plan=seen, revision=None, approved_by="B", approved_on=DAY, user=director)
    with pytest.raises(services.StalePlan):
        services.reopen_plan(plan=seen, revision=now.revision, user=director)
