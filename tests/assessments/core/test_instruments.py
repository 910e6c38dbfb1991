"""Instruments: what is read, and the one line for what is wrong."""

from typing import Any

import pytest

from assessments.core.canonical import digest
from assessments.core.content import ContentError
from assessments.core.instruments import Instrument, checked_instrument, document
from tests.factories.instruments import MATURITY, SOCIAL, question, shipped, small, small_document


def lines_of(data: dict[str, Any]) -> list[str]:
    with pytest.raises(ContentError) as caught:
        checked_instrument(data, name="small.yaml")
    return [line.removeprefix("small.yaml: ") for line in caught.value.lines]


def changed(key: str, **fields: Any) -> dict[str, Any]:
    """Return the small document with one question changed."""
    data = small_document()
    data["questions"] = [{**one, **fields} if one["key"] == key else one for one in data["questions"]]
    return data


@pytest.mark.parametrize(("slug", "quick", "full", "cells"), [(SOCIAL, 12, 48, 12), (MATURITY, 4, 36, 4)])
def test_the_shipped_instruments_are_right(slug: str, quick: int, full: int, cells: int) -> None:
    instrument = shipped(slug)
    assert (instrument.slug, instrument.version) == (slug, 1)
    assert [len(instrument.asked("quick")), len(instrument.asked("full"))] == [quick, full]
    assert len(instrument.cells) == cells
    assert all(set(one.text) == {"en", "es"} for one in instrument.questions)


def test_cells_come_in_the_order_of_areas_and_qualities() -> None:
    assert small().cells == ("work/good", "work/safe", "reach/good", "reach/safe")
    assert [one.key for one in small().by_cell["work/safe"]] == ["keys", "locks", "guards"]


def test_a_form_asks_its_questions_in_order() -> None:
    def keys(kind: str, cells: tuple[str, ...] = ()) -> list[str]:
        return [one.key for one in small().asked(kind, cells)]

    assert keys("quick") == ["files", "keys", "news", "login"]
    assert keys("full") == ["files", "tasks", "tools", "keys", "locks", "guards", "news", "list", "login"]
    assert keys("follow-up", ("reach/safe", "reach/good")) == ["news", "list", "login"]
    with pytest.raises(ValueError, match="'short' is not a kind of form"):
        keys("short")


def test_a_document_is_read_again_and_its_digest_stays() -> None:
    instrument = shipped()
    plain = document(instrument)
    assert Instrument.model_validate(plain) == instrument
    assert digest(plain) == digest(dict(reversed(plain.items())))
    assert digest(plain) != digest({**plain, "version": 2})


def test_the_json_schema_closes_every_mapping() -> None:
    schema = Instrument.model_json_schema()
    assert schema["additionalProperties"] is False
    assert all(part["additionalProperties"] is False for part in schema["$defs"].values())


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (changed("files", weight=4), ["questions[files].weight: must be 3 or less, is 4"]),
        (changed("files", weight=0), ["questions[files].weight: must be 1 or more, is 0"]),
        (changed("files", target=5), ["questions[files].target: must be 4 or less, is 5"]),
        (
            changed("files", levels=[{"en": "x"}] * 4),
            ["questions[files].levels: must have 5 or more items, has 4"],
        ),
        (
            changed("files", levels=[{"en": "x"}] * 6),
            ["questions[files].levels: must have 5 items at most, has 6"],
        ),
        (
            changed("files", ask=["boss"]),
            ["questions[files].ask[0]: 'boss' is not one of: 'director', 'staff', 'tech'"],
        ),
        (changed("files", challenges=[]), ["questions[files].challenges: must have 1 or more items, has 0"]),
        (changed("files", challenges=["a", "a"]), ["questions[files].challenges: 'a' comes 2 times"]),
        (changed("files", colour="red"), ["questions[files].colour: is an unknown key"]),
        (
            changed("tasks", area="wrok"),
            ["questions[tasks].area: 'wrok' is not an area of this instrument"],
        ),
        (
            changed("tasks", quality="best"),
            ["questions[tasks].quality: 'best' is not a quality of this instrument"],
        ),
        (changed("tasks", quick=True), ["questions: work x good needs exactly one quick question, has 2"]),
        (changed("files", quick=False), ["questions: work x good needs exactly one quick question, has 0"]),
        (
            changed("files", show_if={"question": "tasks", "at_least": 1}),
            ["questions[files].show_if: a quick question is always asked"],
        ),
        (
            changed("locks", show_if={"question": "kyes", "at_least": 1}),
            ["questions[locks].show_if.question: 'kyes' is not a question of this instrument"],
        ),
        (
            changed("locks", show_if={"question": "locks", "at_least": 1}),
            ["questions: show_if conditions go in a circle: locks -> locks"],
        ),
        ({**small_document(), "version": 0}, ["version: must be 1 or more, is 0"]),
        ({**small_document(), "minutes": {"quick": 9, "full": 5}}, ["minutes: quick is longer than full"]),
        (
            {**small_document(), "scale": small_document()["scale"][::-1]},
            ["scale: must have the levels 0, 1, 2, 3 and 4, in this order"],
        ),
        (
            {
                **small_document(),
                "questions": [*small_document()["questions"], question("list", "reach/good")],
            },
            ["questions: 'list' comes 2 times"],
        ),
    ],
)
def test_what_is_wrong_is_one_line(data: dict[str, Any], lines: list[str]) -> None:
    assert lines_of(data) == lines


def test_all_errors_are_told_at_once() -> None:
    data = changed("files", weight=9)
    del data["credits"]
    assert lines_of(data) == ["credits: is missing", "questions[files].weight: must be 3 or less, is 9"]
