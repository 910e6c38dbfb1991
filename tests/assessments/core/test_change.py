"""Change between assessments by hand, and the current state."""

from fractions import Fraction as F

import pytest

from assessments.core.change import CellChange, Shift, Who, compare, current
from assessments.core.scoring import score
from assessments.core.values import Response, Result
from tests.factories.instruments import says, small

ALL = tuple(small().by_key)
QUICK = ("files", "keys", "news", "login")


def scored(answers: list[Response], asked: tuple[str, ...] = ALL) -> Result:
    return score(small(), asked=asked, responses=answers)


def test_a_cell_is_compared_over_its_common_questions() -> None:
    # files (weight 1) 1 -> 2, tools (3) 0 -> 1; tasks has a level only before: left out
    # before (1*1 + 0*3) / 4 = 1/4; after (2*1 + 1*3) / 4 = 5/4
    change = compare(scored(says(files=1, tasks=4, tools=0)), scored(says(files=2, tasks="?", tools=1)))
    assert change.cell("work/good") == CellChange("work/good", Shift(F(1, 4), F(5, 4)), 2)
    assert change.cell("work/good").shift == Shift(F(1, 4), F(5, 4))
    assert Shift(F(1, 4), F(5, 4)).rise == F(1)


def test_asking_more_is_no_change() -> None:
    quick = scored(says(files=2, keys=2, news=2, login=2), asked=QUICK)
    full = scored(says(files=2, tasks=0, tools=0, keys=2, locks=0, news=2, list=0, login=2))
    change = compare(quick, full)
    assert {cell.key: (cell.shift, cell.base) for cell in change.cells} == dict.fromkeys(
        small().cells, (Shift(F(2), F(2)), 1)
    )
    assert change.overall == Shift(F(2), F(2))


def test_means_change_only_where_all_their_cells_were_asked_again() -> None:
    before = scored(says(files=1, keys=1, news=1, login=1), asked=QUICK)
    # asked again: work/good 1 -> 2, work/safe 1 -> 4, reach/good 1 -> 1; not reach/safe
    after = scored(says(files=2, keys=4, news=1), asked=("files", "keys", "news"))
    change = compare(before, after)
    assert change.areas == {"work": Shift(F(1), F(3)), "reach": None}  # (2 + 4) / 2
    assert change.qualities == {"good": Shift(F(1), F(3, 2)), "safe": None}  # (2 + 1) / 2
    assert change.overall is None


def test_a_cell_asked_again_without_a_level_leaves_the_mean_to_the_others() -> None:
    before = scored(says(files=1, keys=3))
    after = scored(says(files=2, keys="?"))
    change = compare(before, after)
    assert change.cell("work/safe") == CellChange("work/safe", None, 0)
    assert change.areas == {"work": Shift(F(1), F(2)), "reach": None}


def test_who_answered_is_counted() -> None:
    change = compare(scored([]), scored([]), who_before=["a", "b", "c"], who_after=["b", "d"])
    assert change.who == Who(before=3, after=2, both=1)


def test_the_current_state_takes_each_cells_latest_score() -> None:
    first = scored(says(files=1, keys=1, news=1))
    second = scored(says(files=3, keys="?"), asked=QUICK)
    now = current(small(), [first, second])
    # work/good from the second; work/safe, reach/good from the first; reach/safe was asked, never scored
    assert [cell.score for cell in now.cells] == [F(3), F(1), F(1), None]
    assert now.cell("work/safe") == first.cell("work/safe")
    assert now.cell("reach/safe") == second.cell("reach/safe")
    assert now.areas == {"work": F(2), "reach": F(1)}  # (3 + 1) / 2
    assert now.overall == F(5, 3)  # (3 + 1 + 1) / 3


def test_a_cell_that_nobody_scored_comes_from_the_last_that_answered_it() -> None:
    first, second = scored(says(login="?")), scored(says(files=1), asked=("files",))
    assert current(small(), [first, second]).cell("reach/safe") == first.cell("reach/safe")
    assert current(small(), [second]).cell("reach/safe") == second.cell("reach/safe")
    with pytest.raises(ValueError, match="no result"):
        current(small(), [])
