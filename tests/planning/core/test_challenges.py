"""Strengths, parts and what is shown first, worked by hand."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.core.values import CellResult, QuestionResult, Result, State
from planning.core.challenges import find_challenges, shares
from planning.core.values import Findings, RuleReading, RuleState, Stance, Verdict

F = Fraction


def question(
    key: str, cell: str, gap: Fraction | None, challenges: Iterable[str], weight: int = 1
) -> QuestionResult:
    area, quality = cell.split("/")
    state = State.UNKNOWN if gap is None else State.LEVEL
    level = None if gap is None else 3 - gap
    return QuestionResult(
        key, area, quality, weight, state, level, level, level, 3, gap, challenges=tuple(challenges)
    )


def result_of(questions: list[QuestionResult], instrument: str = "i") -> Result:
    cells = []
    for key in dict.fromkeys(question.cell for question in questions):
        inside = tuple(question for question in questions if question.cell == key)
        with_level = [question for question in inside if question.gap is not None]
        weight = sum(question.weight for question in with_level)
        gap = sum((q.weight * q.gap for q in with_level), F(0)) / weight if weight else None
        score = None if gap is None else 3 - gap
        area, quality = key.split("/")
        cells.append(
            CellResult(area, quality, score, score, score, F(3), gap, len(with_level), len(inside), inside)
        )
    return Result(instrument, tuple(cells), {}, {}, None)


def readings(**states: RuleState) -> dict[str, RuleReading]:
    return {key: RuleReading(key, state) for key, state in states.items()}


def strengths(findings: Findings) -> dict[str, Fraction]:
    return {one.key: one.strength for one in findings.challenges}


# Two questions in one cell: q1 weight 2, gap 1, challenges a, b; q2 weight 1, gap 2, challenges b, c, a.
# Shares of two: 1 and 1/2 over 3/2 = 2/3, 1/3. Shares of three: 1, 1/2, 1/3 over 11/6 = 6/11, 3/11, 2/11.
# a = 2 x 2/3 + 2 x 2/11 = 4/3 + 4/11 = 56/33;  b = 2 x 1/3 + 2 x 6/11 = 2/3 + 12/11 = 58/33;  c = 2 x 3/11 = 18/33.
PAIR = [question("q1", "x/e", F(1), "ab", 2), question("q2", "x/e", F(2), "bca")]


def test_shares_are_one_half_third_of_their_sum() -> None:
    assert shares(2) == (F(2, 3), F(1, 3))
    assert shares(3) == (F(6, 11), F(3, 11), F(2, 11))


def test_strengths_by_hand() -> None:
    found = find_challenges([result_of(PAIR)], {}, {})
    assert strengths(found) == {"b": F(58, 33), "a": F(56, 33), "c": F(18, 33)}
    first = found.challenge("a")
    assert first is not None
    assert [(one.question, one.amount) for one in first.contributions] == [("q1", F(4, 3)), ("q2", F(4, 11))]
    # Half of all strength is 66/33: b alone has 58/33, b and a have 114/33.
    assert found.first == ("b", "a")
    # The cell's gap is (2 x 1 + 1 x 2) / 3 = 4/3, split 58 : 56 : 18 of 132.
    assert found.cells[0].gap == F(4, 3)
    assert dict(found.cells[0].parts) == {"b": F(58, 99), "a": F(56, 99), "c": F(18, 99)}


@pytest.mark.parametrize(
    ("state", "stance", "factor"),
    [
        (None, None, F(1)),
        (RuleState.SILENT, None, F(1)),
        (RuleState.SHOWN, None, F(2)),
        (RuleState.NOT_SHOWN, None, F(1, 2)),
        (RuleState.SHOWN, Stance.ACCEPTED, F(2)),  # also when both
        (RuleState.NOT_SHOWN, Stance.ACCEPTED, F(2)),
        (RuleState.SHOWN, Stance.REJECTED, F(0)),
        (RuleState.NOT_SHOWN, Stance.REJECTED, F(0)),
    ],
)
def test_the_factor_of_inventory_and_people(
    state: RuleState | None, stance: Stance | None, factor: Fraction
) -> None:
    told = readings(a=state) if state else {}
    verdicts = {"a": Verdict("a", stance, "because")} if stance else {}
    found = find_challenges([result_of(PAIR)], told, verdicts)
    assert strengths(found)["a"] == F(56, 33) * factor
    assert strengths(found)["b"] == F(58, 33)
    contradicted = state is RuleState.SHOWN and stance is Stance.REJECTED
    assert found.contradictions == (("a",) if contradicted else ())


def test_a_rejected_challenge_has_no_part() -> None:
    found = find_challenges([result_of(PAIR)], {}, {"a": Verdict("a", Stance.REJECTED, "no")})
    # 58 : 18 of the gap of 4/3.
    assert dict(found.cells[0].parts) == {"b": F(4, 3) * F(58, 76), "c": F(4, 3) * F(18, 76)}
    everything = {key: Verdict(key, Stance.REJECTED, "no") for key in "abc"}
    nothing = find_challenges([result_of(PAIR)], {}, everything)
    assert nothing.cells[0].parts == {}
    assert nothing.first == ()


def test_shown_without_a_gap_is_listed_with_strength_0() -> None:
    found = find_challenges([result_of(PAIR)], readings(z=RuleState.SHOWN, y=RuleState.NOT_SHOWN), {})
    assert found.without_gap == ("z",)
    assert strengths(found)["z"] == 0
    assert "y" not in strengths(found)


def test_the_first_are_eight_at_most() -> None:
    many = [question(f"q{n}", "x/e", F(1), [f"c{n:02}"]) for n in range(30)]
    assert find_challenges([result_of(many)], {}, {}).first == tuple(f"c{n:02}" for n in range(8))


def test_instruments_are_scaled_to_the_same_sum() -> None:
    small = result_of([question("q", "x/e", F(1), "a")], "small")  # sum 1
    large = result_of([question("q", "y/m", F(3), "ab", 1)], "large")  # sum 3: a 2, b 1
    found = find_challenges([small, large], {}, {})
    # The mean of the sums is 2: a = 1 x 2 + 2 x 2/3 = 10/3, b = 1 x 2/3.
    assert strengths(found) == {"a": F(10, 3), "b": F(2, 3)}
    assert [cell.key for cell in found.cells] == ["small/x/e", "large/y/m"]
    assert dict(found.cells[1].parts) == {"a": F(2), "b": F(1)}  # parts are not scaled
    with pytest.raises(ValueError, match="one result"):
        find_challenges([small, small], {}, {})


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["x/e", "y/e", "y/s"]),
            st.one_of(st.none(), st.fractions(0, 4, max_denominator=4)),
            st.lists(st.sampled_from("abcdef"), min_size=1, max_size=4, unique=True),
            st.integers(1, 3),
        ),
        min_size=1,
        max_size=12,
    ),
    st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(RuleState)),
)
def test_parts_add_up_to_the_gap(rows: Any, states: dict[str, RuleState]) -> None:
    questions = [question(f"q{n}", *row) for n, row in enumerate(rows)]
    found = find_challenges([result_of(questions)], readings(**states), {})
    for cell in found.cells:
        assert sum(cell.parts.values(), F(0)) == (cell.gap or 0)
    total = sum((one.strength for one in found.challenges), F(0))
    first = sum((one.strength for one in found.challenges if one.key in found.first), F(0))
    assert 2 * first >= total or len(found.first) == 8


def test_best_answers_leave_nothing(situations: Any) -> None:
    for situation in situations.values():
        best = [
            question(one.key, one.cell, F(0), one.challenges, one.weight)
            for one in situation.result.questions
        ]
        told = {one.key: one.reading for one in situation.findings.challenges if one.reading}
        found = find_challenges([result_of(best)], told, {})
        assert not any(one.strength for one in found.challenges)
        assert found.first == ()
        assert found.parts == {}
        assert set(found.without_gap) == {
            key for key, reading in told.items() if reading.state is RuleState.SHOWN
        }


def test_expected_challenges_of_the_demonstration(situations: Any, cohort: Any) -> None:
    for key, situation in situations.items():
        shown = {one.key for one in situation.findings.challenges if one.shown}
        strongest = {one.key for one in situation.findings.challenges[:12]}
        assert set(cohort[key]["expect"]["challenges"]) <= shown | strongest
