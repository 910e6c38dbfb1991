"""Which questions keep their figures to themselves, by hand."""

from collections.abc import Collection

from assessments.core.scoring import score
from assessments.core.values import Consensus, Response
from assessments.core.views import closed_where_few
from tests.factories.instruments import says, small

ALL = tuple(small().by_key)


def closed(
    *people: list[Response], agreeing: Collection[str] = (), consensus: tuple[Consensus, ...] = ()
) -> set[str]:
    responses = [response for own in people for response in own]
    result = score(small(), asked=ALL, responses=responses, consensus=consensus)
    shown = closed_where_few(result, responses=responses, agreeing=agreeing)
    assert [cell.score for cell in shown.cells] == [cell.score for cell in result.cells]
    return {one.key for one in shown.questions if one.closed}


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
