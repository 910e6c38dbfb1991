"""Which questions keep their figures to themselves, and which cells their score, by hand."""

from collections.abc import Collection
from fractions import Fraction

from assessments.core.closing import score_for_all
from assessments.core.scoring import score
from assessments.core.values import CellResult, Consensus, Response, State, Targets
from tests.factories.instruments import says, small

ALL = tuple(small().by_key)


def closed(
    *people: list[Response], agreeing: Collection[str] = (), consensus: tuple[Consensus, ...] = ()
) -> set[str]:
    responses = [response for own in people for response in own]
    found = score_for_all(small(), asked=ALL, responses=responses, agreeing=agreeing, consensus=consensus)
    return {one.key for one in found.questions if one.closed}


def cells_of(
    *people: list[Response], agreeing: Collection[str] = (), **more: Targets
) -> dict[str, CellResult]:
    responses = [response for own in people for response in own]
    found = score_for_all(small(), asked=ALL, responses=responses, agreeing=agreeing, **more)
    return {cell.key: cell for cell in found.cells}


def test_a_question_of_two_closes_its_cell_and_no_other() -> None:
    # work/good: files by three, tasks by two; reach/good: news by three
    three = [says(name, files=1, news=2) for name in "abc"]
    two = [says(name, tasks=3) for name in "ab"]
    assert closed(*three, *two) == {"files", "tasks", "tools"}
    assert closed(*three, *two, says("c", tasks=4)) == set()


def test_levels_count_and_not_who_does_not_know() -> None:
    three = [says(name, news=2) for name in "abc"]
    assert closed(*three, says("a", list=1), says("b", list="?"), says("c", list="?")) == {"news", "list"}
    assert closed(*three, *(says(name, list="?") for name in "abc")) == set()
    assert closed(*three, says("a", list="?")) == {"news", "list"}


def test_who_agrees_to_show_and_a_consensus_open_it() -> None:
    three = [says(name, news=2) for name in "abc"]
    two = [says(name, list=1) for name in "ab"]
    assert closed(*three, *two, agreeing={"a"}) == {"news", "list"}
    assert closed(*three, *two, agreeing={"a", "b"}) == set()
    assert closed(*three, *two, consensus=(Consensus("list", 2),)) == set()


def test_where_fewer_than_three_answered_who_sees_it_sees_all() -> None:
    assert closed(says("a", files=1), says("b", news=2)) == set()


THREE = [says(name, news=2) for name in "abc"]  # reach/good is answered by three


def test_a_cell_that_one_or_two_gave_a_level_is_withheld_until_they_agree_or_a_third_does() -> None:
    login = [says("a", login=0), says("b", login=1)]
    cell = cells_of(*THREE, *login)["reach/safe"]
    assert (cell.withheld, cell.score, cell.low, cell.high, cell.gap, cell.base) == (True, *[None] * 4, 0)
    assert [(one.state, one.level, one.gap) for one in cell.questions] == [(State.UNKNOWN, None, None)]
    assert cells_of(*THREE, *login, says("c", login="?"))["reach/safe"].withheld
    assert cells_of(*THREE, *login, agreeing={"a"})["reach/safe"].withheld
    assert cells_of(*THREE, *login, agreeing={"a", "b"})["reach/safe"].score == Fraction(1, 2)
    assert cells_of(*THREE, *login, says("c", login=4))["reach/safe"].score == 1


def test_a_withheld_cell_is_the_same_whatever_one_or_two_people_said() -> None:
    # tools has a target of its own, locks is shown from keys 1 on
    for cell, key in (("reach/safe", "login"), ("work/good", "tools"), ("work/safe", "keys")):
        answers: tuple[int | str, ...] = ("-", "?", 0, 4, "2?")
        found = [cells_of(*THREE, says("a", **{key: said}))[cell] for said in answers]
        assert found[0].withheld
        assert all(one == found[0] for one in found)
    followed = cells_of(*THREE, says("a", keys=3, locks="?"), says("b", keys="-"))["work/safe"]
    assert followed == cells_of(*THREE, says("a", keys=0))["work/safe"]


def test_a_follow_up_that_waits_looks_like_one_that_never_came() -> None:
    people = [says(name, news=2, keys=0) for name in "ab"]
    waits = cells_of(*people, says("c", news=2, keys=1))["work/safe"]
    assert [one.state for one in waits.questions] == [State.LEVEL, State.HIDDEN, State.HIDDEN]
    answered = cells_of(*people, says("c", news=2, keys=1, locks=3))["work/safe"]
    assert answered.questions[1].closed


def test_three_who_do_not_know_say_so_together() -> None:
    cell = cells_of(*THREE, *(says(name, login="?") for name in "abc"))["reach/safe"]
    assert (cell.withheld, cell.applicable, cell.questions[0].unknown) == (False, 1, 3)


def test_a_withheld_cell_opens_when_all_who_answered_it_agree() -> None:
    people = (*THREE, says("a", login=2), says("b", login="?"))
    assert cells_of(*people, agreeing={"a"})["reach/safe"].withheld
    assert cells_of(*people, agreeing={"a", "b"})["reach/safe"].score == 2


def test_a_consensus_that_something_does_not_apply_is_not_withheld() -> None:
    responses = [one for own in (*THREE, says("a", tasks=2)) for one in own]
    agreed = (Consensus("files", None),)
    found = score_for_all(small(), asked=ALL, responses=responses, agreeing=(), consensus=agreed)
    cell = found.cell("work/good")
    assert [one.state for one in cell.questions] == [State.NOT_APPLICABLE, State.UNKNOWN, State.UNANSWERED]
    assert (cell.withheld, cell.applicable) == (True, 1)


def test_a_withheld_cell_stays_out_of_every_mean() -> None:
    responses = [one for own in (*THREE, says("a", login=0)) for one in own]
    found = score_for_all(small(), asked=ALL, responses=responses, agreeing=())
    assert (found.areas["reach"], found.qualities["safe"], found.overall) == (2, None, 2)


def test_three_who_each_gave_one_level_in_a_cell_have_a_score_and_no_question() -> None:
    cell = cells_of(*THREE, says("a", files=1), says("b", tasks=2), says("c", tools=3))["work/good"]
    assert (cell.withheld, cell.score) == (False, Fraction(1 + 2 * 2 + 3 * 3, 6))
    assert all(one.closed for one in cell.questions)


def test_the_target_of_a_closed_question_tells_nothing() -> None:
    people = (*THREE, says("a", files=1), says("b", tasks=2), says("c", tools=3))
    gaps = {
        level: cells_of(*people, targets=Targets(questions={"files": level}))["work/good"].gap
        for level in range(5)
    }
    assert len(set(gaps.values())) == 1
    by_cell = cells_of(*people, targets=Targets(questions={"files": 4}, cells={"work/good": 4}))["work/good"]
    assert by_cell.gap == Fraction(3 + 2 * 2 + 3 * 1, 6)


def test_answers_that_their_author_is_not_shown_make_no_third_person() -> None:
    # locks is shown from keys 1 on: c said 0, so their answer to locks does not count
    people = (says("a", keys="-", locks=3), says("b", keys=1, locks=3), says("c", keys=0, locks=3))
    cell = cells_of(*THREE, *people)["work/safe"]
    assert cell.withheld


def test_nothing_is_closed_where_three_answered_everything() -> None:
    everything = dict.fromkeys(ALL, 2)
    responses = [one for name in "abc" for one in says(name, **everything)]
    assert score_for_all(small(), asked=ALL, responses=responses, agreeing=()) == score(
        small(), asked=ALL, responses=responses
    )
