"""Scoring by hand: each number is worked out in the comment beside it."""

from decimal import Decimal
from fractions import Fraction as F

import pytest

from assessments.core.scoring import (
    median,
    nearest_level,
    plain_mean,
    rounded,
    score,
    shown,
    weighted_mean,
    word_of,
)
from assessments.core.values import CellResult, Consensus, QuestionResult, Result, State, Targets
from tests.factories.instruments import say, says, small

ALL = tuple(small().by_key)


def scored(*people: list, asked: tuple[str, ...] = ALL, **more: object) -> Result:
    responses = [response for person in people for response in person]
    return score(small(), asked=asked, responses=responses, **more)  # type: ignore[arg-type]


def one(result: Result, key: str) -> QuestionResult:
    return next(question for question in result.questions if question.key == key)


def figures(cell: CellResult) -> tuple[object, ...]:
    return (cell.score, cell.low, cell.high, cell.target, cell.gap, cell.base, cell.applicable)


# ---- One question ----


def test_one_level_is_the_level() -> None:
    assert one(scored(says(files=2)), "files") == QuestionResult(
        key="files",
        area="work",
        quality="good",
        weight=1,
        state=State.LEVEL,
        level=F(2),
        low=F(2),
        high=F(2),
        target=3,
        gap=F(1),
        counts=(0, 0, 1, 0, 0),
        challenges=("old", "slow"),
    )


def test_the_level_is_the_median_of_people() -> None:
    odd = scored(says("a", files=0), says("b", files=1), says("c", files=4))
    even = scored(says("a", files=1), says("b", files=2))
    assert one(odd, "files").level == F(1)  # 0, 1, 4: the middle one
    assert one(even, "files").level == F(3, 2)  # (1 + 2) / 2
    assert one(even, "files").gap == F(3, 2)  # 3 - 3/2


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        (["?", "-", "-"], State.NOT_APPLICABLE),  # 2 say it does not apply, 1 does not know
        (["?", "-"], State.UNKNOWN),  # not more, so: does not know
        (["?", "?", "-"], State.UNKNOWN),
        (["-"], State.NOT_APPLICABLE),
        ([], State.UNANSWERED),
        (["-", "-", 1], State.LEVEL),  # one level goes before all else
    ],
)
def test_without_a_level_the_most_said_counts(answers: list[int | str], state: State) -> None:
    people = [[say("files", answer, f"p{number}")] for number, answer in enumerate(answers)]
    assert one(scored(*people), "files").state == state


def test_a_consensus_goes_before_the_answers() -> None:
    people = says("a", files=0, keys=1), says("b", files="?", keys=2)
    result = scored(*people, consensus=[Consensus("files", 3), Consensus("keys", None), Consensus("news", 2)])
    files, keys, news = one(result, "files"), one(result, "keys"), one(result, "news")
    assert (files.level, files.low, files.high, files.gap, files.agreed) == (F(3), F(3), F(3), F(0), True)
    assert (files.counts, files.unknown) == ((1, 0, 0, 0, 0), 1)  # who said what is still told
    assert (keys.state, keys.level, keys.gap, keys.agreed) == (State.NOT_APPLICABLE, None, None, True)
    assert (news.state, news.level, news.people) == (State.LEVEL, F(2), 0)  # agreed on, answered by nobody


def test_a_range_takes_each_guess_a_level_both_ways() -> None:
    # levels 1?, 2, 4?: low 0, 2, 3 -> 2; high 2, 2, 4 (never above 4) -> 2
    middle = one(scored(says("a", files="1?"), says("b", files=2), says("c", files="4?")), "files")
    assert (middle.level, middle.low, middle.high, middle.guesses) == (F(2), F(2), F(2), 2)
    # levels 0? and 3: low 0 (never below), 3 -> 3/2; high 1, 3 -> 2
    ends = one(scored(says("a", files="0?"), says("b", files=3)), "files")
    assert (ends.level, ends.low, ends.high) == (F(3, 2), F(3, 2), F(2))


def test_a_range_takes_each_dont_know_at_both_ends() -> None:
    # levels 3, 3 and one "don't know": level 3; low 0, 3, 3 -> 3; high 3, 3, 4 -> 3
    sure = one(scored(says("a", files=3), says("b", files=3), says("c", files="?")), "files")
    assert (sure.level, sure.low, sure.high, sure.unknown) == (F(3), F(3), F(3), 1)
    # level 3 and one "don't know": low (0 + 3) / 2; high (3 + 4) / 2; "does not apply" counts nowhere
    half = one(scored(says("a", files=3), says("b", files="?"), says("c", files="-")), "files")
    assert (half.level, half.low, half.high) == (F(3), F(3, 2), F(7, 2))


def test_a_gap_in_knowledge_needs_half_of_those_who_answered() -> None:
    def gap(*answers: int | str) -> bool:
        people = [[say("files", answer, f"p{number}")] for number, answer in enumerate(answers)]
        return one(scored(*people), "files").knowledge_gap

    assert gap("?", 3)  # 1 of 2
    assert not gap("?", 3, "-")  # 1 of 3
    assert gap("?", "?", 3, "-")  # 2 of 4
    assert not gap(3)
    assert not gap()


# ---- Targets and gaps ----


def test_a_target_is_the_questions_own_else_its_cells_else_the_instruments_else_three() -> None:
    targets = Targets(questions={"files": 4}, cells={"work/good": 1, "reach/good": 2})
    result = scored(says(files=0, tasks=0, tools=0, news=0), targets=targets)
    assert [one(result, key).target for key in ("files", "tasks", "tools", "news", "login")] == [
        4,
        1,
        1,
        2,
        3,
    ]
    assert one(scored(says(tools=0)), "tools").target == 2


def test_a_strong_answer_never_hides_a_weak_one() -> None:
    # work/good, targets 3, 3, 2. files 4 (weight 1), tasks 1 (2), tools 0 (3).
    # score (4*1 + 1*2 + 0*3) / 6 = 1; target (3 + 6 + 6) / 6 = 5/2; gaps 0, 2, 2: (0 + 4 + 6) / 6 = 5/3
    cell = scored(says(files=4, tasks=1, tools=0)).cell("work/good")
    assert figures(cell) == (F(1), F(1), F(1), F(5, 2), F(5, 3), 3, 3)


# ---- Cells and means ----


def test_a_cell_with_an_unknown_question_has_a_wide_range() -> None:
    # files 2? (weight 1), tasks unknown (2), tools 3 (3).
    # score (2 + 9) / 4 = 11/4 of 2 of 3 questions
    # low (1*1 + 0*2 + 3*3) / 6 = 10/6; high (3*1 + 4*2 + 3*3) / 6 = 20/6
    # target (3 + 6 + 6) / 6 = 5/2; gap over those with a level (1*1 + 0*3) / 4 = 1/4
    cell = scored(says(files="2?", tasks="?", tools=3)).cell("work/good")
    assert figures(cell) == (F(11, 4), F(5, 3), F(10, 3), F(5, 2), F(1, 4), 2, 3)
    assert cell.wide


def test_a_cell_without_a_level_has_no_score_and_no_range() -> None:
    result = scored(says(files="?", tasks="-"))
    assert figures(result.cell("work/good")) == (None, None, None, F(3), None, 0, 1)
    assert figures(result.cell("reach/good")) == (None, None, None, None, None, 0, 0)


def test_what_does_not_apply_or_is_not_answered_is_left_out() -> None:
    # files 4 (weight 1); tasks does not apply (2), tools not answered (3)
    assert figures(scored(says(files=4, tasks="-")).cell("work/good")) == (F(4), F(4), F(4), F(3), F(0), 1, 1)


def test_area_quality_and_overall_are_plain_means_of_the_cells_with_a_score() -> None:
    # work/good 1; work/safe none; reach/good: news 2 (weight 2), list 4 (1), so 8/3; reach/safe 0
    result = scored(says(files=1, news=2, list=4, login=0))
    assert result.areas == {"work": F(1), "reach": F(4, 3)}  # (8/3 + 0) / 2
    assert result.qualities == {"good": F(11, 6), "safe": F(0)}  # (1 + 8/3) / 2
    assert result.overall == F(11, 9)  # (1 + 8/3 + 0) / 3


def test_a_result_keeps_every_question_of_the_instrument_and_says_where_it_stands() -> None:
    result = scored(
        says(files=1, keys=0, locks=4, news="?"), asked=("files", "keys", "locks", "news", "login")
    )
    assert {question.key: question.state.value for question in result.questions} == {
        "files": "level",
        "tasks": "not-asked",
        "tools": "not-asked",
        "keys": "level",
        "locks": "hidden",  # its answer of 4 counts nowhere while keys is 0
        "guards": "not-asked",
        "news": "dont-know",
        "list": "not-asked",
        "login": "unanswered",
    }
    assert one(result, "locks").people == 0


def test_an_answer_to_a_question_that_is_not_asked_counts_nowhere() -> None:
    assert scored(says(files=1, tasks=4), asked=("files",)).overall == F(1)
    agreed = scored(says(files=1), asked=("files",), consensus=[Consensus("tasks", 4)])
    assert agreed.overall == F(1)


def test_best_answers_everywhere_leave_no_gap() -> None:
    result = scored(says(**dict.fromkeys(ALL, 4)))
    assert [cell.gap for cell in result.cells] == [F(0)] * 4
    assert {question.gap for question in result.questions} == {F(0)}


# ---- What is shown ----


@pytest.mark.parametrize(
    ("answers", "hidden"),
    [
        ({}, {"locks", "guards"}),  # keys is not answered yet
        ({"keys": 0}, {"locks", "guards"}),
        ({"keys": "-"}, {"locks", "guards"}),
        ({"keys": "?"}, {"guards"}),  # "I don't know" is asked on
        ({"keys": 1}, {"guards"}),
        ({"keys": "1?"}, {"guards"}),
        ({"keys": 1, "locks": 1}, {"guards"}),
        ({"keys": 1, "locks": 2}, set()),
        ({"keys": 0, "locks": 2}, {"locks", "guards"}),  # locks is hidden, so its answer shows nothing
    ],
)
def test_a_condition_decides_what_a_person_is_shown(answers: dict[str, int | str], hidden: set[str]) -> None:
    assert shown(small(), says(**answers)) == set(ALL) - hidden


def test_a_question_whose_condition_is_not_asked_is_hidden() -> None:
    assert shown(small(), says(keys=4), asked=("locks", "login")) == {"login"}


def test_each_persons_condition_is_their_own() -> None:
    # a is shown locks (keys 2) and says 4; b is not (keys 0), so b's 0 is kept out; locks stands at 4
    result = scored(says("a", keys=2, locks=4), says("b", keys=0, locks=0))
    assert (one(result, "locks").level, one(result, "locks").people) == (F(4), 1)


def test_a_consensus_on_the_condition_shows_what_hangs_on_it() -> None:
    agreed = [Consensus("keys", 2), Consensus("locks", 3), Consensus("guards", 1)]
    result = scored(says(keys=0), consensus=agreed)
    assert [one(result, key).level for key in ("keys", "locks", "guards")] == [F(2), F(3), F(1)]
    below = scored(says(keys=0), consensus=[Consensus("keys", 0), Consensus("locks", 3)])
    assert one(below, "locks").state == State.HIDDEN


# ---- Refused ----


def test_answers_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="'nothing' is not a question of small"):
        scored(says(nothing=1))
    with pytest.raises(ValueError, match="Two answers of one respondent to 'files'"):
        scored(says(files=1), says(files=2))
    with pytest.raises(ValueError, match="'nothing' is not a question of small"):
        scored(consensus=[Consensus("nothing", 1)])
    with pytest.raises(ValueError, match="Two consensus values for 'files'"):
        scored(consensus=[Consensus("files", 1), Consensus("files", 1)])


# ---- Words and shown numbers ----


@pytest.mark.parametrize(
    ("value", "word", "nearest", "shown_as"),
    [
        (F(0), (0,), 0, "0.0"),
        (F(5, 4), (1,), 1, "1.3"),  # 1.25 is within a quarter; half up: 1.3
        (F(13, 10), (1, 2), 1, "1.3"),
        (F(3, 2), (1, 2), 2, "1.5"),  # halfway is coloured upwards
        (F(7, 4), (2,), 2, "1.8"),
        (F(59, 24), (2, 3), 3, "2.5"),  # 2.458 reads 2.5 and is coloured like it
        (F(17, 10), (1, 2), 2, "1.7"),
        (F(1, 3), (0, 1), 0, "0.3"),
        (F(47, 12), (4,), 4, "3.9"),  # 3.9166
        (F(4), (4,), 4, "4.0"),
    ],
)
def test_a_score_has_a_word_a_colour_and_a_number(
    value: F, word: tuple[int, ...], nearest: int, shown_as: str
) -> None:
    assert (word_of(value), nearest_level(value), str(rounded(value))) == (word, nearest, shown_as)


def test_rounding_is_half_up_away_from_zero() -> None:
    assert [rounded(F(5, 2), 0), rounded(F(-1, 20)), rounded(F(1, 8), 2)] == [
        Decimal(3),
        Decimal("-0.1"),
        Decimal("0.13"),
    ]


def test_means_and_medians() -> None:
    assert plain_mean([F(1), None, F(2)]) == F(3, 2)
    assert plain_mean([None]) is None
    assert weighted_mean([(1, 1), (F(5, 2), 3), (None, 9)]) == F(17, 8)  # (1 + 7.5) / 4
    assert weighted_mean([]) is None
    assert [median([3, 1]), median([4, 0, 1])] == [F(2), F(1)]


def test_the_order_of_answers_does_not_matter() -> None:
    people = says("a", files=1, keys="?", locks=2), says("b", files="3?", keys=0, news="-")
    forward = scored(*people)
    assert scored(*(person[::-1] for person in people[::-1])) == forward
