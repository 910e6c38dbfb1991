"""What the report says of the plan and its money is true of one action, some, or all."""

from fractions import Fraction

import pytest
from django.utils.translation import override

from reports import sharepage
from reports.core import document as doc
from tests.factories.documents import OPEN, action, line, plan, small, words
from tests.shown import cause, values

BUY = {"lines": (line(0, 100_00, 0),)}


def acting(*actions, causes=None, **changes):
    """Return what is shown of a plan with these actions, for these causes."""
    more = {} if causes is None else {"challenges": causes}
    return values(plan=plan(actions, **changes), goals=(), **more)


def by(owner, key, **changes):
    return action(key, OPEN, owner=owner, **changes)


# ---- the plan ----


@pytest.mark.parametrize(
    ("met", "said"),
    [
        (0, "This plan has 3 actions."),
        (1, "1 of the 3 actions of this plan answers it."),
        (2, "2 of the 3 actions of this plan answer it."),
        (3, "This plan answers it with 3 actions."),
    ],
)
def test_only_actions_that_meet_the_cause_answer_it(met, said):
    actions = (by("Ada", f"a{n}", challenges=("a",) if n < met else ()) for n in range(3))
    assert acting(*actions, causes=(cause("a"),))["summary_lead"].endswith(said)


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ((9, 9, 9), "It takes about the same in every quarter: at most 9 of our"),
        ((20, 19, 20), "It takes about the same in every quarter: at most 20 of our"),
        ((9, 2, 9), "No quarter takes more than 9 of our"),
        ((9, 2, 3), "The busiest quarter, Q4 2026, takes 9 of our"),
    ],
)
def test_a_busiest_quarter_is_busier_than_others(hours, said):
    work = {n: Fraction(amount) for n, amount in enumerate(hours)}
    assert said in acting(by("Ada", "a", hours_by_quarter=work))["roadmap_lead"]


def test_nobody_promised_to_ask_again():
    assert "TechPlan suggests asking the questions again" in values()["measures_lead"]


@pytest.mark.parametrize(
    ("owners", "lead", "responsible"),
    [
        (("Ada",), "1 action, with who does it, when, and what it costs.", "The action has one person"),
        (("",), "Nobody is named yet.", "Who sees each action through is still to be named."),
        (("Ada", "Bo"), "2 actions, each with who does it", "Each action has one person"),
        (("Ada", "", ""), "Nobody is named yet for 2 of them.", "1 of 3 actions has one person"),
        (("", ""), "Nobody is named yet.", "Who sees each action through is still to be named."),
    ],
)
def test_who_does_it_is_named_or_not(owners, lead, responsible):
    shown = acting(*(by(owner, f"a{n}") for n, owner in enumerate(owners)))
    assert lead in shown["plan_lead"]
    assert responsible in shown["responsible_lead"]


def test_what_has_no_date_is_not_said_to_end():
    later = {"start_quarter": None, "end_quarter": None, "hours_by_quarter": {}}
    some = acting(by("Ada", "a"), by("Ada", "b", **later))
    assert some["roadmap_lead"].startswith(
        "What is scheduled ends in Q1 2027; 1 action is not scheduled yet."
    )
    assert some["plan_lead"].endswith("1 is not scheduled yet.")
    none = acting(by("Ada", "a", **later))
    assert none["roadmap_lead"] == "Nothing is scheduled yet."
    assert none["plan_lead"].endswith("Nothing is scheduled yet.")
    assert acting(by("Ada", "a"))["roadmap_lead"].startswith("The work ends in Q1 2027.")


def test_the_roadmap_explains_only_what_is_in_it():
    plain = acting(by("", "a"))
    assert plain["roadmap_key"] == "Bar: the work."
    assert plain["roadmap_note"] == ""
    full = acting(by("Ada", "a", lines=(line(0, 0, 12_00),)), by("Ada", "b", requires=("a",)))
    assert "Dotted line" in full["roadmap_key"]
    assert full["roadmap_key"].endswith("Initials: A Ada.")
    assert full["roadmap_note"].startswith("What must come first does")
    assert "decision about money" in full["roadmap_note"]


def test_measures_are_counted():
    assert acting(by("Ada", "a"))["measures_title"] == "One sign for each action"
    some = acting(by("Ada", "a"), by("Ada", "b", measures=()))
    assert some["measures_title"] == "A sign for 1 of 2 actions"
    none = acting(by("Ada", "a", measures=()))
    assert none["measures_lead"].startswith("No measure is written down yet.")


def test_the_last_quarter_lies_in_the_last_month_of_the_plan():
    last = {"start_quarter": 11, "end_quarter": 11, "hours_by_quarter": {11: Fraction(1)}}
    shown = acting(by("Ada", "a", **last))
    assert shown["period"] == "October 2026 to September 2029"
    assert shown["roadmap_lead"].startswith("The work ends in Q3 2029.")
    assert shown["load"][-1] == ("Q3 2029", "1")
    assert [quarter.label for quarter in shown["roadmaps"][0].quarters][::11] == ["Q4", "Q3"]


# ---- money ----


def yearly(*cents):
    """Return a line that costs so much, year by year."""
    amounts = tuple(doc.Amounts(low=c, likely=c, high=c) for c in cents)
    return line(0, 0, 0).model_copy(
        update={"one_time": amounts, "yearly": tuple(doc.Amounts() for _ in cents)}
    )


@pytest.mark.parametrize(
    ("cents", "said"),
    [
        ((900, 0, 0), "All of the money is needed in year 1: $9."),
        ((600, 300, 0), "Most of the money is needed in year 1: $6 of $9."),
        ((400, 300, 200), "The year that needs most is year 1: $4 of $9."),
        ((300, 300, 300), "No year needs more than $3 of the $9."),
    ],
)
def test_most_is_more_than_half(cents, said):
    assert acting(by("Ada", "a", lines=(yearly(*cents),)))["budget_lead"].startswith(said)


def test_what_stays_after_the_plan_is_said_not_to_be_asked_for():
    lead = acting(by("Ada", "a", lines=(line(0, 0, 300_00),)))["budget_lead"]
    assert lead.endswith("After year 3 about $300 a year stays, which is not part of this request.")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "No money is asked for"),
        (1, "It is for: do a0."),
        (3, "It is for: do a0; do a1; do a2."),
        (4, "Most of it is for: do a0; do a1; do a2. 1 other action needs money as well."),
        (7, "The largest parts are for: do a0; do a1; do a2. 4 other actions need money as well."),
    ],
)
def test_what_the_money_is_for(number, said):
    assert acting(by("", "x"), *(by("", f"a{n}", **BUY) for n in range(number)))["ask"].startswith(said)


def test_what_the_budget_leaves_no_room_for_says_how_the_budget_counts():
    left = {
        "key": "b",
        "title": words("Do b"),
        "sentence": words("$944 over the budget."),
        "cost_cents": 500_00,
    }
    rows = (
        doc.LeftOutPart(reason="budget", **left),
        doc.LeftOutPart(reason="hours", **left),
        doc.LeftOutPart(reason="budget", with_needs=True, **left),
    )
    shown = acting(by("Ada", "a", **BUY), left_out=rows, budget_cents=20_000_00)
    assert [row.text for row in shown["left_out"]] == [
        "The budget has no room for its $500.",
        "$944 over the budget.",
        "The budget has no room for the $500 that it costs with what it needs first.",
    ]
    assert shown["left_out_note"].startswith(
        "The budget is $20,000. It counts every action at its full cost over 3 years;"
    )
    assert acting(by("Ada", "a", **BUY), left_out=rows[1:2])["left_out_note"] == ""


def test_the_page_of_a_share_tells_what_is_paid_every_year_and_after():
    def told(*lines):
        acts = (by("Ada", "a", lines=lines),)
        with override("en"):
            figures = sharepage.build(small(plan=plan(acts), goals=())).figures
        return figures[1].value, figures[1].small

    assert told(line(0, 100_00, 0)) == ("$100", "")

    def each_year(*cents):
        paid = yearly(*cents)
        return paid.model_copy(update={"one_time": paid.yearly, "yearly": paid.one_time})

    assert told(each_year(100_00, 300_00, 300_00)) == (
        "$0",
        "The other $700 is paid year by year, as what costs every year begins. "
        "After the plan $300 a year stays, which is not asked for.",
    )
    assert told(each_year(100_00, 300_00, 0))[1].endswith("every year begins.")


def test_a_choice_by_hand_is_not_called_exact():
    assert acting(by("Ada", "a", **BUY))["exact_choice"]
    assert not acting(by("Ada", "a", **BUY), by("Ada", "b", by_hand=True))["exact_choice"]
    assert not acting(by("Ada", "a", **BUY), budget_cents=None)["exact_choice"]


def test_one_hour_and_one_year_are_singular():
    one = acting(
        by("Ada", "a", hours=Fraction(1), hours_by_quarter={0: Fraction(1)}, **BUY), capacity=Fraction(5)
    )
    assert "The busiest quarter, Q4 2026, takes 1 of our 5 staff hours." in one["roadmap_lead"]
    facts = {row.head: row.text for row in one["blocks"][0].actions[0].facts}
    assert facts["Staff time"] == "1 hour"
    assert facts["Training"] == "11 × 0.5 hours"
