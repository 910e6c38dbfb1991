"""What the pages say of single actions: their own price, what a new choice drops, quarters asked for, what is done."""

import re

from assessments.models import Answer, InventoryRecord
from organizations.money import whole_money
from planning import selectors, services
from planning.models import ActionMark, PlanAction
from planning.selectors import plan_picture, work_of
from tests.planning.conftest import text


def test_a_must_have_says_its_own_price_and_that_of_what_it_needs(client, at, plan):
    offers = [offer for offer in selectors.must_have_offers(work_of(plan)) if offer.needs]
    assert offers
    said = text(client.get(at("plan", 1)))
    for offer in offers:
        own, needs = whole_money(offer.cost_cents), whole_money(offer.needs_cents)
        assert f"{own}, and {needs} for what it needs first: {offer.needs[0].title}" in said
        assert offer.cost_cents == selectors.action_page(work_of(plan), offer.key).full_cents


def test_what_a_new_choice_drops_is_named_with_the_reason(client, at, plan, director):
    services.choose_under_budget(plan=plan, revision=None, budget_cents=2_100_000, user=director)
    before = set(work_of(plan).planned)
    plan.refresh_from_db()
    answer = client.post(
        at("plan-choose", 1), {"budget": "3,000", "hours": "", "revision": str(plan.revision)}, follow=True
    )
    plan.refresh_from_db()
    lost = before - set(work_of(plan).planned)
    assert lost
    left = {one.key: one for one in plan_picture(plan, language="en").left_out}
    told = [str(one) for one in answer.context["messages"]]
    assert told[0].startswith("No longer in the plan: “")
    assert all(one.startswith("New in the plan, ") for one in told[1:])
    assert any(f"“{left[key].title}”: {left[key].sentence}" in told[0] for key in lost)
    again = client.post(
        at("plan-choose", 1), {"budget": "3,000", "hours": "", "revision": str(plan.revision)}, follow=True
    )
    assert not [str(one) for one in again.context["messages"] if "No longer" in str(one)]


def save_start(client, at, plan, key, start):
    plan.refresh_from_db()
    data = {"revision": str(plan.revision), "owner": "", "start": start, "hours": ""}
    return text(client.post(at("action", 1, key), data, follow=True))


def test_a_quarter_that_was_asked_for_moves_the_action_or_says_why_not(client, at, plan, director):
    key = "set-a-replacement-cycle"
    assert "It is not in the plan, so nothing is moved yet." in save_start(client, at, plan, key, "5")
    services.choose_by_hand(plan=plan, revision=None, chosen=[key], user=director)
    assert "It starts in Q1 2028, as you asked." in save_start(client, at, plan, key, "5")
    assert work_of(plan).schedule.of(key).start_quarter == 5
    PlanAction.objects.filter(key="keep-an-inventory").update(start=6)
    first = plan_picture(plan, language="en").action("keep-an-inventory")
    assert first.start_quarter == 6
    said = save_start(client, at, plan, key, "1")
    assert f"not in Q1 2027: “{first.title}” has to end first." in said
    assert "has to end first." in text(client.get(at("action", 1, key)))


def test_hours_that_are_taken_are_the_reason_why_an_action_waits(client, at, plan, director):
    services.change_plan(plan=plan, revision=None, user=director, hours_per_quarter=1)
    every = list(work_of(plan).candidates.open)
    services.choose_by_hand(plan=plan, revision=None, chosen=every, user=director)
    late = next(
        one
        for one in work_of(plan).schedule.actions
        if one.start_quarter and not work_of(plan).actions[one.action].requires
    )
    said = save_start(client, at, plan, late.action, "0")
    assert "the staff hours before are taken by other actions." in said


def test_what_the_list_shows_to_be_done_is_asked_for_on_the_plan(client, at, plan, corvina, director):
    services.choose_by_hand(plan=plan, revision=None, chosen=["keep-an-inventory"], user=director)
    said = text(client.get(at("plan", 1)))
    assert 'id="proposed-done"' in said
    assert at("action-done", 1, "keep-an-inventory") in said
    answer = client.post(at("action-done", 1, "keep-an-inventory"), {"back": "plan"})
    assert answer["Location"] == at("plan", 1) + "#proposed-done"
    assert ActionMark.objects.get().done
    assert "keep-an-inventory" not in work_of(plan).chosen
    assert at("action-done", 1, "keep-an-inventory") not in text(client.get(at("plan", 1)))


def test_serious_facts_without_a_gap_can_be_added_to_the_plan(client, at, plan, corvina):
    InventoryRecord.objects.update(accounts_of_leavers=3, backup_second_copy=False)
    Answer.objects.filter(kind="level").update(level=4)
    Answer.objects.exclude(kind="level").update(kind="level", level=4)
    picture = selectors.gaps_picture(corvina, corvina.assessments.get())
    assert picture.without_gap
    cause = next(one for one in picture.without_gap if one.helps)
    page = text(client.get(at("gaps", 1)))
    key = cause.helps[0].key
    assert "count nothing in a plan" not in page
    assert re.search(
        rf'action="{at("action-put-in", 1, key)}"><input type="hidden" name="csrfmiddlewaretoken"', page
    )
    client.post(at("action-put-in", 1, key), {"revision": str(plan.revision)})
    row = PlanAction.objects.get(plan=plan, key=key)
    assert (row.chosen, row.excluded) == (True, False)
    services.propose_plan(plan=plan, revision=None, user=None)
    page = text(client.get(at("gaps", 1)))
    assert at("action-put-in", 1, key) not in page
    assert cause.helps[0].title.replace("'", "&#x27;") in page


def test_the_plan_tells_what_the_list_shows_and_no_answer_points_to(client, at, plan, corvina, director):
    InventoryRecord.objects.update(accounts_of_leavers=3, backup_second_copy=False)
    Answer.objects.filter(kind="level").update(level=4)
    Answer.objects.exclude(kind="level").update(kind="level", level=4)
    page = text(client.get(at("plan", 1)))
    causes = selectors.passed_over(work_of(plan))
    assert "no-backups" in [cause.key for cause in causes]
    assert f"Your list shows {len(causes)} things that no low answer points to" in page
    backups = next(cause for cause in causes if cause.key == "no-backups")
    assert backups.proof[0] in page
    client.post(at("action-put-in", 1, backups.helps[0].key), {"revision": str(plan.revision)})
    left = [cause.key for cause in selectors.passed_over(work_of(plan))]
    assert "no-backups" not in left
    assert left
    services.propose_plan(plan=plan, revision=None, user=director)
    assert "no low answer points to" not in text(client.get(at("plan", 1)))
