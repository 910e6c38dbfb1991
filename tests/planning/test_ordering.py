"""The order in which actions come if only part is funded, worked by hand and on the demonstration."""

from fractions import Fraction

from planning import services
from planning.core.candidates import gain_of
from planning.core.values import Action, ActionCost, Candidate, Candidates, Spot, Standing
from planning.selectors import work_of
from planning.selectors.ordering import order_if_part_funded

ONE, TWO = Spot("i/a/q", "x"), Spot("i/b/q", "y")


def candidate(key, reach, requires=()):
    return Candidate(
        Action(key, "gear", requires=requires), Standing.CANDIDATE, reach=reach, cost=ActionCost(key)
    )


def small():
    """Two gaps of 1 level; `wide` closes both for 300, `near` the first for 100, `far` needs `base`, `free` is free."""
    found = [
        candidate("wide", {ONE: Fraction(1), TWO: Fraction(1)}),
        candidate("near", {ONE: Fraction(1)}),
        candidate("far", {TWO: Fraction(1)}, requires=("base",)),
        candidate("base", {}),
        candidate("free", {TWO: Fraction(1, 4)}),
    ]
    return Candidates(
        {one.key: one for one in found},
        {ONE: Fraction(1), TWO: Fraction(1)},
        {"i/a/q": Fraction(1), "i/b/q": Fraction(1, 2)},
    )


CENTS = {"wide": 300, "near": 100, "far": 50, "base": 150, "free": 0}


def test_free_ones_come_first_then_the_most_for_a_cent():
    # free closes 1/8 for nothing; near 1 for 100; then a quarter of 1/2 is closed: wide adds 3/8 for 300,
    # far with base 3/8 for 200
    found = order_if_part_funded(small(), CENTS, must=frozenset(), cents=CENTS)
    assert found == (
        ("free", Fraction(1, 8)),
        ("near", Fraction(9, 8)),
        ("base", Fraction(9, 8)),
        ("far", Fraction(3, 2)),
        ("wide", Fraction(3, 2)),
    )


def test_must_haves_come_before_everything_with_what_they_need():
    found = order_if_part_funded(small(), CENTS, must=frozenset({"far"}), cents=CENTS)
    assert [key for key, _gain in found] == ["base", "far", "free", "near", "wide"]


def test_nothing_chosen_gives_no_order():
    assert order_if_part_funded(small(), [], must=frozenset(), cents={}) == ()


def test_on_the_demonstration_every_step_has_what_it_needs_and_the_gain_of_the_core(plan, director):
    services.choose_under_budget(plan=plan, revision=None, budget_cents=2_000_000, user=director)
    work = work_of(plan)
    cents = {key: work.candidates.actions[key].cost.over(3).likely for key in work.chosen}
    found = order_if_part_funded(work.candidates, work.chosen, must=frozenset(), cents=cents)
    assert sorted(key for key, _gain in found) == sorted(work.chosen)
    taken = []
    for key, gain in found:
        assert set(work.actions[key].requires) <= set(taken) | work.candidates.done
        taken.append(key)
        reaches = [work.candidates.actions[one].reach for one in taken]
        assert gain == gain_of(reaches, work.candidates.parts, work.candidates.relevance)
