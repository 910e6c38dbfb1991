"""The pages of goals and plans: one happy path each, bad input at the field, little asked of the database."""

import pytest
from django.urls import reverse

from assessments.models import Answer
from organizations.models import Organization
from organizations.money import whole_money
from planning import selectors, services
from planning.models import Goal, Plan, PlanAction
from planning.selectors import plan_picture, work_of
from tests.factories.cohort import member
from tests.planning.test_services import THREE


@pytest.fixture
def at(client, corvina, director):
    client.force_login(director)

    def address(name, *args):
        return reverse(f"planning:{name}", args=[corvina.slug, *args])

    return address


def text(answer):
    return answer.content.decode()


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


def test_actions_are_chosen_by_hand(client, at, plan):
    said = text(client.get(at("action-list", 1)))
    assert 'value="start-a-help-routine"' in said
    answer = client.post(at("action-list", 1), {"ticked": THREE, "revision": "1"})
    assert answer["Location"] == at("plan", 1) + "#chosen"
    assert set(THREE) <= set(work_of(plan).chosen)
    again = client.post(at("action-list", 1), {"ticked": [], "revision": "1"})
    assert again.status_code == 409
    bad = client.post(at("action-list", 1), {"ticked": ["no-such-action"], "revision": "2"})
    assert bad.status_code == 422


def test_each_amount_says_what_it_is_for(client, at, plan, director):
    late = {"owner": "", "start": "8", "hours": ""}
    services.choose_by_hand(plan=plan, revision=None, chosen=["use-a-password-manager"], user=director)
    client.post(at("action", 1, "use-a-password-manager"), {**late, "revision": "2"})
    work = work_of(Plan.objects.get())
    full = work.candidates.actions["use-a-password-manager"].cost.over(3).likely
    planned = work.costs.total.likely
    assert 0 < planned < full
    amounts = {"full": whole_money(full, "USD"), "planned": whole_money(planned, "USD")}
    said = text(client.get(at("action-list", 1)))
    assert "{planned} in this plan ({full} for the full 3 years)".format(**amounts) in said
    said = text(client.get(at("action", 1, "use-a-password-manager")))
    assert "A budget counts it as {full} for the full 3 years.".format(**amounts) in said


def test_the_actions_to_choose_from_are_folded_but_for_the_first_and_the_chosen(plan, director):
    work = work_of(plan)
    groups = selectors.grouped(selectors.action_offers(work))
    long = max(groups[:-1], key=lambda group: len(group.more))
    assert len(long.shown) == 3
    assert groups[-1].shown == ()
    last = long.more[-1].key
    services.choose_by_hand(plan=plan, revision=None, chosen=[last], user=director)
    again = selectors.grouped(selectors.action_offers(work_of(Plan.objects.get())))
    found = next(group for group in again if group.title == long.title)
    assert last in {offer.key for offer in found.shown}
    assert last not in {offer.key for offer in found.more}


def test_one_action_is_put_in_and_taken_out_with_what_needs_it(client, at, plan):
    client.post(at("action-put-in", 1, "set-a-replacement-cycle"), {"revision": "1"})
    assert set(work_of(plan).chosen) == {"keep-an-inventory", "set-a-replacement-cycle"}
    client.post(at("action-take-out", 1, "keep-an-inventory"), {"revision": "2"})
    assert work_of(plan).chosen == ()
    assert client.post(at("action-put-in", 1, "no-such-action"), {"revision": "3"}).status_code == 404


def test_a_stale_button_changes_nothing_and_says_so(client, at, plan):
    answer = client.post(at("action-put-in", 1, "start-a-help-routine"), {"revision": "77"}, follow=True)
    assert "Nothing was saved" in text(answer)
    assert work_of(plan).chosen == ()


def test_an_action_shows_sources_steps_and_measures_and_is_edited(client, at, plan):
    key = "replace-aging-computers"
    said = text(client.get(at("action", 1, key)))
    for words in ("11 computers older than five years", "First steps", "How it is usually paid for", "2026"):
        assert words in said
    answer = client.post(
        at("action", 1, key),
        {
            "revision": "1",
            "owner": "Rafe",
            "start": "2",
            "hours": "30",
            "without_help": "on",
            "row0_number": "6",
            "row0_once": "1,000.50",
            "row0_yearly": "",
        },
    )
    assert answer["Location"] == at("action", 1, key)
    row = PlanAction.objects.get(key=key)
    assert (row.owner, row.start, row.hours, row.without_help) == ("Rafe", 2, 30, True)
    cost = row.costs.get()
    assert (cost.row, cost.number, cost.one_time_cents, cost.yearly_cents) == (0, 6, 100_050, None)
    assert 'value="1,000.50"' in text(client.get(at("action", 1, key)))


def test_units_can_be_bought_in_lots(client, at, plan):
    key = "replace-aging-computers"
    data = {"revision": "1", "row0_number": "6", "row0_lots": "4, 2"}
    client.post(at("action", 1, key), data)
    assert PlanAction.objects.get(key=key).costs.get().lots == [4, 2]
    assert 'value="4, 2"' in text(client.get(at("action", 1, key)))


@pytest.mark.parametrize(
    ("lots", "sentence"),
    [
        ("four", "Write how many in each year, for example 3, 3."),
        ("-1", "Write how many in each year"),
        ("0, 0", "Write how many in each year"),
        ("1, 1, 1, 1", "Write at most one number for each year of the plan: 3."),
    ],
)
def test_wrong_lots_get_a_sentence_and_are_kept(client, at, plan, lots, sentence):
    answer = client.post(at("action", 1, "replace-aging-computers"), {"revision": "1", "row0_lots": lots})
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert f'value="{lots}"' in text(answer)


def test_wrong_figures_of_an_action_are_kept_with_a_sentence(client, at, plan):
    key = "replace-aging-computers"
    answer = client.post(
        at("action", 1, key), {"revision": "1", "owner": "Rafe", "row0_once": "-3", "row0_number": "x"}
    )
    assert answer.status_code == 422
    for words in (
        "An amount cannot be below 0.",
        "Write a whole number in figures",
        'value="-3"',
        'value="Rafe"',
    ):
        assert words in text(answer)
    assert not PlanAction.objects.exists()


def test_a_stale_action_form_is_refused_and_can_be_sent_again(client, at, plan, director):
    services.choose_by_hand(plan=plan, revision=1, chosen=THREE, user=director)
    data = {"revision": "1", "owner": "Lucía"}
    answer = client.post(at("action", 1, THREE[0]), data)
    assert answer.status_code == 422
    assert "Somebody changed this plan" in text(answer)
    assert 'value="Lucía"' in text(answer)
    assert 'name="revision" value="2"' in text(answer)
    client.post(at("action", 1, THREE[0]), {**data, "revision": "2"})
    assert PlanAction.objects.get(key=THREE[0]).owner == "Lucía"


def test_an_action_is_left_out_made_a_must_have_and_freed(client, at, plan):
    key = "replace-aging-computers"
    answer = client.post(at("action-exclude", 1, key), {"exclude-reason": "", "revision": "1"})
    assert answer.status_code == 422
    client.post(at("action-exclude", 1, key), {"exclude-reason": "We rent", "revision": "1"})
    assert PlanAction.objects.get(key=key).excluded_reason == "We rent"
    client.post(at("action-free", 1, key), {"revision": "2"})
    client.post(at("action-must-have", 1, key), {"revision": "3"})
    row = PlanAction.objects.get(key=key)
    assert (row.must_have, row.excluded, row.excluded_reason) == (True, False, "")


def test_done_is_confirmed_and_denied(client, at, plan, corvina):
    key = "keep-an-inventory"
    assert "Confirm that it is done" in text(client.get(at("action", 1, key)))
    client.post(at("action-done", 1, key))
    assert "Recorded as done" in text(client.get(at("action", 1, key)))
    client.post(at("action-not-done", 1, key))
    assert "Recorded as not done" in text(client.get(at("action", 1, key)))


def test_an_own_action_is_added_edited_and_removed(client, at, plan):
    cell = "social-media-alignment/collaboration/efficient"
    data = {
        "revision": "1",
        "title": "Ask the neighbours <b>",
        "kind": "policy",
        "weeks": "3",
        "hours": "10",
        "lift_cells": [cell],
        "lift": "0.5",
        "cost0_note": "Coffee",
        "cost0_category": "training",
        "cost0_once": "120",
        "cost0_yearly": "",
    }
    assert client.post(at("own-add", 1), {**data, "weeks": "0"}).status_code == 422
    assert client.post(at("own-add", 1), data).status_code == 302
    page = text(client.get(at("plan", 1)))
    assert "Ask the neighbours &lt;b&gt;" in page
    picture = plan_picture(plan)
    assert picture.action("own-1").total.likely == 12_000
    assert picture.action("own-1").rows[0].note == "Coffee"
    client.post(at("action", 1, "own-1"), {**data, "revision": "2", "title": "Other", "cost0_once": "90"})
    assert plan_picture(plan).action("own-1").total.likely == 9_000
    client.post(at("own-remove", 1, "own-1"), {"revision": "3"})
    assert not PlanAction.objects.exists()


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
    services.keep_frontier(plan=plan)
    with django_assert_num_queries(14):
        client.get(at("plan", 1))


@pytest.mark.parametrize("key", ["replace-aging-computers", "start-a-help-routine"])
def test_the_page_of_an_action_asks_the_database_little(client, at, plan, key, django_assert_max_num_queries):
    client.get(at("action", 1, key))
    with django_assert_max_num_queries(15):
        client.get(at("action", 1, key))
