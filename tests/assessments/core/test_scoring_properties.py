"""What holds for any answers, and the same results from a second, naive implementation."""

from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.core.change import compare, current
from assessments.core.scoring import nearest_level, rounded, score, shown, word_of
from assessments.core.values import Consensus, Kind, Response, Result, State, Targets
from assessments.core.views import Person, two_views
from tests.assessments.core.oracle import naive_score, sees
from tests.factories.instruments import shipped, small

SMALL, SHIPPED = small(), shipped()
KEYS = tuple(SMALL.by_key)
CONDITIONS = {one.show_if.question for one in SMALL.questions if one.show_if}
PEOPLE = ("a", "b", "c", "d")
LEVELS = st.integers(0, 4)


@st.composite
def responses(draw: Any, keys: tuple[str, ...] = KEYS, people: tuple[str, ...] = PEOPLE) -> list[Response]:
    """Return at most one answer for each person and question, in any order."""
    said = draw(
        st.dictionaries(
            st.tuples(st.sampled_from(keys), st.sampled_from(people)),
            st.one_of(st.tuples(LEVELS, st.booleans()), st.sampled_from([Kind.UNKNOWN, Kind.NOT_APPLICABLE])),
            max_size=30,
        )
    )
    return [
        Response(key, who, what) if isinstance(what, Kind) else Response(key, who, Kind.LEVEL, *what)
        for (key, who), what in said.items()
    ]


CONSENSUS = st.dictionaries(st.sampled_from(KEYS), st.none() | LEVELS, max_size=4).map(
    lambda agreed: [Consensus(key, level) for key, level in agreed.items()]
)
TARGETS = st.builds(
    Targets,
    questions=st.dictionaries(st.sampled_from(KEYS), LEVELS, max_size=3),
    cells=st.dictionaries(st.sampled_from(SMALL.cells), LEVELS, max_size=2),
)
ASKED = st.sets(st.sampled_from(KEYS)) | st.just(set(KEYS))


def scored(answers: list[Response], **more: Any) -> Result:
    return score(SMALL, **{"asked": KEYS, "responses": answers, **more})


@settings(max_examples=300)
@given(responses(), CONSENSUS, TARGETS, ASKED)
def test_a_naive_implementation_gives_the_same(
    answers: list[Response], agreed: list[Consensus], targets: Targets, asked: set[str]
) -> None:
    found = score(SMALL, asked=asked, responses=answers, consensus=agreed, targets=targets)
    assert found == naive_score(SMALL, asked, answers, agreed, targets)


@settings(max_examples=25, deadline=None)
@given(responses(keys=tuple(SHIPPED.by_key)))
def test_a_naive_implementation_gives_the_same_on_the_shipped_instrument(answers: list[Response]) -> None:
    asked = SHIPPED.by_key.keys()
    found = score(SHIPPED, asked=asked, responses=answers)
    assert found == naive_score(SHIPPED, asked, answers, [], Targets())


@given(responses(people=("a",)), ASKED)
def test_what_one_person_sees_is_the_same_either_way(answers: list[Response], asked: set[str]) -> None:
    assert shown(SMALL, answers, asked=asked) == {key for key in KEYS if sees(SMALL, key, asked, answers)}


@given(responses(), CONSENSUS, st.randoms(use_true_random=False))
def test_the_order_of_answers_never_matters(
    answers: list[Response], agreed: list[Consensus], dice: Any
) -> None:
    shuffled, turned = answers[:], agreed[:]
    dice.shuffle(shuffled)
    dice.shuffle(turned)
    assert scored(shuffled, consensus=turned) == scored(answers, consensus=agreed)


@given(responses(), CONSENSUS, TARGETS)
def test_every_figure_stays_in_its_bounds(
    answers: list[Response], agreed: list[Consensus], targets: Targets
) -> None:
    result = scored(answers, consensus=agreed, targets=targets)
    for row in (*result.cells, *result.questions):
        middle = row.score if hasattr(row, "score") else row.level
        if middle is not None:
            assert row.low is not None
            assert row.high is not None
            assert 0 <= row.low <= middle <= row.high <= 4
            assert row.gap is not None
            assert 0 <= row.gap <= 4
    for cell in result.cells:
        assert (cell.score is None) == (cell.gap is None) == (cell.low is None) == (cell.base == 0)
        assert cell.base <= cell.applicable <= len(cell.questions)
    means = [*result.areas.values(), *result.qualities.values(), result.overall]
    assert all(mean is None or 0 <= mean <= 4 for mean in means)


@given(st.sets(st.sampled_from(KEYS)), st.lists(st.sampled_from(PEOPLE), min_size=1, unique=True), TARGETS)
def test_best_answers_leave_no_gap(keys: set[str], people: list[str], targets: Targets) -> None:
    answers = [Response(key, who, Kind.LEVEL, 4) for key in keys for who in people]
    result = scored(answers, targets=targets)
    assert all(not one.gap for one in (*result.cells, *result.questions))


@given(responses(), st.sampled_from(sorted(set(KEYS) - CONDITIONS)), TARGETS)
def test_a_strong_answer_never_raises_the_gap_of_another_question(
    answers: list[Response], key: str, targets: Targets
) -> None:
    before = scored(answers, targets=targets)
    after = scored([*answers, Response(key, "somebody new", Kind.LEVEL, 4)], targets=targets)
    others = [
        (old, new) for old, new in zip(before.questions, after.questions, strict=True) if old.key != key
    ]
    assert [new for _, new in others] == [old for old, _ in others]
    strong = next(one for one in after.questions if one.key == key)
    weak = next(one for one in before.questions if one.key == key)
    assert strong.gap is None or weak.gap is None or strong.gap <= weak.gap


@given(responses(), CONSENSUS)
def test_a_consensus_goes_before_any_answer(answers: list[Response], agreed: list[Consensus]) -> None:
    found = {one.key: one for one in scored(answers, consensus=agreed).questions}
    for one in agreed:
        result = found[one.question]
        if result.state is State.HIDDEN:
            assert not result.agreed
        else:
            level = None if one.level is None else Fraction(one.level)
            assert (result.level, result.low, result.high, result.agreed) == (level, level, level, True)


@given(responses())
def test_one_more_dont_know_only_widens_a_range(answers: list[Response]) -> None:
    before = scored(answers)
    after = scored([*answers, Response("files", "somebody new", Kind.UNKNOWN)])
    old, new = before.questions[0], after.questions[0]
    if old.level is not None:
        assert new.level == old.level
        assert old.low is not None
        assert old.high is not None
        assert new.low is not None
        assert new.high is not None
        assert new.low <= old.low
        assert old.high <= new.high


@given(responses())
def test_an_assessment_does_not_differ_from_itself(answers: list[Response]) -> None:
    result = scored(answers)
    change = compare(result, result)
    assert all(cell.shift is None or cell.shift.rise == 0 for cell in change.cells)
    assert {cell.key: cell.shift and cell.shift.after for cell in change.cells} == {
        cell.key: cell.score for cell in result.cells
    }
    assert current(SMALL, [result]) == result
    assert current(SMALL, [result, result]) == result


@given(responses(), st.sets(st.sampled_from(PEOPLE)))
def test_a_view_never_shows_fewer_than_three_who_are_not_named(
    answers: list[Response], named: set[str]
) -> None:
    people = [
        Person(key, group, named=key in named)
        for key, group in zip(PEOPLE, ("director", "staff", "tech", "board"), strict=True)
    ]
    for cell in two_views(SMALL, asked=KEYS, people=people, responses=answers):
        hidden = [one for one in cell.questions if one.pair is None]
        assert cell.pair is None or len(hidden) != 1
        for view in (cell, *cell.questions):
            if view.pair is not None:
                sides = (view.pair.leadership_people, view.pair.others_people)
                assert min(sides) >= 1
                # two leaders, two others: a side that shows is of named people
                assert any(person.leads and person.named for person in people)
                assert any(not person.leads and person.named for person in people)


@given(st.fractions(0, 4))
def test_words_and_colours_lie_beside_their_score(value: Fraction) -> None:
    assert all(abs(level - value) < 1 for level in word_of(value))
    assert len(word_of(value)) == 1 + (abs(nearest_level(value) - value) > Fraction(1, 4))
    assert abs(nearest_level(value) - Fraction(rounded(value))) <= Fraction(1, 2)
    assert abs(Fraction(rounded(value)) - value) <= Fraction(1, 20)
