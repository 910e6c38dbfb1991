"""Plans are created, chosen, edited, approved; every change is told and stored totals follow."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from organizations.models import AuditEvent, Organization
from planning import services
from planning.models import ActionMark, Goal, PlanAction, PlanEvent
from planning.render import charts, findings
from planning.selectors import plan_picture, work_of
from tests.planning.conftest import NOW

THREE = ["start-a-help-routine", "write-a-one-page-incident-plan", "use-a-publishing-tool"]


def stored(plan):
    plan.refresh_from_db()
    return (plan.total_low_cents, plan.total_likely_cents, plan.total_high_cents, plan.one_time_cents)


def computed(plan):
    costs = work_of(plan).costs
    total = costs.total
    return (total.low, total.likely, total.high, sum(year.likely for year in costs.one_time))


def kinds(plan):
    return list(PlanEvent.objects.filter(plan=plan).values_list("kind", flat=True))


def test_a_plan_rests_on_the_current_assessments_and_is_numbered(corvina, director, plan):
    second = services.create_plan(
        organization=corvina, title="Another", start_year=2027, start_quarter=1, user=director, at=NOW
    )
    assert (plan.number, second.number) == (1, 2)
    assert [one.number for one in second.assessments.all()] == [1]
    assert kinds(plan) == ["created"]


def test_without_an_assessment_there_is_no_plan(db):
    empty = Organization.objects.create(slug="empty", name="Empty")
    with pytest.raises(ValidationError, match="ten-minute check"):
        services.create_plan(
            organization=empty, title="Plan", start_year=2027, start_quarter=1, user=None, at=NOW
        )


def test_three_actions_chosen_by_hand_bring_what_they_need(plan, director):
    changed = services.choose_by_hand(plan=plan, revision=1, chosen=THREE, user=director, at=NOW)
    work = work_of(changed)
    assert set(THREE) <= set(work.chosen)
    for key in work.chosen:
        needs = set(work.actions[key].requires)
        assert needs <= set(work.chosen) | work.candidates.done
    assert changed.revision == 2
    assert kinds(plan) == ["created", "by-hand"]


def test_stored_totals_equal_computed_ones_after_every_change(plan, director):
    def after(changed):
        assert stored(changed) == computed(changed)
        return changed

    plan = after(services.choose_by_hand(plan=plan, revision=None, chosen=THREE, user=director))
    plan = after(
        services.choose_under_budget(plan=plan, revision=None, budget_cents=2_000_000, user=director)
    )
    key = max(work_of(plan).costs.lines, key=lambda line: line.total.likely).cost.action
    plan = after(
        services.edit_action(
            plan=plan,
            revision=None,
            key=key,
            user=director,
            start=3,
            costs={0: services.OwnCost(one_time_cents=123_45)},
        )
    )
    plan = after(services.exclude_action(plan=plan, revision=None, key=key, reason="No", user=director))
    plan = after(
        services.add_own_action(
            plan=plan,
            revision=None,
            user=director,
            title="Ask the neighbours",
            costs=[services.OwnCost(one_time_cents=50_000, yearly_cents=1_001, category="gear")],
        )
    )
    assert plan.total_likely_cents > 0
    dear = work_of(plan).costs.lines[0].cost.action
    before = stored(plan)
    services.mark_action(organization=plan.organization, action=dear, done=True, user=director)
    after(plan)
    services.unmark_action(organization=plan.organization, action=dear)
    assert stored(after(plan)) == before


def test_a_choice_under_a_budget_keeps_to_it(plan, director):
    changed = services.choose_under_budget(plan=plan, revision=1, budget_cents=2_100_000, user=director)
    work = work_of(changed)
    assert work.chosen
    assert sum(work.candidates.actions[key].cost.over(3).likely for key in work.chosen) <= 2_100_000
    assert changed.total_likely_cents <= 2_100_000
    assert changed.budget_cents == 2_100_000


def test_a_stale_revision_is_refused_and_nothing_changes(plan, director):
    services.choose_by_hand(plan=plan, revision=1, chosen=THREE, user=director)
    with pytest.raises(services.StalePlan) as found:
        services.choose_by_hand(plan=plan, revision=1, chosen=[], user=director)
    assert found.value.plan.revision == 2
    assert set(THREE) <= set(work_of(plan).chosen)


def test_an_own_figure_is_one_figure_from_the_organization(plan, director):
    services.choose_by_hand(plan=plan, revision=None, chosen=["replace-aging-computers"], user=director)
    services.edit_action(
        plan=plan,
        revision=None,
        key="replace-aging-computers",
        user=director,
        owner="Rafe Lindeskog",
        costs={0: services.OwnCost(number=6, one_time_cents=1_000_000)},
    )
    found = plan_picture(plan).action("replace-aging-computers")
    assert found.owner == "Rafe Lindeskog"
    row = found.rows[0]
    assert (row.number, row.own, row.one_time.likely) == (6, True, 1_000_000)
    assert row.one_time.low == row.one_time.high == 1_000_000
    assert (row.own, row.source != "") == (True, True)  # the yearly price is still the catalogue's
    assert (row.yearly.low < row.yearly.high, row.year is None) == (True, False)
    services.edit_action(
        plan=plan,
        revision=None,
        key="replace-aging-computers",
        user=director,
        costs={0: services.OwnCost(number=6, one_time_cents=1_000_000, yearly_cents=0)},
    )
    row = plan_picture(plan).action("replace-aging-computers").rows[0]
    assert (row.own, row.source, row.year, row.calculation) == (True, "", None, "$10,000 once")


def test_without_outside_help_consulting_costs_nothing(plan, director):
    key = "replace-aging-computers"
    services.choose_by_hand(plan=plan, revision=None, chosen=[key], user=director)
    before = plan_picture(plan).action(key)
    services.edit_action(plan=plan, revision=None, key=key, user=director, without_help=True)
    after = plan_picture(plan).action(key)
    consulting = [row for row in after.rows if row.category == "consulting"]
    assert [row.waived for row in consulting] == [True]
    assert consulting[0].total.high == 0
    assert after.total.likely < before.total.likely


def test_an_excluded_action_is_left_out_with_its_reason(plan, director):
    key = "replace-aging-computers"
    services.exclude_action(plan=plan, revision=None, key=key, reason=" Bought last month ", user=director)
    services.choose_under_budget(plan=plan, revision=None, budget_cents=None, user=director)
    picture = plan_picture(plan, language="en")
    assert key not in [action.key for action in picture.actions]
    left = {one.key: one for one in picture.left_out}[key]
    assert (left.reason, left.sentence) == ("excluded", "You left it out: “Bought last month”")
    with pytest.raises(ValidationError, match="why you leave it out"):
        services.exclude_action(plan=plan, revision=None, key=key, reason=" ", user=director)


def test_a_must_have_is_in_every_choice(plan, director):
    key = "replace-aging-computers"
    services.require_action(plan=plan, revision=None, key=key, user=director)
    changed = services.choose_under_budget(plan=plan, revision=None, budget_cents=0, user=director)
    work = work_of(changed)
    assert key in work.chosen
    assert plan_picture(changed, work).short_cents > 0
    services.free_action(plan=plan, revision=None, key=key, user=director)
    services.choose_under_budget(plan=plan, revision=None, budget_cents=0, user=director)
    assert key not in work_of(plan).chosen


def test_what_is_done_is_no_candidate_and_meets_what_needs_it(plan, director, corvina):
    services.mark_action(organization=corvina, action="keep-an-inventory", done=True, user=director)
    changed = services.choose_by_hand(
        plan=plan, revision=None, chosen=["set-a-replacement-cycle"], user=director
    )
    assert work_of(changed).chosen == ("set-a-replacement-cycle",)
    assert ActionMark.objects.get().marked_by == director
    services.unmark_action(organization=corvina, action="keep-an-inventory")
    assert not ActionMark.objects.exists()


def test_an_own_action_gets_a_key_of_its_own_and_can_go(plan, director):
    for title in ("First", "Second"):
        services.add_own_action(plan=plan, revision=None, user=director, title=title, hours=5)
    assert sorted(PlanAction.objects.filter(is_own=True).values_list("key", flat=True)) == ["own-1", "own-2"]
    services.change_own_action(plan=plan, revision=None, key="own-1", user=director, title="Changed", weeks=9)
    picture = plan_picture(plan)
    assert {action.title for action in picture.actions} == {"Changed", "Second"}
    services.remove_own_action(plan=plan, revision=None, key="own-1", user=director)
    services.add_own_action(plan=plan, revision=None, user=director, title="Third")
    assert sorted(PlanAction.objects.filter(is_own=True).values_list("key", flat=True)) == ["own-2", "own-3"]


def test_an_own_action_lifts_the_cells_that_it_names(plan, director):
    cell = "social-media-alignment/collaboration/efficient"
    services.add_own_action(
        plan=plan,
        revision=None,
        user=director,
        title="Own",
        lifts=[{"cell": cell, "levels": "0.5"}],
    )
    rises = {found.key: found.rise for found in plan_picture(plan).cells}
    assert rises[cell] == 0.5
    assert sum(rises.values()) == 0.5


def test_a_plan_is_proposed_approved_and_put_back(plan, director):
    with pytest.raises(ValidationError, match="at least one action"):
        services.propose_plan(plan=plan, revision=None, user=director)
    with pytest.raises(ValidationError, match="Propose the plan first"):
        services.approve_plan(
            plan=plan, revision=None, approved_by="Board", approved_on=date(2026, 10, 2), user=director
        )
    services.choose_by_hand(plan=plan, revision=None, chosen=THREE, user=director)
    services.propose_plan(plan=plan, revision=None, user=director)
    approved = services.approve_plan(
        plan=plan,
        revision=None,
        approved_by="The board",
        approved_on=date(2026, 10, 2),
        user=director,
    )
    assert (approved.state, approved.approved_by) == ("approved", "The board")
    assert AuditEvent.objects.get(kind="plan-approved").detail["approved_by"] == "The board"
    with pytest.raises(ValidationError, match="no draft"):
        services.choose_by_hand(plan=plan, revision=None, chosen=[], user=director)
    again = services.reopen_plan(plan=plan, revision=None, user=director)
    assert (again.state, again.approved_by, again.approved_on) == ("draft", "", None)
    assert kinds(plan)[-3:] == ["proposed", "approved", "reopened"]


def test_an_approved_plan_is_started_and_finished(plan, director):
    services.choose_by_hand(plan=plan, revision=None, chosen=THREE, user=director)
    with pytest.raises(ValidationError, match="Record the approval first"):
        services.start_work(plan=plan, revision=None, user=director)
    services.propose_plan(plan=plan, revision=None, user=director)
    services.approve_plan(
        plan=plan, revision=None, approved_by="Board", approved_on=date(2026, 10, 2), user=director
    )
    with pytest.raises(ValidationError, match="Start the work first"):
        services.finish_work(plan=plan, revision=None, user=director)
    begun = services.start_work(plan=plan, revision=None, user=director)
    assert (begun.state, begun.approved_by) == ("under-way", "Board")
    assert services.finish_work(plan=plan, revision=None, user=director).state == "finished"
    assert kinds(plan)[-2:] == ["under-way", "finished"]


def test_goals_are_added_changed_moved_and_removed(corvina):
    Goal.objects.all().delete()
    first, second, third = (
        services.add_goal(organization=corvina, title=title, areas=["monitoring"], weight=weight)
        for title, weight in (("A", 1), ("B", 2), ("C", 3))
    )
    services.move_goal(goal=third, up=True)
    services.move_goal(goal=first, up=True)
    assert list(Goal.objects.values_list("title", flat=True)) == ["A", "C", "B"]
    services.change_goal(goal=second, title="B2", areas=["multimedia"], weight=1)
    services.remove_goal(goal=first)
    assert list(Goal.objects.values_list("title", "areas")) == [("C", ["monitoring"]), ("B2", ["multimedia"])]


def test_a_goal_makes_its_areas_count_more(corvina, plan):
    Goal.objects.all().delete()
    before = work_of(plan).candidates.relevance
    services.add_goal(organization=corvina, title="Stories", areas=["multimedia"], weight=3)
    after = work_of(plan).candidates.relevance
    cell = "social-media-alignment/multimedia/efficient"
    other = "social-media-alignment/monitoring/efficient"
    assert (before[cell], before[other]) == (1, 1)
    assert after[cell] == 4 * after[other]


def test_a_number_that_is_missing_is_asked_for_and_then_used(plan, director, corvina):
    corvina.inventory.devices.all().delete()
    picture = plan_picture(plan)
    asked = {number.count: number for number in picture.numbers}
    count = "computers-older-than-5-years"
    assert "replace-aging-computers" in [action.key for action in asked[count].actions]
    left = {one.key: one.reason for one in picture.left_out}
    assert left["replace-aging-computers"] == "number-missing"
    services.set_numbers(plan=plan, revision=None, numbers={count: 4}, user=director)
    services.choose_by_hand(plan=plan, revision=None, chosen=["replace-aging-computers"], user=director)
    assert plan_picture(plan).action("replace-aging-computers").rows[0].number == 4
    services.set_numbers(plan=plan, revision=None, numbers={count: None}, user=director)
    assert work_of(plan).numbers == {}


def test_an_action_that_would_end_after_the_plan_has_no_time_in_it(plan, director):
    plan = services.change_plan(plan=plan, revision=None, user=director, horizon_years=1)
    for title, weeks in [("Late", 40), ("Just", 13)]:
        services.add_own_action(
            plan=plan,
            revision=None,
            user=director,
            title=title,
            weeks=weeks,
            start=3,
            costs=[services.OwnCost(yearly_cents=400, category="gear")],
        )
    picture = plan_picture(plan, language="en")
    assert [(one.key, one.sentence) for one in picture.unscheduled] == [
        ("own-1", "It cannot be finished before the plan ends.")
    ]
    just = picture.action("own-2")
    assert (just.start_quarter, just.end_quarter, just.ends) == (3, 3, picture.quarters[-1])
    assert charts.roadmap(picture).rows[0].end == 3
    assert picture.quarters[-1] in findings.plan_words(picture).roadmap
