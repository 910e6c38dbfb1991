"""The worked example of docs/arithmetic.md, read from the page and worked out anew."""

from fractions import Fraction
from pathlib import Path

from assessments.core.change import compare
from assessments.core.scoring import rounded, score, word_of
from assessments.core.values import CellResult, Consensus, Response, Result, Targets
from assessments.core.views import Person, two_views
from tests.factories.instruments import say, shipped

PAGE = Path(__file__).parents[3] / "docs" / "arithmetic.md"
CELL = "collaboration/secure"
PREFIX = "collaboration-secure-"
INSTRUMENT = shipped()
TARGETS = Targets(questions={f"{PREFIX}sign-in": 4})


def tables() -> list[list[dict[str, str]]]:
    """Return each table of the page as its rows, by the heads of its columns."""
    found: list[list[list[str]]] = []
    inside = False
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("|"):
            if not inside:
                found.append([])
            found[-1].append([cell.strip() for cell in line.strip("|").split("|")])
        inside = line.startswith("|")
    return [[dict(zip(table[0], row, strict=True)) for row in table[2:]] for table in found]


ANSWERS, QUESTIONS, BEFORE_TALKING, AFTER_TALKING, VIEWS, CHANGE, *_ = tables()
PEOPLE = [name for name in ANSWERS[0] if name != "question"]


def answers() -> list[Response]:
    return [
        say(row["question"], int(row[name]) if row[name].isdigit() else row[name], name)
        for row in ANSWERS
        for name in PEOPLE
    ]


def result(given: list[Response], *agreed: Consensus) -> Result:
    asked = INSTRUMENT.by_key.keys()
    return score(INSTRUMENT, asked=asked, responses=given, consensus=agreed, targets=TARGETS)


def number(text: str) -> Fraction | None:
    return None if text == "none" else Fraction(text)


def figures(cell: CellResult, rows: list[dict[str, str]]) -> dict[str, object]:
    return {row["figure"]: getattr(cell, row["figure"]) for row in rows}


def written(rows: list[dict[str, str]]) -> dict[str, object]:
    return {row["figure"]: Fraction(row["value"]) for row in rows}


def worked_out(how: str) -> Fraction:
    """Return the value of a sum such as "(2 x 2 + 1/2) / 4"."""
    top, _, below = how.rpartition(" / ")
    total = Fraction()
    for part in top.strip("()").split(" + "):
        product = Fraction(1)
        for factor in part.split(" x "):
            product *= Fraction(factor)
        total += product
    return total / int(below)


def test_the_questions_are_as_written() -> None:
    assert [
        {
            "question": one.key,
            **{
                name: str(getattr(one, name)).replace("None", "none")
                for name in QUESTIONS[0]
                if name != "question"
            },
        }
        for one in result(answers()).cell(CELL).questions
    ] == QUESTIONS
    assert [one.knowledge_gap for one in result(answers()).cell(CELL).questions] == [
        False,
        False,
        False,
        True,
    ]


def test_the_cell_is_as_written() -> None:
    cell = result(answers()).cell(CELL)
    assert figures(cell, BEFORE_TALKING) == written(BEFORE_TALKING)
    assert cell.score is not None
    assert cell.low is not None
    assert cell.high is not None
    assert [str(rounded(one)) for one in (cell.score, cell.low, cell.high)] == ["1.8", "1.1", "2.5"]
    assert (word_of(cell.score), cell.wide) == ((2,), True)


def test_the_cell_is_as_written_after_the_talk() -> None:
    cell = result(answers(), Consensus(f"{PREFIX}recovery", 1)).cell(CELL)
    assert figures(cell, AFTER_TALKING) == written(AFTER_TALKING)


def test_each_sum_gives_the_value_beside_it() -> None:
    for row in (*BEFORE_TALKING, *AFTER_TALKING):
        if row["figure"] not in ("base", "applicable"):
            assert worked_out(row["how"]) == Fraction(row["value"]), row


def test_the_views_are_as_written() -> None:
    groups = ("director", "board", "staff", "staff", "tech")
    people = [
        Person(name, group, named=group in groups[:2]) for name, group in zip(PEOPLE, groups, strict=True)
    ]
    asked = INSTRUMENT.by_key.keys()
    views = {
        view.key: view for view in two_views(INSTRUMENT, asked=asked, people=people, responses=answers())
    }
    rows = {row["question"]: row for row in VIEWS}
    pair = views[CELL].pair
    cell = rows.pop("the cell")
    assert pair is not None
    assert (pair.leadership, pair.others, pair.disagree) == (
        number(cell["leadership"]),
        number(cell["others"]),
        True,
    )
    assert {view.key: "no" if view.pair is None else "yes" for view in views[CELL].questions} == {
        key: row["shown"] for key, row in rows.items()
    }
    # with everybody named all of them show
    named = [Person(name, group, named=True) for name, group in zip(PEOPLE, groups, strict=True)]
    open_views = {
        view.key: view for view in two_views(INSTRUMENT, asked=asked, people=named, responses=answers())
    }
    assert {
        one.key: (one.pair.leadership, one.pair.others) for one in open_views[CELL].questions if one.pair
    } == {key: (number(row["leadership"]), number(row["others"])) for key, row in rows.items()}


def test_the_change_is_as_written() -> None:
    later = [say(f"{PREFIX}sign-in", 3), say(f"{PREFIX}leaving", 2), say(f"{PREFIX}file-access", "-")]
    change = compare(result(answers()), result(later)).cell(CELL)
    row = CHANGE[0]
    assert change.shift is not None
    assert (change.shift.before, change.shift.after, change.base) == (
        Fraction(row["before"]),
        Fraction(row["after"]),
        int(row["questions"]),
    )
