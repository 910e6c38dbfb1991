"""Relevance, reach, standings and gains, worked by hand."""

from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from planning.core.candidates import Marks, find_candidates, gain_of, reach_of, relevance_of
from planning.core.values import (
    Action,
    CellFinding,
    CostRow,
    Findings,
    Goal,
    Lift,
    Numbers,
    OwnFigures,
    OwnRow,
    Spot,
    Standing,
    Why,
)

F = Fraction


def cell(key: str, **parts: Fraction) -> CellFinding:
    instrument, area, quality = key.split("/")
    gap = sum(parts.values(), F(0))
    return CellFinding(key, instrument, area, quality, 3 - gap, F(3), gap, parts)


# Cell x: a 3/4, b 1/4 (gap 1). Cell y: a 1/2, c 1 (gap 3/2). Cell z: no gap.
FINDINGS = Findings(
    (), (cell("i/x/q", a=F(3, 4), b=F(1, 4)), cell("i/y/q", a=F(1, 2), c=F(1)), cell("i/z/q"))
)
COUNTED = CostRow("gear", "per-device", (100, 100), (0, 0), count="slow-sites")


def action(key: str, resolves: str = "", lifts: dict[str, str] | None = None, **more: Any) -> Action:
    levels = tuple(Lift(f"i/{area}/q", F(value)) for area, value in (lifts or {}).items())
    return Action(key, "policy", tuple(resolves), levels, **more)


def find(*actions: Action, numbers: Numbers | None = None, **more: Any) -> Any:
    keyed = {one.key: one for one in actions}
    return find_candidates(keyed, FINDINGS, [], numbers or Numbers(people=4), **more)


def standings(*actions: Action, **more: Any) -> dict[str, str]:
    return {key: one.standing.value for key, one in find(*actions, **more).actions.items()}


def test_relevance_is_over_the_plain_mean_of_the_areas() -> None:
    goals = [Goal("g1", frozenset({"x", "y"}), 1), Goal("g2", frozenset({"x"}), 3)]
    # 1 + 4 = 5 for x, 1 + 1 = 2 for y, 1 for z; the mean is 8/3.
    assert relevance_of(FINDINGS, goals) == {"i/x/q": F(15, 8), "i/y/q": F(3, 4), "i/z/q": F(3, 8)}
    assert set(relevance_of(FINDINGS, []).values()) == {F(1)}


def test_a_lift_is_split_among_the_challenges_that_it_resolves() -> None:
    parts = FINDINGS.parts
    both = reach_of(action("k", "ab", {"x": "1/2"}), parts)
    assert both == {Spot("i/x/q", "a"): F(3, 8), Spot("i/x/q", "b"): F(1, 8)}
    one = reach_of(action("k", "a", {"x": "1/2", "y": "1", "z": "1"}), parts)
    assert one == {Spot("i/x/q", "a"): F(1, 2), Spot("i/y/q", "a"): F(1)}
    assert reach_of(action("k", "c", {"x": "1"}), parts) == {}
    own = reach_of(action("k", "", {"y": "3/2"}, own=True), parts)
    assert own == {Spot("i/y/q", "a"): F(1, 2), Spot("i/y/q", "c"): F(1)}


def test_an_own_action_names_no_challenge_though_it_reaches_all_of_its_cell() -> None:
    own = find(action("k", "", {"y": "3/2"}, own=True)).actions["k"]
    assert {spot.challenge for spot in own.reach} == {"a", "c"}
    assert (own.challenges, own.cells) == ((), ("i/y/q",))
    assert find(action("m", "a", {"y": "1"})).actions["m"].challenges == ("a",)


def test_gain_stops_at_the_part_and_counts_relevance() -> None:
    parts = FINDINGS.parts
    reaches = [
        reach_of(action("k", "a", {"x": "1/2"}), parts),
        reach_of(action("m", "a", {"x": "1/2"}), parts),
    ]
    # min(3/4, 1/2 + 1/2) x 2
    assert gain_of(reaches, parts, {"i/x/q": F(2)}) == F(3, 2)


def test_candidates_and_their_prerequisites_at_any_depth() -> None:
    chain = [action("top", "a", {"x": "1"}, requires=("middle",)), action("middle", requires=("bottom",))]
    rest = [action("bottom"), action("other"), action("elsewhere", "b", {"y": "1"})]
    found = find(*chain, *rest)
    assert {key: (one.standing, one.why) for key, one in found.actions.items()} == {
        "top": (Standing.CANDIDATE, Why.GAP),
        "middle": (Standing.CANDIDATE, Why.PREREQUISITE),
        "bottom": (Standing.CANDIDATE, Why.PREREQUISITE),
        "other": (Standing.NO_GAP, None),
        "elsewhere": (Standing.NO_GAP, None),
    }
    assert found.actions["bottom"].needed_by == ("middle",)
    assert found.unreached == (Spot("i/x/q", "b"), Spot("i/y/q", "a"), Spot("i/y/q", "c"))


def test_what_is_done_asks_for_nothing() -> None:
    chain = [action("top", "a", {"x": "1"}, requires=("middle",)), action("middle", requires=("bottom",))]
    done = Marks(done=frozenset({"middle"}))
    assert standings(*chain, action("bottom"), marks=done) == {
        "top": "candidate",
        "middle": "done",
        "bottom": "no-gap",
    }


def test_proposed_as_done_stays_a_candidate_until_confirmed() -> None:
    top = action("top", "a", {"x": "1"})
    proposed = find(top, marks=Marks(proposed=frozenset({"top"}))).actions["top"]
    assert (proposed.standing, proposed.proposed_done) == (Standing.CANDIDATE, True)
    refused = find(top, marks=Marks(proposed=frozenset({"top"}), not_done=frozenset({"top"}))).actions["top"]
    assert not refused.proposed_done


def test_a_count_of_0_and_a_number_that_is_not_known() -> None:
    top = action("top", "a", {"x": "1"}, requires=("gear",))
    gear = action("gear", costs=(COUNTED,))
    zero = Numbers(counts={"slow-sites": 0})
    assert standings(top, gear, numbers=zero) == {"top": "prerequisite", "gear": "count-zero"}
    unknown = find(top, gear, numbers=Numbers())
    assert unknown.actions["gear"].standing is Standing.ASKS_NUMBER
    assert unknown.actions["top"].blocked_by == ("gear",)
    assert unknown.asked == ("slow-sites",)
    assert (unknown.may_help("gear"), unknown.waits_for("top")) == (True, ("slow-sites",))
    assert Spot("i/x/q", "a") not in unknown.unreached
    nothing = find(top, gear, numbers=zero)
    assert not nothing.may_help("top")
    assert Spot("i/x/q", "a") in nothing.unreached
    given_by_hand = {"gear": OwnFigures({0: OwnRow(number=2)})}
    assert standings(top, gear, numbers=zero, figures=given_by_hand) == {
        "top": "candidate",
        "gear": "candidate",
    }


def test_adding_by_hand_asks_for_the_number_first() -> None:
    gear = action("gear", costs=(COUNTED,))
    by_hand = Marks(by_hand=frozenset({"gear"}))
    found = find(gear, numbers=Numbers(counts={"slow-sites": 0}), marks=by_hand).actions["gear"]
    assert (found.standing, found.numbers_missing) == (Standing.ASKS_NUMBER, ("slow-sites",))
    plain = find(action("idle"), marks=Marks(by_hand=frozenset({"idle"}))).actions["idle"]
    assert (plain.standing, plain.why) == (Standing.CANDIDATE, Why.BY_HAND)


def test_what_only_an_impossible_action_needs_is_no_candidate() -> None:
    top = action("top", "a", {"x": "1"}, requires=("gear", "paper"))
    gear = action("gear", costs=(COUNTED,))
    zero = Numbers(counts={"slow-sites": 0})
    assert standings(top, gear, action("paper"), numbers=zero)["paper"] == "no-gap"


def test_the_thread_names_goals_challenges_and_cells() -> None:
    goals = [
        Goal("first", frozenset({"y"})),
        Goal("second", frozenset({"x", "y"})),
        Goal("third", frozenset({"z"})),
    ]
    top = action("top", "ac", {"x": "1/4", "y": "1", "z": "1"})
    found = find_candidates({"top": top}, FINDINGS, goals, Numbers()).actions["top"]
    # Cell y: 1 split a 1/3, c 2/3; cell x: a 1/4. So a has 7/12, c 2/3; y has 1, x has 1/4.
    assert found.goals == ("first", "second")
    assert found.challenges == ("c", "a")
    assert found.cells == ("i/y/q", "i/x/q")


def test_best_answers_everywhere_give_no_action(catalogue: Any, situations: Any) -> None:
    flat = tuple(
        CellFinding(one.key, one.instrument, one.area, one.quality, F(4), F(3), F(0))
        for one in situations["brightkelp"].findings.cells
    )
    marks = situations["brightkelp"].marks
    numbers = situations["brightkelp"].numbers
    found = find_candidates(catalogue.arithmetic, Findings((), flat), [], numbers, marks=marks)
    assert found.open == {}
    assert found.unreached == ()


# Fractions by a table, one small number a spot: fractions and dictionaries drawn at random took seconds to find.
LIFTS = st.sampled_from([F(0), F(1, 8), F(1, 3), F(1, 2), F(3, 4), F(6, 7), F(1), F(4, 3), F(2)])
REACHES = st.fixed_dictionaries({}, optional=dict.fromkeys(sorted(FINDINGS.parts), LIFTS))


@given(reaches=st.lists(REACHES, max_size=5), more=REACHES)
def test_gain_never_falls_when_an_action_is_added(reaches: list[Any], more: Any) -> None:
    parts = FINDINGS.parts
    relevance = {"i/x/q": F(1, 2), "i/y/q": F(3, 2)}
    before, after = gain_of(reaches, parts, relevance), gain_of([*reaches, more], parts, relevance)
    assert before <= after <= before + gain_of([more], parts, relevance)
    assert after <= sum((relevance[spot.cell] * part for spot, part in parts.items()), F(0))
