"""What an approval holds: who may undo it, and that it stays at the sum that was approved."""

from datetime import UTC, date, datetime

import pytest

from organizations.models import AuditEvent, Membership, Organization
from organizations.money import whole_money
from organizations.trail import sentence
from planning import services
from planning.core.figures import Figures
from planning.models import Plan
from planning.selectors import plan_picture, work_of
from planning.sentences import labels
from planning.sentences.numbers import percent
from reports.core.document import dump, read, redact
from reports.render.pdf import Options, build, html
from reports.sharepage import build as shared
from reports.snapshot import document_of
from tests.factories.cohort import member
from tests.planning.conftest import text

DAY = date(2026, 11, 13)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def proposed(plan, director):
    services.choose_under_budget(plan=plan, revision=None, budget_cents=2_100_000, user=director)
    return services.propose_plan(plan=plan, revision=None, user=director)


@pytest.fixture
def approved(proposed, director):
    return services.approve_plan(
        plan=proposed, revision=None, approved_by="the board", approved_on=DAY, user=director
    )


def grow(organization: Organization, plan: Plan) -> int:
    """Let the organization have many more people; return what its plan comes to now."""
    organization.staff_count = 60
    organization.save()
    return work_of(Plan.objects.get(pk=plan.pk)).costs.total.likely


def kept(plan: Plan) -> str:
    """Return what is said of an approval whose sum and share have both moved."""
    now = percent(plan_picture(Plan.objects.get(pk=plan.pk)).closes)
    return f"{whole_money(plan.approved_cents)}, closing {plan.approved_percent}% of the gap ({now} now)"


def lean(organization: Organization, plan: Plan) -> tuple[str, str]:
    """Let one area matter more; return the share of the gap that the plan closed before, and closes now."""
    before = percent(plan_picture(plan).closes)
    services.add_goal(organization=organization, title="Show it", areas=["multimedia"], weight=3)
    now = percent(plan_picture(Plan.objects.get(pk=plan.pk)).closes)
    assert before != now
    return before, now


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


def test_an_approval_keeps_the_sum_and_the_page_says_where_it_moved(client, at, corvina, approved):
    sum_then = approved.total_likely_cents
    assert approved.approved_cents == sum_then > 0
    assert "the figures have changed since" not in text(client.get(at("plan", 1)))
    now = grow(corvina, approved)
    assert now != sum_then
    said = f"This plan was approved at {kept(approved)}; the figures have changed since."
    assert said in text(client.get(at("plan", 1)))
    again = services.reopen_plan(plan=approved, revision=None, user=None)
    assert (again.approved_cents, again.approved_percent) == (None, None)
    assert "the figures have changed since" not in text(client.get(at("plan", 1)))


def test_a_report_says_at_which_sum_the_plan_was_approved(corvina, approved):
    before = document_of(approved, at=NOON)
    line = "November 13, 2026, by the board"
    assert imprint(before) == line
    assert shared(before).approved == "Approved by the board on November 13, 2026"
    assert "the figures have changed since" not in html(before, options=Options())
    grow(corvina, approved)
    after = document_of(Plan.objects.get(pk=approved.pk), at=NOON)
    changed = f", at {kept(approved)}; the figures have changed since"
    assert imprint(after) == line + changed
    assert shared(after).approved == f"Approved by the board on November 13, 2026{changed}"
    said = f"This plan was approved at {kept(approved)}; the figures have changed since."
    assert said in html(after, options=Options())


def test_a_document_from_before_figures_were_kept_is_read(corvina, approved):
    lean(corvina, approved)
    old = dump(document_of(Plan.objects.get(pk=approved.pk), at=NOON))
    del old["plan"]["approved_cents"], old["plan"]["approved_percent"]
    assert imprint(read(old)) == "November 13, 2026, by the board"


def imprint(document):
    rows = build(document, language="en", code="")["imprint"]
    return {row.head: row.text for row in rows}["Approved"]


def test_another_sum_than_the_one_seen_is_not_approved(client, at, corvina, proposed):
    address, seen = at("plan-approve", 1), proposed.total_likely_cents
    said = text(client.get(address))
    assert f'name="seen_cents" value="{seen}"' in said
    now = grow(corvina, proposed)
    typed = {
        "approved_by": "the board",
        "approved_on": "2026-10-02",
        "revision": proposed.revision,
        "seen_percent": percent(plan_picture(proposed).closes).rstrip("%"),
    }
    answer = client.post(address, {**typed, "seen_cents": seen})
    assert answer.status_code == 422
    said = text(answer)
    moved = f"This plan came to {whole_money(seen)} when you opened this page, and comes to {whole_money(now)} now."
    assert moved in said
    assert f"and comes to {whole_money(now)}, likely" in said
    assert f'name="seen_cents" value="{now}"' in said
    assert client.post(address, typed).status_code == 422  # it must say what was seen
    proposed.refresh_from_db()
    assert proposed.state == Plan.State.PROPOSED
    typed["seen_percent"] = percent(plan_picture(proposed).closes).rstrip("%")
    assert client.post(address, {**typed, "seen_cents": now}).status_code == 302
    proposed.refresh_from_db()
    assert (proposed.state, proposed.approved_cents) == ("approved", now)


def test_an_approval_keeps_the_share_of_the_gap_as_it_was_shown(approved):
    event = AuditEvent.objects.get(kind="plan-approved")
    assert event.detail["approved_percent"] == approved.approved_percent
    assert f"{approved.approved_percent}%" == percent(plan_picture(approved).closes)


@pytest.mark.parametrize(
    ("approved", "now", "said"),
    [
        (Figures(1_476_125, 72), Figures(1_476_125, 72), ""),
        (Figures(1_476_125, 72), Figures(1_500_000, 72), "$14,761"),
        (Figures(1_476_125, 72), Figures(1_476_125, 69), "$14,761, closing 72% of the gap (69% now)"),
        (Figures(1_476_125, 72), Figures(1_500_000, None), "$14,761"),
        (Figures(1_476_125, None), Figures(1_476_125, 69), ""),
        (Figures(None, None), Figures(1_476_125, 69), ""),
    ],
)
def test_what_moved_is_said_as_far_as_it_is_known(approved, now, said):
    assert labels.approved_figures(approved, now, "USD") == said


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (72, 69, "This plan closed 72% of the gap when you opened this page, and closes 69% now."),
        (72, None, "This plan closed 72% of the gap when you opened this page, and there is no gap now."),
        (
            None,
            69,
            "There was no gap when you opened this page; now there is one, and this plan closes 69% of it.",
        ),
    ],
)
def test_why_an_approval_is_refused_says_where_there_is_no_gap(before, now, said):
    refused = labels.approval_refused(Figures(1_476_125, before), Figures(1_476_125, now), "USD")
    assert refused == f"{said} Nothing was saved. If that is approved too, save again."


def test_a_copy_without_security_says_no_share(corvina, approved):
    grow(corvina, approved)
    document = document_of(Plan.objects.get(pk=approved.pk), at=NOON)
    copy = redact(document, security=False, notes=True, appendix=True, names=True)
    assert (copy.plan.gained, copy.plan.approved_percent) == (None, None)
    amount = whole_money(approved.approved_cents)
    assert shared(copy).approved.endswith(f", at {amount}; the figures have changed since")


def test_an_approval_of_before_shares_were_kept_names_the_sum_alone(client, at, corvina, approved):
    Plan.objects.update(approved_percent=None)
    grow(corvina, approved)
    amount = whole_money(approved.approved_cents)
    said = f"This plan was approved at {amount}; the figures have changed since."
    assert said in text(client.get(at("plan", 1)))


def test_another_share_than_the_one_seen_is_not_approved(client, at, corvina, proposed):
    address = at("plan-approve", 1)
    said = text(client.get(address))
    then, now = lean(corvina, proposed)
    assert f"It closes {then} of the gap." in said
    assert f'name="seen_percent" value="{then.rstrip("%")}"' in said
    typed = {"approved_by": "the board", "approved_on": "2026-10-02", "revision": proposed.revision}
    typed["seen_cents"] = work_of(proposed).costs.total.likely
    answer = client.post(address, {**typed, "seen_percent": then.rstrip("%")})
    assert answer.status_code == 422
    said = text(answer)
    moved = f"This plan closed {then} of the gap when you opened this page, and closes {now} now."
    assert moved in said
    assert f"It closes {now} of the gap." in said
    assert f'name="seen_percent" value="{now.rstrip("%")}"' in said
    assert client.post(address, typed).status_code == 422  # it must say what was seen
    proposed.refresh_from_db()
    assert proposed.state == Plan.State.PROPOSED
    assert client.post(address, {**typed, "seen_percent": now.rstrip("%")}).status_code == 302
    proposed.refresh_from_db()
    assert f"{proposed.approved_percent}%" == now


def test_the_history_says_who_recorded_the_approval_and_who_approved(director, approved):
    event = AuditEvent.objects.get(kind="plan-approved")
    assert sentence(event) == f"{director} recorded the plan as approved by {approved.approved_by}."
