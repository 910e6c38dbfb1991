"""What somebody put in, took out or edited by hand stays so when a budget is worked out."""

from planning import services
from planning.models import PlanAction
from planning.selectors import action_title, plan_picture, work_of
from tests.planning.conftest import text

CELL = "social-media-alignment/collaboration/efficient"
PUT_IN = "use-a-publishing-tool"


def work_out(client, at, plan, budget):
    plan.refresh_from_db()
    data = {"budget": budget, "hours": "", "revision": str(plan.revision)}
    answer = client.post(at("plan-choose", 1), data, follow=True)
    plan.refresh_from_db()
    return answer


def press(client, at, plan, name, key):
    plan.refresh_from_db()
    return client.post(at(name, 1, key), {"revision": str(plan.revision)})


def own(plan, director, cents):
    services.add_own_action(
        plan=plan,
        revision=None,
        user=director,
        title="Ask the neighbours",
        lifts=[{"cell": CELL, "levels": "0.5"}],
        hours=5,
        owner="Lucía",
        start=2,
        costs=[services.OwnCost(one_time_cents=cents, category="gear")],
    )


def test_an_own_action_stays_and_counts_in_the_budget(client, at, plan, director):
    own(plan, director, 250_000)
    assert "Working it out keeps what you put in yourself:" in text(client.get(at("plan", 1)))
    work_out(client, at, plan, "3,000")
    work = work_of(plan)
    assert "own-1" in work.planned
    assert work.full_cents <= 300_000
    found = plan_picture(plan, work).action("own-1")
    assert (found.owner, found.start_quarter, found.total.likely) == ("Lucía", 2, 250_000)


def test_own_actions_above_the_budget_stay_and_are_told(client, at, plan, director):
    own(plan, director, 900_000)
    said = text(work_out(client, at, plan, "3,000"))
    assert "own-1" in work_of(plan).planned
    assert "more than the budget of $3,000" in said


def test_what_was_taken_out_by_hand_stays_out_until_it_is_put_back(client, at, plan):
    work_out(client, at, plan, "21,000")
    taken = max(work_of(plan).costs.lines, key=lambda line: line.total.likely).cost.action
    press(client, at, plan, "action-take-out", taken)
    assert "until you put it back" in text(client.get(at("plan", 1)))
    work_out(client, at, plan, "21,000")
    assert taken not in work_of(plan).chosen
    assert "It stays out until you put it back." in text(client.get(at("action", 1, taken)))
    press(client, at, plan, "action-put-in", taken)
    work_out(client, at, plan, "21,000")
    assert taken in work_of(plan).chosen


def test_what_needs_an_action_that_goes_may_come_back_with_it(client, at, plan):
    press(client, at, plan, "action-put-in", "set-a-replacement-cycle")
    press(client, at, plan, "action-take-out", "keep-an-inventory")
    rows = {row.key: row for row in PlanAction.objects.all()}
    assert not rows["set-a-replacement-cycle"].chosen
    assert [key for key, row in rows.items() if row.excluded] == ["keep-an-inventory"]


def test_what_was_put_in_by_hand_stays_until_the_choice_may_decide_again(client, at, plan):
    work_out(client, at, plan, "0")
    dear = next(one.key for one in plan_picture(plan).left_out if one.reason == "budget" and not one.needs)
    press(client, at, plan, "action-put-in", dear)
    work_out(client, at, plan, "0")
    assert dear in work_of(plan).chosen
    assert "Let the choice decide again" in text(client.get(at("action", 1, dear)))
    press(client, at, plan, "action-free", dear)
    work_out(client, at, plan, "0")
    assert dear not in work_of(plan).chosen


def test_unticked_in_the_list_is_taken_out_and_ticked_is_put_in(client, at, plan):
    work_out(client, at, plan, "21,000")
    chosen = list(work_of(plan).chosen)
    gone = next(
        key for key in chosen if not any(key in work_of(plan).actions[one].requires for one in chosen)
    )
    plan.refresh_from_db()
    ticked = [key for key in chosen if key != gone]
    client.post(at("action-list", 1), {"ticked": ticked, "revision": str(plan.revision)})
    assert PlanAction.objects.get(key=gone).excluded
    assert not PlanAction.objects.filter(by_hand=True).exists()
    client.post(at("action-list", 1), {"ticked": chosen, "revision": str(plan.revision + 1)})
    row = PlanAction.objects.get(key=gone)
    assert (row.by_hand, row.excluded) == (True, False)


def test_own_words_and_figures_are_kept_for_an_action_that_leaves_and_comes_back(client, at, plan, director):
    work_out(client, at, plan, "21,000")
    key = max(work_of(plan).costs.lines, key=lambda line: line.total.likely).cost.action
    costs = {0: services.OwnCost(one_time_cents=300_000, yearly_cents=0)}
    services.edit_action(
        plan=plan, revision=None, key=key, user=director, owner="Lucía", start=3, costs=costs
    )
    work_out(client, at, plan, "0")
    assert key not in work_of(plan).chosen
    work_out(client, at, plan, "30,000")
    found = plan_picture(plan).action(key)
    assert (found.owner, found.start_quarter, found.rows[0].total.likely) == ("Lucía", 3, 300_000)


def test_what_came_in_and_what_left_is_told(client, at, plan):
    work_out(client, at, plan, "3,000")
    before = set(work_of(plan).planned)
    answer = work_out(client, at, plan, "21,000")
    new = set(work_of(plan).planned) - before
    titles = {one.title for one in plan_picture(plan, language="en").actions if one.key in new}
    told = " ".join(str(one) for one in answer.context["messages"])
    assert "New in the plan, because this budget closes most of the gap with them: “" in told
    assert any(title in told for title in titles)


def test_what_cannot_be_done_without_an_action_goes_with_it(client, at, plan):
    press(client, at, plan, "action-put-in", "set-a-replacement-cycle")
    plan.refresh_from_db()
    data = {"exclude-reason": "We rent", "revision": str(plan.revision)}
    client.post(at("action-exclude", 1, "keep-an-inventory"), data)
    assert not PlanAction.objects.get(key="set-a-replacement-cycle").chosen


def test_an_own_action_shows_no_cause_that_nobody_chose(client, at, plan, director):
    own(plan, director, 250_000)
    picture = plan_picture(plan, language="en")
    found = picture.action("own-1")
    assert found.cells
    assert found.challenges == ()
    assert "works against" not in found.thread + found.why
    said = text(client.get(at("action", 1, "own-1")))
    assert '<span class="kind">Gap</span>' in said
    assert '<span class="kind">Challenge</span>' not in said


def test_what_is_done_is_not_needed_first(client, at, plan, corvina, director):
    actions = work_of(plan).actions
    key = next(key for key in work_of(plan).candidates.open if actions[key].requires)
    needed = actions[key].requires[0]
    title = action_title(needed)
    assert f"Needs “{title}”" in text(client.get(at("action", 1, key)))
    services.mark_action(organization=corvina, action=needed, done=True, user=director)
    assert f"Needs “{title}”" not in text(client.get(at("action", 1, key)))


def test_what_is_put_in_by_hand_is_told_and_what_finds_no_time_is_told_apart(client, at, plan):
    told = client.post(at("action-put-in", 1, PUT_IN), {"revision": str(plan.revision)}, follow=True)
    first = " ".join(str(one) for one in told.context["messages"])
    assert first.startswith("Now in the plan: “")
    assert f"“{action_title(PUT_IN)}”." in first
    plan.refresh_from_db()
    typed = {"title": "Late", "kind": "policy", "weeks": "40", "hours": "0", "start": "11"}
    answer = client.post(at("own-add", 1), {**typed, "revision": str(plan.revision)}, follow=True)
    said = text(answer)
    plan.refresh_from_db()
    assert "Chosen, but not counted, because the plan has no time left for it: “Late”:" in said
    assert "Now in the plan: “Late”" not in said
    assert "1 more is chosen, but does not fit into the time of the plan and is not counted here." in said
    own = PlanAction.objects.get(key="own-1")
    own.costs.create(row=0, one_time_cents=90_000, category="gear")
    work_out(client, at, plan, "3,000")
    said = text(client.get(at("plan", 1)))
    assert "A budget counts every chosen action for all 3 years, also what does not fit into the time" in said
