"""Filling by hand: each level is worked out in the comment beside it."""

from decimal import Decimal, localcontext
from fractions import Fraction as F
from typing import Any

import pytest

from assessments.core.content import Text
from assessments.core.values import Kind
from portfolio.core.cohort import AnswerEntry
from portfolio.core.filling import CellTarget, Filled, cell_targets, draw, fill, look_up, spread_levels
from tests.factories.instruments import small


def entry(**changes: Any) -> AnswerEntry:
    plain = {
        **{"person": "ana", "round": "first", "form": "full", "levels": {}, "fallback": Decimal(2)},
        **{"spread": Decimal(0), "dont-know": {}, "not-applicable": {}},
    }
    return AnswerEntry.model_validate({**plain, **changes})


def levels(filled: tuple[Filled, ...]) -> dict[str, int | str | None]:
    return {one.question: one.kind.value if one.level is None else one.level for one in filled}


@pytest.mark.parametrize(
    ("level", "spread", "count", "found"),
    [
        (F(2), F(0), 3, [2, 2, 2]),
        (F(5, 2), F(1), 1, [3]),  # one question gets just the level; a half goes up
        # wishes 1.25, 1.75, 2.25, 2.75: 1 (carry 0.25); 2.00 is 2 (0); 2.25 is 2 (0.25); 3.00 is 3
        (F(2), F(1), 4, [1, 2, 2, 3]),
        # 0.5 is 1 (carry -0.5); 0.0 is 0 (0); 0.5 is 1; 0.0 is 0
        (F(1, 2), F(0), 4, [1, 0, 1, 0]),
        # wishes 3, 4, 5: 3; 4; 5 is held at 4
        (F(4), F(3, 2), 3, [3, 4, 4]),
        # wishes -0.75, 0.75: -0.75 is held at 0 (carry -0.75); 0.00 is 0
        (F(0), F(3, 2), 2, [0, 0]),
        (F(1), F(1), 0, []),
    ],
)
def test_levels_spread_around_the_wanted_one(level: F, spread: F, count: int, found: list[int]) -> None:
    assert spread_levels(level, spread, count) == found


def test_chance_is_the_digest_of_the_keys() -> None:
    # sha256sum of "corvina-renters|amaya-quiroz|baseline|collaboration-effective-shared-files"
    number, u = draw("corvina-renters", "amaya-quiroz", "baseline", "collaboration-effective-shared-files")
    assert f"{number:064x}" == "f0041318e2b76bad4a2e972f4683ed9e159faf792a98ef6dab257aaf72095da0"
    assert u == F(0xF0041318, 2**32)


def test_the_order_of_levels_is_that_of_the_digests() -> None:
    # level 2, spread 1 in work/good (3 questions): wishes 4/3, 2, 8/3: 1 (carry 1/3); 7/3 is 2 (1/3); 3 is 3
    filled = levels(fill(small(), "org", entry(spread=Decimal(1))))
    drawn = sorted(("files", "tasks", "tools"), key=lambda key: draw("org", "ana", "first", key)[0])
    assert [filled[key] for key in drawn] == [1, 2, 3]


def test_a_cell_has_its_own_level_and_a_quick_form_its_questions() -> None:
    wanted = {"work": {"good": Decimal(4)}, "reach": {"safe": Decimal(1)}}
    assert levels(fill(small(), "org", entry(form="quick", levels=wanted))) == {
        **{"files": 4, "keys": 2, "news": 2, "login": 1}
    }
    only = entry(only=("reach/good",))
    assert levels(fill(small(), "org", only)) == {"news": 2, "list": 2}


def test_shares_decide_what_is_not_known_and_what_does_not_apply() -> None:
    u = draw("org", "ana", "first", "login")[1]
    with localcontext(prec=40):  # 32 binary places need as many decimal ones
        exact = Decimal(u.numerator) / Decimal(u.denominator)
    assert F(exact) == u
    above = exact + Decimal("1e-10")

    def login(**changes: Any) -> int | str | None:
        return levels(fill(small(), "org", entry(**changes)))["login"]

    assert login(**{"dont-know": {"*/*": exact}}) == 2  # u is not below its own value
    assert login(**{"dont-know": {"*/*": above}}) == "dont-know"
    assert login(**{"not-applicable": {"reach/safe": above}, "dont-know": {"*/*": above}}) == "not-applicable"
    # half of it each: together they reach above u
    half = above / 2
    assert login(**{"not-applicable": {"*/*": half}, "dont-know": {"*/*": half}}) == "dont-know"


def test_what_is_not_shown_is_dropped_with_what_hangs_on_it() -> None:
    asked = {"files", "tasks", "tools", "keys", "locks", "guards", "news", "list", "login"}
    # keys needs 1 for locks, locks needs 2 for guards
    assert set(levels(fill(small(), "org", entry(levels={"work": {"safe": Decimal(0)}})))) == asked - {
        *("locks", "guards")
    }
    assert set(levels(fill(small(), "org", entry(levels={"work": {"safe": Decimal(1)}})))) == asked - {
        "guards"
    }
    assert set(levels(fill(small(), "org", entry(**{"dont-know": {"work/safe": Decimal(1)}})))) == asked


def test_a_comment_goes_to_the_first_question_with_a_level() -> None:
    words = {"en": "Slow."}
    filled = fill(small(), "org", entry(comments=[{"cell": "work/good", "text": words}]))
    assert {one.question: one.note for one in filled if one.note} == {"files": Text(words)}
    unknown = entry(**{"dont-know": {"*/*": Decimal(1)}, "comments": [{"cell": "work/good", "text": words}]})
    assert [one.note for one in fill(small(), "org", unknown) if one.note] == []


def test_filling_twice_gives_the_same() -> None:
    one = entry(spread=Decimal("1.5"), **{"dont-know": {"*/safe": Decimal("0.3")}})
    assert fill(small(), "org", one) == fill(small(), "org", one)
    assert {answer.kind for answer in fill(small(), "org", one)} <= {Kind.LEVEL, Kind.UNKNOWN}


def test_the_fewest_stars_win_and_with_one_each_the_area() -> None:
    table = {"*/*": Decimal(1), "*/good": Decimal(2), "work/*": Decimal(3), "work/safe": Decimal(4)}
    cells = ("work/safe", "work/good", "reach/good", "reach/safe")
    assert [look_up(table, cell) for cell in cells] == [Decimal(4), Decimal(3), Decimal(2), Decimal(1)]
    assert look_up({"*/good": Decimal(2)}, "reach/safe") is None


def test_a_target_is_a_whole_level_and_a_half_is_rounded_down_and_said() -> None:
    table = {"*/*": Decimal("3.0"), "work/*": Decimal("2.5"), "reach/safe": Decimal("0.5")}
    assert cell_targets(small(), table, own=True) == {
        "work/good": CellTarget(2, Decimal("2.5")),
        "work/safe": CellTarget(2, Decimal("2.5")),
        "reach/good": CellTarget(3),
        "reach/safe": CellTarget(0, Decimal("0.5")),
    }
    assert cell_targets(small(), table, own=False) == {"reach/safe": CellTarget(0, Decimal("0.5"))}
