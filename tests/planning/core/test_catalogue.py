"""The shipped catalogue is right, and a wrong one gets a line an error."""

import shutil
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from assessments.core.content import SHIPPED as INSTRUMENTS
from assessments.core.content import ContentError
from assessments.core.instruments import read_instrument
from planning.core.catalogue import SHIPPED, check_catalogue, read_catalogue
from planning.core.values import CostRow, DoneWhen, Lift


def instruments() -> list[Any]:
    return [read_instrument(path) for path in sorted((INSTRUMENTS / "instruments").glob("*.yaml"))]


def test_the_shipped_catalogue_is_right() -> None:
    catalogue = read_catalogue()
    assert (len(catalogue.challenges), len(catalogue.actions)) == (38, 65)
    assert check_catalogue(catalogue, instruments()) == []


def test_an_action_becomes_exact_arithmetic() -> None:
    action = read_catalogue().arithmetic["replace-aging-computers"]
    assert action.requires == ("keep-an-inventory", "set-a-replacement-cycle")
    assert action.hours == Fraction(20)
    assert action.training_hours_per_person == Fraction(1, 2)
    assert action.lifts[0] == Lift("social-media-alignment/multimedia/efficient", Fraction(1))
    row = action.costs[0]
    assert (row.one_time, row.yearly) == ((35000, 130000), (9000, 32500))
    assert isinstance(row, CostRow)
    assert row.count == "computers-older-than-5-years"
    assert read_catalogue().arithmetic["use-a-password-manager"].done_when == DoneWhen(
        "service-for", "passwords"
    )


@pytest.mark.parametrize(
    ("file", "old", "new", "line"),
    [
        (
            "actions.yaml",
            "resolves: [aging-hardware]",
            "resolves: [aging-software]",
            "actions.yaml: [extend-good-computers].resolves: 'aging-software' is not a challenge",
        ),
        (
            "actions.yaml",
            "requires: [keep-an-inventory, set-a-replacement-cycle]",
            "requires: [keep-a-list]",
            "actions.yaml: [replace-aging-computers].requires: 'keep-a-list' is not an action",
        ),
        (
            "actions.yaml",
            "count: slow-sites",
            "count: devices-past-support",
            "actions.yaml: [upgrade-internet-line].costs[0].count: "
            "'devices-past-support' goes with the basis per-device",
        ),
        (
            "actions.yaml",
            "done_when: {fact: service-for, is: passwords}",
            "done_when: {fact: service-for, is: secrets}",
            "actions.yaml: [use-a-password-manager].done_when: "
            "'service-for': 'secrets' is not a fact that the inventory gives",
        ),
        (
            "challenges.yaml",
            '  inventory_rule: "more than 25 % of computers in use are older than 5 years, '
            'or at least one is older than 8 years"\n',
            "",
            "challenges.yaml: [aging-hardware].inventory_rule: is missing",
        ),
    ],
)
def test_a_wrong_file_gets_one_clear_line(file: str, old: str, new: str, line: str, tmp_path: Path) -> None:
    for name in ("actions.yaml", "challenges.yaml"):
        shutil.copy(SHIPPED / name, tmp_path / name)
    text = (tmp_path / file).read_text()
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new, 1))
    with pytest.raises(ContentError) as caught:
        read_catalogue(tmp_path)
    assert line in caught.value.lines


def test_values_out_of_bounds_are_refused(tmp_path: Path) -> None:
    for name in ("actions.yaml", "challenges.yaml"):
        shutil.copy(SHIPPED / name, tmp_path / name)
    text = (tmp_path / "actions.yaml").read_text()
    text = text.replace("levels: 0.75}", "levels: 2.25}", 1).replace("levels: 0.5}", "levels: 0.3}", 1)
    text = text.replace("staff_hours: [10, 26]", "staff_hours: [26, 10]", 1)
    (tmp_path / "actions.yaml").write_text(text)
    with pytest.raises(ContentError) as caught:
        read_catalogue(tmp_path)
    said = "\n".join(caught.value.lines)
    assert "must be 2 or less" in said
    assert "must be in steps of 0.25" in said
    assert "low (26) is above high (10)" in said


def test_requires_in_a_circle_is_refused(tmp_path: Path) -> None:
    for name in ("actions.yaml", "challenges.yaml"):
        shutil.copy(SHIPPED / name, tmp_path / name)
    text = (tmp_path / "actions.yaml").read_text()
    start = text.index("- key: set-a-replacement-cycle")
    middle = text.index("requires: [keep-an-inventory]", start)
    text = (
        text[:middle]
        + "requires: [replace-aging-computers]"
        + text[middle + len("requires: [keep-an-inventory]") :]
    )
    (tmp_path / "actions.yaml").write_text(text)
    with pytest.raises(ContentError) as caught:
        read_catalogue(tmp_path)
    assert "requires goes in a circle" in "\n".join(caught.value.lines)


def test_a_catalogue_that_does_not_fit_the_instruments(tmp_path: Path) -> None:
    catalogue = read_catalogue()
    lines = check_catalogue(catalogue, instruments()[:1])
    assert lines[0].startswith("actions.yaml: [")
    assert "is not a cell of an instrument" in lines[0]
