"""The table of support ends."""

from datetime import date
from pathlib import Path

import pytest

from assessments.core.content import SHIPPED, ContentError
from assessments.core.support import read_support_ends


def test_the_shipped_table_is_right() -> None:
    table = read_support_ends(SHIPPED / "support-ends.yaml")
    assert (table["Windows 10"], table["Windows 11"]) == (date(2025, 10, 14), None)
    assert len(table) == 55


def test_what_is_wrong_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "support-ends.yaml"
    row = "source: s, checked: 2026-01-02}\n"
    path.write_text(f"- {{key: A, ends: null, {row}- {{key: A, ends: 2026-01-02, {row}", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_support_ends(path)
    assert caught.value.lines == ["support-ends.yaml: (file): 'A' comes 2 times"]
    path.write_text(f"- {{key: A, ends: soon, {row}- {{key: B, {row}", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_support_ends(path)
    assert caught.value.lines == [
        "support-ends.yaml: [0].ends: must be a date such as 2026-03-16, is 'soon'",
        "support-ends.yaml: [1].ends: is missing",
    ]
