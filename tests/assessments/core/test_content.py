"""Reading content files: what is taken, and the one line that says what is wrong."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.core.content import (
    ContentError,
    ContentModel,
    Day,
    Flag,
    Key,
    Level,
    Number,
    Text,
    Whole,
    Word,
    check,
    circle,
    load,
    parse_yaml,
    read_yaml,
)


class Row(ContentModel):
    key: Key
    title: Text
    count: Whole = 0
    price: Number = Decimal(0)
    level: Level = 0
    on: Day | None = None
    open: Flag = False
    note: Word = "-"


class Sheet(ContentModel):
    rows: tuple[Row, ...]


def lines_of(data: bytes) -> list[str]:
    with pytest.raises(ContentError) as caught:
        parse_yaml(data, name="x.yaml")
    return caught.value.lines


def row_lines(**fields: object) -> list[str]:
    row = {"key": "one-row", "title": {"en": "One"}, **fields}
    with pytest.raises(ContentError) as caught:
        check(Sheet, {"rows": [row]}, name="x.yaml")
    return caught.value.lines


def test_text_falls_back_to_english() -> None:
    text = Text({"en": "Hello", "es": "Hola"})
    assert [text.in_(code) for code in ("en", "es", "es-mx", "fr")] == ["Hello", "Hola", "Hola", "Hello"]
    assert text == Text({"es": "Hola", "en": "Hello"})
    assert hash(text) == hash(Text({"es": "Hola", "en": "Hello"}))
    assert dict(text) == {"en": "Hello", "es": "Hola"}


def test_reads_numbers_exactly(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("a: 0.1\nb: 7\nc: '07'\nd: 2026-03-16\ne: null\n", encoding="utf-8")
    assert read_yaml(path) == {"a": Decimal("0.1"), "b": 7, "c": "07", "d": date(2026, 3, 16), "e": None}


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"a: &x 1\nb: 2\n", "x.yaml: line 1: an anchor (&) is not allowed"),
        (b"a: !!binary aGk=\n", "x.yaml: line 1: a tag (!) is not allowed"),
        (b"a: 1\nb: 2\na: 3\n", "x.yaml: line 3: key 'a' is written twice in one mapping"),
        (b"on: 1\n", "x.yaml: line 1: key 'on' needs quotes: YAML does not read it as a text"),
        (b"<<: {a: 1}\n", "x.yaml: line 1: key '<<' needs quotes: YAML does not read it as a text"),
        (b"[a]: 1\n", "x.yaml: line 1: a key must be a text"),
        (b"a: " + b"[" * 21 + b"]" * 21, "x.yaml: line 1: is nested more than 20 levels deep"),
        (b"a: \xff\n", "x.yaml: (file): is not UTF-8 text (byte 4)"),
        (b"a: [1\n", "x.yaml: line 2: not valid YAML: did not find expected ',' or ']'"),
        (b"a: 010\n", "x.yaml: line 1: not valid YAML: '010' is not a plain whole number"),
        (b"a: 1:30\n", "x.yaml: line 1: not valid YAML: '1:30' is not a plain whole number"),
        (b"a: .inf\n", "x.yaml: line 1: not valid YAML: '.inf' is not a plain number"),
        (b"", "x.yaml: (file): is empty"),
        (b"- 1\n", "x.yaml: (file): must be a mapping at the top, is a list"),
        (b"a: 1\n---\nb: 2\n", "x.yaml: line 2: not valid YAML: but found another document"),
        (
            b"a: 2026-02-31\n",
            "x.yaml: (file): has a value that cannot be read: day is out of range for month",
        ),
        (b"#" * (1024 * 1024 + 1), "x.yaml: (file): is larger than 1 MiB"),
    ],
)
def test_refuses_with_one_line(data: bytes, line: str) -> None:
    assert lines_of(data) == [line]


def test_an_alias_is_refused_before_it_is_followed() -> None:
    bomb = b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    assert lines_of(bomb)[-1] == "x.yaml: line 3: an alias (*) is not allowed"


def test_very_deep_nesting_is_refused_without_recursion() -> None:
    assert lines_of(b"[" * 200_000) == ["x.yaml: line 1: not valid YAML: exceeded maximum nesting depth"]


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        read_yaml(tmp_path / "gone.yaml")
    assert caught.value.lines == ["gone.yaml: (file): cannot be read: No such file or directory"]


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"key": "One Row"}, "rows[0].key: must be lower-case words joined by hyphens, is 'One Row'"),
        ({"title": "One"}, "rows[one-row].title: must be a mapping of language to text, is 'One'"),
        ({"title": {"es": "Uno"}}, "rows[one-row].title: the English text (en) is missing"),
        ({"title": {"en": " "}}, "rows[one-row].title: the text in en must not be empty, is ' '"),
        ({"title": {"en": "x", "Eng": "x"}}, "rows[one-row].title: 'Eng' is not a language code"),
        ({"count": "3"}, "rows[one-row].count: must be a whole number, is '3'"),
        ({"count": True}, "rows[one-row].count: must be a whole number, is true"),
        ({"count": Decimal("1.0")}, "rows[one-row].count: must be a whole number, is 1.0"),
        ({"price": "1"}, "rows[one-row].price: must be a number, is '1'"),
        ({"level": 5}, "rows[one-row].level: must be 4 or less, is 5"),
        ({"level": -1}, "rows[one-row].level: must be 0 or more, is -1"),
        ({"on": "soon"}, "rows[one-row].on: must be a date such as 2026-03-16, is 'soon'"),
        ({"open": 1}, "rows[one-row].open: must be true or false, is 1"),
        ({"note": ""}, "rows[one-row].note: must be a text that is not empty, is ''"),
        ({"colour": 1}, "rows[one-row].colour: is an unknown key"),
    ],
)
def test_a_wrong_value_is_named_with_its_place(fields: dict[str, object], line: str) -> None:
    assert row_lines(**fields) == [f"x.yaml: {line}"]


def test_a_missing_key_and_a_wrong_list_are_named() -> None:
    with pytest.raises(ContentError) as caught:
        check(Sheet, {"rows": [{"key": "a"}, 7]}, name="x.yaml")
    assert caught.value.lines == [
        "x.yaml: rows[a].title: is missing",
        "x.yaml: rows[1]: must be a mapping, is 7",
    ]
    with pytest.raises(ContentError) as caught:
        check(Sheet, {"rows": 7}, name="x.yaml")
    assert caught.value.lines == ["x.yaml: rows: must be a list, is 7"]


def test_related_findings_come_with_file_and_place(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("rows:\n- {key: a, title: {en: A}}\n", encoding="utf-8")
    assert load(path, Sheet).rows[0].title == Text({"en": "A"})
    with pytest.raises(ContentError) as caught:
        load(path, Sheet, relate=lambda sheet: [("rows", f"has {len(sheet.rows)}"), ("", "is odd")])
    assert caught.value.lines == ["x.yaml: rows: has 1", "x.yaml: (file): is odd"]


def test_circle_names_the_way_round() -> None:
    assert circle({"a": ["b"], "b": ["c"], "c": []}) is None
    found = circle({"a": ["b"], "b": ["a"]})
    assert found is not None
    assert found[0] == found[-1]
    assert set(found) == {"a", "b"}


def test_model_can_be_written_as_json_and_read_again() -> None:
    sheet = check(Sheet, {"rows": [{"key": "a", "title": {"en": "A"}, "on": date(2026, 1, 2)}]}, name="x")
    assert Sheet.model_validate(sheet.model_dump(mode="json", exclude={"rows": {0: {"price"}}})) == sheet
    assert Sheet.model_json_schema()["required"] == ["rows"]


@given(st.binary(max_size=200))
def test_any_bytes_give_data_or_lines(data: bytes) -> None:
    lines, found = [], None
    try:
        found = parse_yaml(data, name="x.yaml")
    except ContentError as error:
        lines = error.lines
    assert isinstance(found, dict) != bool(lines)
    assert all(line.startswith("x.yaml: ") and "\n" not in line for line in lines)
