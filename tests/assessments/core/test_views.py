"""Two views by hand: who is compared, what is hidden and why."""

from fractions import Fraction as F

import pytest

from assessments.core.values import Response
from assessments.core.views import CellView, Pair, Person, QuestionView, seen_by, two_views
from tests.factories.instruments import says, small


def people(leaders: int, others: int, named: str = "") -> list[Person]:
    """Return leaders l1.. and others o1..; `named` holds the keys of those who chose to be named."""
    groups = [(f"l{n + 1}", ("director", "board")[n > 0]) for n in range(leaders)]
    groups += [(f"o{n + 1}", ("staff", "tech")[n % 2]) for n in range(others)]
    return [Person(key, group, named=key in named.split()) for key, group in groups]


def views(who: list[Person], *answers: list[Response]) -> dict[str, CellView]:
    responses = [response for own in answers for response in own]
    found = two_views(small(), asked=tuple(small().by_key), people=who, responses=responses)
    return {view.key: view for view in found}


def test_a_cell_is_compared_over_the_questions_that_both_answered() -> None:
    # work/good: files (weight 1) and tools (3) by both; tasks by the others only
    # leadership: files 4, 4, 1 -> 4; tools 3, 3, 3 -> 3; (4*1 + 3*3) / 4 = 13/4
    # others: files 1, 2, 2 -> 2; tools 1, 1, 4 -> 1; (2*1 + 1*3) / 4 = 5/4
    view = views(
        people(3, 3),
        says("l1", files=4, tools=3),
        says("l2", files=4, tools=3),
        says("l3", files=1, tools=3),
        says("o1", files=1, tasks=0, tools=1),
        says("o2", files=2, tasks=0, tools=1),
        says("o3", files=2, tasks=0, tools=4),
    )["work/good"]
    assert view == CellView(
        "work/good",
        Pair(F(13, 4), F(5, 4), 3, 3),
        (
            QuestionView("files", Pair(F(4), F(2), 3, 3)),
            QuestionView("tools", Pair(F(3), F(1), 3, 3)),
        ),
    )
    assert view.pair is not None
    assert view.pair.disagree  # 13/4 - 5/4 = 2


@pytest.mark.parametrize(("others", "disagree"), [(2, True), (3, False)])
def test_a_difference_of_one_level_is_a_disagreement(others: int, disagree: bool) -> None:
    answers = [says(f"l{n}", login=3) for n in (1, 2)] + [says(f"o{n}", login=others) for n in (1, 2, 3)]
    pair = views(people(2, 3, named="l1 l2"), *answers)["reach/safe"].pair
    assert pair is not None
    assert pair.disagree is disagree


def test_two_unnamed_people_hide_both_views() -> None:
    answers = [says(f"l{n}", login=3) for n in (1, 2)] + [says(f"o{n}", login=1) for n in (1, 2, 3)]
    view = views(people(2, 3, named="l1"), *answers)["reach/safe"]
    assert view == CellView("reach/safe", None, (QuestionView("login", None),))
    assert view.hidden


def test_a_group_without_a_level_leaves_nothing_to_compare() -> None:
    view = views(people(1, 3), says("l1", login="?"), *[says(f"o{n}", login=1) for n in (1, 2, 3)])[
        "reach/safe"
    ]
    assert view == CellView("reach/safe", None, ())
    assert not view.hidden


def test_people_count_for_a_cell_when_they_have_a_level_in_any_compared_question() -> None:
    # no question has three of the others, the cell has: o1, o2 in files, o3 in tasks; l1 is named
    # both questions stay hidden, the cell is shown:
    # leadership (2*1 + 2*2) / 3 = 2, others (0*1 + 4*2) / 3 = 8/3
    view = views(
        people(1, 3, named="l1"),
        says("l1", files=2, tasks=2),
        says("o1", files=0),
        says("o2", files=0),
        says("o3", tasks=4),
    )["work/good"]
    assert view.pair == Pair(F(2), F(8, 3), 1, 3)
    assert view.questions == (QuestionView("files", None), QuestionView("tasks", None))


def test_when_one_question_stays_hidden_one_more_is_hidden() -> None:
    # tasks has two others only. Of files (4 others) and tools (3 others) tools has the fewer people.
    answers = [says("l1", files=2, tasks=2, tools=2)]
    answers += [says(f"o{n}", files=1, tools=1) for n in (1, 2)]
    answers += [says("o3", files=1, tasks=1, tools=1), says("o4", files=1, tasks=1)]
    view = views(people(1, 4, named="l1"), *answers)["work/good"]
    shown_keys = [question.key for question in view.questions if question.pair is not None]
    assert view.pair == Pair(F(2), F(1), 1, 4)
    assert shown_keys == ["files"]


def test_of_equals_the_first_key_is_hidden_too() -> None:
    answers = [says("l1", files=2, tasks=2, tools=2)]
    answers += [says(f"o{n}", files=1, tools=1) for n in (1, 2, 3)] + [says("o4", tasks=1)]
    view = views(people(1, 4, named="l1"), *answers)["work/good"]
    assert [question.key for question in view.questions if question.pair is None] == ["files", "tasks"]


def test_a_question_of_named_people_may_show_in_a_hidden_cell() -> None:
    # o2 is not named and answered tasks only, so the cell is hidden; files is between l1 and o1, both named
    answers = says("l1", files=3, tasks=3), says("o1", files=1), says("o2", tasks=1)
    view = views(people(1, 2, named="l1 o1"), *answers)["work/good"]
    assert view.pair is None
    assert view.questions == (QuestionView("files", Pair(F(3), F(1), 1, 1)), QuestionView("tasks", None))


def test_an_answer_that_its_author_is_not_shown_is_kept_out() -> None:
    answers = says("l1", keys=0, locks=4), says("o1", keys=2, locks=1)
    view = views(people(1, 1, named="l1 o1"), *answers)["work/safe"]
    assert [question.key for question in view.questions] == ["keys"]


def test_an_answer_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="'x' is not among the people"):
        views(people(1, 1), says("x", files=1))


def test_fewer_than_three_see_only_their_own_until_all_agree() -> None:
    alone = [Person("d", "director")]
    two = [Person("d", "director", agrees_to_show=True), Person("s", "staff")]
    agreed = [Person("d", "director", agrees_to_show=True), Person("s", "staff", agrees_to_show=True)]
    three = [*two, Person("t", "tech")]
    assert [seen_by(alone, "d"), seen_by(alone, "x"), seen_by(alone, None)] == [{"d"}, set(), set()]
    assert [seen_by(two, "d"), seen_by(two, "s"), seen_by(two, None)] == [{"d"}, {"s"}, set()]
    assert [seen_by(agreed, "d"), seen_by(agreed, None)] == [{"d", "s"}, {"d", "s"}]
    assert [seen_by(three, "s"), seen_by(three, None)] == [{"d", "s", "t"}, {"d", "s", "t"}]
    assert seen_by([], "d") == set()
