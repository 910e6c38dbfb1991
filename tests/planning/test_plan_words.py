"""What a plan's page says comes from one state of the plan: headline, words, dot, counts, and what is over."""

import re
from dataclasses import replace
from fractions import Fraction

from django.urls import reverse

from assessments.models import Assessment, Target
from organizations.money import whole_money
from planning import selectors, services
from planning.core.values import Reason
from planning.render import charts, findings
from planning.selectors import plan_picture, work_of
from planning.sentences.numbers import decimal, percent
from tests.factories.frontiers import with_frontier
from tests.planning.conftest import NOW, text


def by_hand(plan, director, *, budget_cents):
    """Choose under a budget, then add everything that can be chosen by hand."""
    plan = services.choose_under_budget(plan=plan, revision=None, budget_cents=budget_cents, user=director)
    every = list(work_of(plan).candidates.open)
    return services.choose_by_hand(plan=plan, revision=None, chosen=every, user=director)


def test_headline_words_and_dot_are_those_of_a_plan_changed_by_hand(client, at, plan, director):
    plan = by_hand(plan, director, budget_cents=600_000)
    with_frontier(plan)
    picture = plan_picture(plan, language="en", with_frontier=True)
    said = text(client.get(at("plan", 1)))
    total, closes = whole_money(picture.cost.total.likely), percent(picture.closes)
    assert f"<h1>What {total} buys</h1>" in said
    assert "What $6,000 buys" not in said
    assert f"That closes {closes} of the distance" in said
    assert "about" not in findings.plan_words(picture).lead
    chart = charts.frontier(picture)
    assert (chart.budget_cents, chart.share) == (picture.full_cents, picture.closes)
    assert (chart.chosen, chart.says) == ("this plan", f"closes {closes}")
    assert (
        "The dot is this plan" not in said
    )  # what was put in by hand is in every choice: the dot is on the line


def test_the_dot_of_what_a_budget_bought_is_the_plan_too(client, at, plan, director):
    plan = services.choose_under_budget(plan=plan, revision=None, budget_cents=2_100_000, user=director)
    with_frontier(plan)
    picture = plan_picture(plan, language="en", with_frontier=True)
    chart = charts.frontier(picture)
    assert (chart.budget_cents, chart.share, chart.chosen) == (
        picture.full_cents,
        picture.closes,
        "this plan",
    )
    assert picture.full_cents <= 2_100_000
    assert "The dot is this plan" not in text(client.get(at("plan", 1)))


def test_what_the_curve_says_about_a_budget_is_within_a_hundredth_of_the_plan(plan, director):
    with_frontier(plan)
    offered = plan_picture(plan, language="en", with_frontier=True).frontier
    for step in (offered[1], offered[len(offered) // 2], offered[-1]):
        plan = services.choose_under_budget(
            plan=plan, revision=None, budget_cents=step.cost_cents, user=director
        )
        found = plan_picture(plan, language="en", with_frontier=True)
        assert found.counted_cents <= step.cost_cents
        assert step.closes - Fraction(1, 100) <= found.closes
        assert charts.slider(found).says == (
            f"This plan closes {percent(found.closes)} of the gap and takes {decimal(found.hours)} "
            f"of {decimal(found.hours_limit)} staff hours."
        )


def test_nine_tenths_are_those_of_the_suggested_budget(plan, director):
    with_frontier(plan)
    picture = plan_picture(plan, language="en", with_frontier=True)
    suggestion = work_of(plan).suggested_budget
    amount, cost = whole_money(suggestion.budget_cents), whole_money(suggestion.choice.cost_cents)
    assert amount != cost
    said = f"A budget of {amount} buys nine tenths of what any budget could close, for {cost}."
    assert said in findings.plan_words(picture).budget
    plan = services.change_plan(plan=plan, revision=None, user=director, yearly_limit_cents=400_000)
    with_frontier(plan)
    limited = plan_picture(plan, language="en", with_frontier=True)
    assert "nine tenths" not in findings.plan_words(limited).budget


def test_what_stays_in_is_named_by_the_chart(client, at, plan, director):
    services.choose_by_hand(plan=plan, revision=None, chosen=["replace-aging-computers"], user=director)
    with_frontier(plan)
    picture = plan_picture(plan, language="en", with_frontier=True)
    first = percent(picture.frontier[0].closes)
    said = f"Your must-haves and what you put in, with all that is free, close {first}."
    assert said in findings.plan_words(picture).budget
    assert "Must-haves and what you put in yourself stay in." in text(client.get(at("plan", 1)))


def test_what_is_over_is_explained_by_what_causes_it(client, at, plan, director):
    plan = by_hand(plan, director, budget_cents=600_000)
    picture = plan_picture(plan, language="en")
    said = text(client.get(at("plan", 1)))
    over, counted = whole_money(picture.short_cents), whole_money(picture.counted_cents)
    assert picture.must_short_cents == 0
    assert "The must-haves need" not in said
    assert f"the chosen actions come to {counted}: {over} more than the budget of $6,000." in said
    assert picture.counted_cents - picture.short_cents == 600_000
    advice = "Take some out, raise the budget, or work it out again."
    assert advice in said
    services.propose_plan(plan=plan, revision=None, user=director)
    locked = text(client.get(at("plan", 1)))
    assert f"{over} more than the budget of $6,000." in locked
    assert advice not in locked


def test_what_is_gained_is_told_beside_what_goals_make_of_it(plan, director):
    services.choose_under_budget(plan=plan, revision=None, budget_cents=600_000, user=director)
    picture = plan_picture(plan, language="en")
    one = next(cell for cell in picture.cells if cell.score is not None)
    cells = (one, one, replace(one, score=None, gap=None))

    def said(closes):
        shown = replace(picture, cells=cells, gained=Fraction(9), gap=Fraction(15), closes=Fraction(closes))
        return findings.plan_words(shown).gained

    assert said("0.6") == "9.0 of 15.0 levels over 2 results"
    assert said("0.74") == (
        "Areas of your goals weigh more; without that it is 9.0 of 15.0 levels over 2 results, 60%."
    )


def test_an_action_that_costs_nothing_is_never_more_than_is_left(client, at, plan, director):
    plan = by_hand(plan, director, budget_cents=600_000)
    services.choose_by_hand(
        plan=plan,
        revision=None,
        chosen=selectors.without(work_of(plan).chosen, "write-a-remote-work-page"),
        user=director,
    )
    work = work_of(plan)
    assert work.judged.short_cents
    left = {one.action: one for one in work.judged.left_out}
    assert left["write-a-remote-work-page"].reason != Reason.BUDGET
    said = text(client.get(at("plan", 1)))
    assert "It costs $0" not in said
    services.choose_by_hand(
        plan=plan,
        revision=None,
        chosen=selectors.without(work.chosen, "provide-mobile-connections"),
        user=director,
    )
    services.free_action(plan=plan, revision=None, key="provide-mobile-connections", user=director)
    said = text(client.get(at("plan", 1)))
    assert re.search(
        r"The chosen actions are already \$[\d,]+ over the budget; it would add \$[\d,]+\.", said
    )


def test_must_haves_that_need_more_are_named_as_the_cause(client, at, plan, director):
    services.require_action(plan=plan, revision=None, key="replace-aging-computers", user=director)
    services.choose_under_budget(plan=plan, revision=None, budget_cents=0, user=director)
    said = text(client.get(at("plan", 1)))
    assert re.search(r"The must-haves need \$[\d,]+ more than this budget\.", said)
    assert "the chosen actions come to" not in said


def test_targets_that_nobody_set_are_suggested_ones(client, at, plan, director):
    services.choose_under_budget(plan=plan, revision=None, budget_cents=600_000, user=director)
    assert "the suggested targets (level 3 of 4)." in text(client.get(at("plan", 1)))
    Target.objects.create(assessment=Assessment.objects.get(), cell="collaboration/secure", level=4, at=NOW)
    said = text(client.get(at("plan", 1)))
    assert "suggested targets" not in said
    assert "between where you are and your targets." in said


def test_what_rises_and_reaches_its_target_is_said_as_it_is_shown(plan, director):
    services.choose_under_budget(plan=plan, revision=None, budget_cents=600_000, user=director)
    picture = plan_picture(plan, language="en")
    one = next(cell for cell in picture.cells if cell.score is not None)

    def said(score, after):
        cell = replace(one, score=Fraction(score), after=Fraction(after), target=Fraction(3))
        return findings.plan_words(replace(picture, cells=(cell,))).changes

    assert said("2", "2.96") == f"1 result rises: {one.title}. 1 reaches its target."
    assert said("2", "2.94") == f"1 result rises: {one.title}."
    assert said("2.61", "2.63") == "Nothing changes yet."


def test_what_rises_most_hides_no_tie(plan, director):
    services.choose_under_budget(plan=plan, revision=None, budget_cents=600_000, user=director)
    picture = plan_picture(plan, language="en")
    like = next(cell for cell in picture.cells if cell.score is not None)

    def said(*rises):
        cells = [
            replace(
                like, key=f"c{n}", title=f"Cell {n}", score=Fraction(1), after=1 + Fraction(rise), target=None
            )
            for n, rise in enumerate(rises, 1)
        ]
        words = findings.plan_words(replace(picture, cells=tuple(cells))).changes
        drawn = charts.now_and_after(cells)
        return words, [row.label for row in drawn.rows if row.hot], drawn.desc.partition(" rises most")[0]

    plain = "One bar for each result: now, expected after the plan, and the target."
    assert said("1", "0.5", "0.2") == ("3 results rise, most of all Cell 1.", ["Cell 1"], "Cell 1")
    words = "3 results rise, most of all “Cell 2” and “Cell 3”."
    assert said("0.5", "1", "1") == (words, ["Cell 2", "Cell 3"], plain)
    assert said("0.5", "0.98", "1.02") == (words, ["Cell 2", "Cell 3"], plain)  # as they are shown
    assert said("1", "1")[0] == "2 results rise by 1.0 levels each."
    assert said("1.5", "1.5")[0] == "2 results rise by 1.5 levels each."
    assert said(*["0.1"] * 2)[0] == "2 results rise by 0.1 levels each."
    many = "5 results rise, 4 of them most: by 1.0 levels each."
    assert said("1", "1", "1", "1", "0.3") == (many, [f"Cell {n}" for n in range(1, 5)], plain)


def test_one_count_and_a_warning_for_what_does_not_fit_into_the_time(client, at, plan, corvina, director):
    services.choose_by_hand(plan=plan, revision=None, chosen=["start-a-help-routine"], user=director)
    before = plan_picture(plan, language="en")
    services.add_own_action(plan=plan, revision=None, user=director, title="Late", weeks=40, start=11)
    plan.refresh_from_db()
    picture = plan_picture(plan, language="en")
    assert [one.key for one in picture.actions] == [one.key for one in before.actions]
    assert [one.key for one in picture.unscheduled] == ["own-1"]
    assert (plan.actions_count, plan.unscheduled_count) == (len(before.actions), 1)
    warning = "1 chosen action does not fit into the time of the plan."
    said = text(client.get(at("plan", 1)))
    assert said.count(warning) == 2  # where it is listed, and beside the button that proposes
    assert f"{len(before.actions)} action" in said
    assert warning in text(client.get(reverse("reports:report-list", args=[corvina.slug])))
    client.post(at("plan-propose", 1), {"revision": str(plan.revision)})
    approval = text(client.get(at("plan-approve", 1)))
    assert warning in approval
    assert f"The plan has {len(before.actions)} action" in approval
    assert f'data-label="Actions">{len(before.actions)}<' in text(client.get(at("plan-list")))
