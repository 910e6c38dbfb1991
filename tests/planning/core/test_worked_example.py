"""The small plan of docs/arithmetic.md, read from the page and worked out anew."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from assessments.core.values import CellResult, QuestionResult, Result, State
from planning.core.candidates import find_candidates
from planning.core.challenges import find_challenges
from planning.core.choice import choose, project
from planning.core.costs import cost_table
from planning.core.schedule import make_schedule
from planning.core.values import (
    Action,
    Candidates,
    CostRow,
    Findings,
    Goal,
    Lift,
    Limits,
    Numbers,
    OwnFigures,
    OwnRow,
    RuleReading,
    RuleState,
    Spot,
)

PAGE = Path(__file__).parents[3] / "docs" / "arithmetic.md"
AREAS = ("multimedia", "communication")
Rows = list[dict[str, str]]


def tables() -> list[Rows]:
    """Return the tables of the worked plan as rows, by the heads of their columns."""
    text = PAGE.read_text(encoding="utf-8").partition("### A small plan worked by hand")[2]
    found: list[Rows] = []
    for block in text.split("\n\n"):
        lines = [line for line in block.splitlines() if line.startswith("|")]
        if lines:
            head, _, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
            found.append([dict(zip(head, row, strict=True)) for row in rows])
    return found


QUESTIONS, STRENGTHS, PARTS, ACTIONS, GAINS, CHOICES, SCHEDULE, CELLS = tables()


def findings() -> Findings:
    questions = []
    for row in QUESTIONS:
        area, quality = row["cell"].split("/")
        level, names = 3 - Fraction(row["gap"]), tuple(row["challenges"].split(", "))
        same = (State.LEVEL, level, level, level, 3, Fraction(row["gap"]))
        questions.append(
            QuestionResult(row["question"], area, quality, int(row["weight"]), *same, challenges=names)
        )
    cells = []
    for area in AREAS:
        inside = tuple(question for question in questions if question.area == area)
        weight = sum(question.weight for question in inside)
        gap = sum((q.weight * q.gap for q in inside if q.gap is not None), Fraction(0)) / weight
        score = 3 - gap
        cells.append(
            CellResult(
                area, "efficient", score, score, score, Fraction(3), gap, len(inside), len(inside), inside
            )
        )
    readings = {
        "aging-hardware": RuleReading("aging-hardware", RuleState.SHOWN),
        "skills-gap": RuleReading("skills-gap", RuleState.NOT_SHOWN),
    }
    return find_challenges([Result("i", tuple(cells), {}, {}, None)], readings, {})


def cents(text: str) -> tuple[int, int]:
    low, high = text.split("-")
    return int(low) * 100, int(high) * 100


def candidates() -> Candidates:
    actions, figures = {}, {}
    for row in ACTIONS:
        lifts = tuple(
            Lift(f"i/{area}/efficient", Fraction(row[area])) for area in AREAS if Fraction(row[area])
        )
        cost = CostRow("gear", "per-device", cents(row["once"]), cents(row["a year"]))
        hours = Fraction(row["hours"])
        actions[row["action"]] = Action(
            row["action"],
            "gear",
            (row["resolves"],),
            lifts,
            tuple(filter(None, [row["requires"]])),
            int(row["weeks"]),
            (hours, hours),
            costs=(cost,),
        )
        figures[row["action"]] = OwnFigures({0: OwnRow(number=int(row["number"]))})
    goals = [Goal("stories", frozenset({"multimedia"}), 2)]
    return find_candidates(actions, findings(), goals, Numbers(), figures=figures)


def dollars(amount: int) -> Decimal:
    return Decimal(amount) / 100


def test_strengths_and_what_is_shown_first() -> None:
    found = findings()
    assert {one.key: (one.factor, one.strength) for one in found.challenges} == {
        row["challenge"]: (Fraction(row["factor"]), Fraction(row["strength"])) for row in STRENGTHS
    }
    assert found.first == ("aging-hardware",)


def test_parts() -> None:
    assert findings().parts == {
        Spot(f"i/{row['cell']}", row["challenge"]): Fraction(row["part"]) for row in PARTS
    }


def test_gains_and_costs() -> None:
    found = candidates()
    written: dict[str, Any] = {
        row["action"]: (Fraction(row["gain"]), Decimal(row["three years"])) for row in GAINS
    }
    assert {
        key: (one.gain, dollars(one.cost.over(3).likely) if one.cost else None)
        for key, one in found.open.items()
    } == written
    assert choose(found, Limits()).most == Fraction(19, 8)


def test_choices() -> None:
    found = candidates()
    for row in CHOICES:
        choice = choose(found, Limits(int(row["budget"]) * 100))
        assert ", ".join(choice.chosen) == row["chosen"]
        assert (choice.gain, dollars(choice.cost_cents)) == (Fraction(row["gain"]), Decimal(row["cost"]))
        assert ", ".join(f"{one.action}: {one.reason}" for one in choice.left_out) == row["left out"]


def test_schedule_and_money_by_year() -> None:
    found = candidates()
    schedule = make_schedule(found, ("cycle", "replace", "tool"), capacity=Fraction(10))
    table = cost_table(found, schedule)
    assert dollars(table.total.likely) == Decimal("5707.5")
    for row in SCHEDULE:
        placed = schedule.of(row["action"])
        assert placed is not None
        assert (placed.first_week, placed.last_week) == (int(row["first week"]), int(row["last week"]))
        (line,) = table.of(row["action"])
        years = [Decimal(row[f"year {year}"]) for year in (1, 2, 3)]
        assert [dollars(one.likely) for one in line.years] == years


def test_cells_after_the_plan() -> None:
    cells = project(candidates(), findings(), ("cycle", "replace", "tool"))
    assert {cell.key: (cell.score, cell.after) for cell in cells} == {
        f"i/{row['cell']}": (Fraction(row["before"]), Fraction(row["after"])) for row in CELLS
    }
