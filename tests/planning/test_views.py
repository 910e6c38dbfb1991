"""The pages of goals and plans: one happy path each, bad input at the field, little asked of the database."""

import pytest

from assessments.models import Answer, InternetLine
from organizations.models import Organization
from organizations.money import whole_money
from planning import services
from planning.core import solver
from planning.models import Goal, Plan, PlanAction
from planning.selectors import plan_picture, work_of
from tests.factories.cohort import member
from tests.factories.frontiers import with_frontier
from tests.planning.conftest import text
from tests.planning.test_services import THREE


def test_the_list_of_plans_shows_them_or_says_how_to_begin(client, at, corvina, plan):
    said = text(client.get(at("plan-list")))
    assert "Technology plan 2026" in said
    Plan.objects.all().delete()
    assert "There is no plan yet" in text(client.get(at("plan-list")))


def test_a_plan_is_started_by_the_form(client, at, corvina):
    assert "35" in text(client.get(at("plan-create")))
    answer = client.post(
        at("plan-create"), {"title": "Plan", "start": "2027-1", "horizon_years": "3", "hours_per_quarter": ""}
    )
    plan = Plan.objects.get()
    assert answer["Location"] == at("plan", plan.number)
    assert (plan.start_year, plan.start_quarter, plan.horizon_years) == (2027, 1, 3)
    assert "Nothing is chosen yet" in text(client.get(at("plan", plan.number)))


def test_the_plan_shows_what_a_budget_buys(client, at, plan, director):
    answer = client.post(at("plan-choose", 1), {"budget": "21,000", "hours": "", "revision": "1"})
    assert answer["Location"] == at("plan", 1) + "#budget"
    said = text(client.get(at("plan", 1)))
    assert f"What {whole_money(work_of(plan).costs.total.likely)} buys" in said
    plan.refresh_from_db()
    picture = plan_picture(plan, language="en")
    for action in picture.actions:
        assert action.title.replace("'", "&#x27;") in said
    assert plan.budget_cents == 2_100_000
    for category in picture.cost.categories:
        assert category.title in said


def test_a_choice_that_cannot_be_worked_out_says_so_and_changes_nothing(client, at, plan, monkeypatch):
    monkeypatch.setattr(solver, "SECONDS", 0.0)
    answer = client.post(at("plan-choose", 1), {"budget": "21,000", "hours": "", "revision": "1"})
    assert answer.status_code == 422
    said = text(answer)
    assert "No choice could be worked out under this budget." in said
    assert "21,000" in said
    plan.refresh_from_db()
    assert (plan.budget_cents, plan.revision) == (None, 1)
    assert not plan.actions.filter(chosen=True).exists()


def test_the_choice_can_be_made_without_a_budget(client, at, plan):
    client.post(at("plan-choose", 1), {"budget": "", "hours": "100", "revision": "1"})
    plan.refresh_from_db()
    assert (plan.budget_cents, plan.hours_per_quarter) == (None, 100)
    assert work_of(plan).chosen


@pytest.mark.parametrize(
    ("language", "typed", "sentence"),
    [
        ("en", "lots", "Write the amount in figures, for example 1,000.50."),
        ("en", "-5", "An amount cannot be below 0."),
        ("en", "1e30", "Write the amount in figures"),
        ("en", "9" * 30, "This amount is too large."),
        ("en", "1.000,50", "Write the amount in figures"),
        ("es", "1.000,50", "1,000.50"),
    ],
)
def test_a_wrong_amount_gets_a_sentence_and_is_kept(client, at, plan, language, typed, sentence):
    client.cookies["django_language"] = language
    answer = client.post(at("plan-choose", 1), {"budget": typed, "hours": "", "revision": "1"})
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert f'value="{typed}"' in text(answer)
    plan.refresh_from_db()
    assert (plan.budget_cents, plan.revision) == (None, 1)


@pytest.mark.parametrize(("language", "typed"), [("en", "1,000.50"), ("es", "1,000.50")])
def test_an_amount_is_read_in_the_language_of_the_page(client, at, plan, language, typed):
    client.cookies["django_language"] = language
    client.post(at("plan-choose", 1), {"budget": typed, "hours": "", "revision": "1"})
    plan.refresh_from_db()
    assert plan.budget_cents == 100_050


@pytest.mark.parametrize("typed", ["many", "-3", "1e30", "99999999999", "2.5"])
def test_wrong_hours_get_a_sentence(client, at, plan, typed):
    answer = client.post(at("plan-choose", 1), {"budget": "1", "hours": typed, "revision": "1"})
    assert answer.status_code == 422
    assert 'class="mistake"' in text(answer)


def test_a_stale_budget_is_refused_told_and_kept(client, at, plan, director):
    services.choose_by_hand(plan=plan, revision=1, chosen=THREE, user=director)
    answer = client.post(at("plan-choose", 1), {"budget": "5,000", "hours": "", "revision": "1"})
    assert answer.status_code == 409
    assert "Somebody changed this plan" in text(answer)
    assert 'value="5,000"' in text(answer)
    plan.refresh_from_db()
    assert (plan.revision, plan.budget_cents) == (2, None)


def test_settings_change_dates_hours_and_the_limit(client, at, plan):
    answer = client.post(
        at("plan-settings", 1),
        {
            "revision": "1",
            "title": "New title",
            "start": "2027-2",
            "horizon_years": "2",
            "hours_per_quarter": "50",
            "yearly_limit": "9,000",
        },
    )
    assert answer.status_code == 302
    plan.refresh_from_db()
    assert (plan.title, plan.start_year, plan.start_quarter) == ("New title", 2027, 2)
    assert (plan.horizon_years, plan.hours_per_quarter, plan.yearly_limit_cents) == (2, 50, 900_000)


def test_a_plan_is_proposed_and_approved_on_its_pages(client, at, plan, director):
    services.choose_by_hand(plan=plan, revision=None, chosen=THREE, user=director)
    client.post(at("plan-propose", 1), {"revision": "2"})
    said = text(client.get(at("plan", 1)))
    assert "Record the approval" in said
    assert 'name="budget"' not in said
    future = {"approved_by": "Board", "approved_on": "2999-01-01", "revision": "3"}
    plan.refresh_from_db()
    shown = work_of(plan).comes_to
    future |= {"seen_cents": shown.cents, "seen_percent": shown.percent}
    assert "This day has not come yet." in text(client.post(at("plan-approve", 1), future))
    client.post(at("plan-approve", 1), {**future, "approved_on": "2026-10-02"})
    assert "approved by Board" in text(client.get(at("plan", 1)))
    assert "Plan approved by Board." in text(client.get(at("plan-history", 1)))
    assert "Start the work" in text(client.get(at("plan", 1)))
    client.post(at("plan-start", 1), {"revision": "4"})
    said = text(client.get(at("plan", 1)))
    assert "Under way, approved by Board" in said
    assert "Start the work" not in said
    client.post(at("plan-finish", 1), {"revision": "5"})
    assert "Finished, approved by Board" in text(client.get(at("plan", 1)))
    client.post(at("plan-reopen", 1), {"revision": "6"})
    assert 'name="budget"' in text(client.get(at("plan", 1)))


def test_missing_numbers_are_asked_for_on_the_page(client, at, plan, corvina):
    corvina.inventory.devices.all().delete()
    said = text(client.get(at("plan", 1)))
    assert "Numbers asked for" in said
    assert said.count("Computers older than five years") == 1
    assert "Waiting for it: Replace" in said
    data = {"revision": "1", "computers-older-than-5-years": "x"}
    assert "Write a whole number" in text(client.post(at("plan-numbers", 1), data))
    client.post(at("plan-numbers", 1), {**data, "computers-older-than-5-years": "4"})
    assert work_of(plan).numbers == {"computers-older-than-5-years": 4}


def test_there_are_no_more_places_of_one_kind_than_places(client, at, plan, corvina):
    InternetLine.objects.filter(site__inventory=corvina.inventory).delete()
    Organization.objects.update(sites_count=1)
    plan.organization.refresh_from_db()
    asked = {number.count: "" for number in plan_picture(plan, language="en").numbers}
    assert "slow-sites" in asked
    most = max(1, corvina.inventory.sites.count())
    data = {**asked, "slow-sites": str(most + 1), "revision": str(plan.revision)}
    answer = client.post(at("plan-numbers", 1), data)
    assert answer.status_code == 422
    assert "there cannot be more of these" in text(answer)
    assert client.post(at("plan-numbers", 1), {**data, "slow-sites": str(most)}).status_code == 302


def test_unknown_paid_people_are_asked_for_and_make_no_price_of_nothing(client, at, plan, corvina):
    Organization.objects.update(staff_count=None)
    plan.organization.refresh_from_db()
    found = work_of(plan).candidates.actions
    waiting = {key for key, one in found.items() if "people" in one.numbers_missing}
    assert waiting
    said = text(client.get(at("plan", 1)))
    assert 'name="people"' in said
    page = client.get(at("action", 1, sorted(waiting)[0]))
    assert "It waits for a number: Paid people." in text(page)
    assert "Give the numbers" in text(page)
    assert "0 paid people" not in text(page)
    asked = {number.count: "" for number in plan_picture(plan, language="en").numbers}
    client.post(at("plan-numbers", 1), {**asked, "people": "11", "revision": "1"})
    plan.refresh_from_db()
    assert {
        one.standing.value for key, one in work_of(plan).candidates.actions.items() if key in waiting
    } == {"candidate"}


def test_a_typed_0_of_paid_people_is_a_price_of_0(plan, corvina):
    Organization.objects.update(staff_count=0)
    plan.organization.refresh_from_db()
    found = work_of(plan).candidates.actions.values()
    assert not any("people" in one.numbers_missing for one in found)
    rows = [
        row
        for one in found
        if one.cost
        for row in one.cost.rows
        if row.basis == "per-person" and not row.count
    ]
    assert {(row.number, row.one_time.high, row.yearly.high) for row in rows} == {(0, 0, 0)}


def test_changed_numbers_are_told_and_taken_over(client, at, plan, corvina, director):
    services.choose_by_hand(plan=plan, revision=None, chosen=["replace-aging-computers"], user=director)
    assert "Take them over" not in text(client.get(at("plan", 1)))
    corvina.inventory.devices.filter(year=2014).update(count=9)
    assert "Take them over" in text(client.get(at("plan", 1)))
    client.post(at("plan-refresh", 1), {"revision": "2"})
    assert "Take them over" not in text(client.get(at("plan", 1)))


def test_best_answers_everywhere_leave_nothing_to_plan(client, at, plan):
    Answer.objects.filter(kind="level").update(level=4)
    Answer.objects.exclude(kind="level").update(kind="level", level=4)
    said = text(client.get(at("plan", 1)))
    assert "You are where you want to be" in said
    assert "nothing to plan" in said
    assert work_of(plan).open_candidates.open == {}
    client.post(at("plan-choose", 1), {"budget": "5000", "hours": "", "revision": "1"})
    assert work_of(plan).chosen == ()


def test_goals_are_listed_added_edited_ordered_and_removed(client, at, corvina):
    Goal.objects.all().delete()
    assert "Say what your technology is for" in text(client.get(at("goal-list")))
    data = {
        "title": "Stories",
        "measure": "12 a year",
        "by": "2027-12-31",
        "areas": ["multimedia"],
        "weight": "3",
    }
    client.post(at("goal-add"), data)
    client.post(at("goal-add"), {**data, "title": "Second", "weight": "1"})
    first, second = Goal.objects.all()
    assert (first.weight, first.areas) == (3, ["multimedia"])
    said = text(client.get(at("goal-list")))
    assert "Matters most" in said
    client.post(at("goal-up", second.pk))
    assert [goal.title for goal in Goal.objects.all()] == ["Second", "Stories"]
    client.post(at("goal-down", second.pk))
    assert 'value="Stories"' in text(client.get(at("goal-edit", first.pk)))
    client.post(at("goal-edit", first.pk), {**data, "title": "Videos"})
    client.post(at("goal-remove", second.pk))
    assert [goal.title for goal in Goal.objects.all()] == ["Videos"]


@pytest.mark.parametrize(
    "wrong",
    [{"title": ""}, {"weight": "7"}, {"by": "soon"}, {"areas": ["no-such-area"]}, {"title": "x" * 301}],
)
def test_a_wrong_goal_gets_a_sentence_and_is_kept(client, at, corvina, wrong):
    before = Goal.objects.count()
    data = {"title": "Stories", "measure": "Kept words", "weight": "1", **wrong}
    answer = client.post(at("goal-add"), data)
    assert answer.status_code == 422
    assert 'value="Kept words"' in text(answer)
    assert Goal.objects.count() == before


def test_goals_of_others_are_not_found(client, at, corvina, other_goal):
    assert client.get(at("goal-edit", other_goal.pk)).status_code == 404
    assert client.post(at("goal-remove", other_goal.pk)).status_code == 404


def test_a_viewer_sees_the_plan_and_changes_nothing(client, at, plan, corvina):
    client.force_login(member(corvina, "viewer"))
    said = text(client.get(at("plan", 1)))
    assert 'name="budget"' not in said
    for name in ("plan-choose", "plan-propose", "plan-must-haves", "plan-numbers", "plan-refresh"):
        assert client.post(at(name, 1), {"revision": "1"}).status_code == 403


@pytest.mark.parametrize(
    "name", ["plan", "action-list", "plan-list", "goal-list", "plan-history", "plan-settings"]
)
@pytest.mark.parametrize("budget", [100_000, None])
def test_pages_ask_the_database_little(
    client, at, plan, director, name, budget, django_assert_max_num_queries
):
    services.choose_under_budget(
        plan=plan, revision=None, budget_cents=budget, hours_per_quarter=900, set_hours=True, user=director
    )
    args = () if name in ("plan-list", "goal-list") else (1,)
    client.get(at(name, *args))
    with django_assert_max_num_queries(15):
        client.get(at(name, *args))


@pytest.mark.parametrize("many", [False, True])
def test_the_page_of_a_plan_asks_the_same_of_the_database_for_one_action_and_for_many(
    client, at, plan, director, many, django_assert_num_queries
):
    services.choose_by_hand(plan=plan, revision=None, chosen=["start-a-help-routine"], user=director)
    if many:
        services.choose_under_budget(plan=plan, revision=None, budget_cents=None, user=director)
        assert PlanAction.objects.filter(plan=plan, chosen=True).count() > 10
    with django_assert_num_queries(15):  # one of them looks for the job that works out the frontier
        client.get(at("plan", 1))
    with_frontier(plan)
    with django_assert_num_queries(14):
        client.get(at("plan", 1))
