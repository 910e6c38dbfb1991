"""A result as it is stored: plain data for JSON, and what lists sort by. Plain Python, no framework.

Fractions are written "7/3"; numbers for sorting are rounded half up to four places. Every stored cell can
be told again from the answers: stored rows save time, they never hold anything of their own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from assessments.core.instruments import Instrument
from assessments.core.scoring import plain_mean, rounded
from assessments.core.values import CellResult, Result

PLACES = 4
Rows = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Summary:
    """What lists show and sort by. Of equals, the first key is the weakest, and has the biggest gap."""

    areas: Mapping[str, float | None]
    overall: Decimal | None
    weakest_cell: str
    biggest_gap_cell: str
    biggest_gap: Decimal | None


def stored(result: Result) -> Rows:
    """Return the cells of a result as plain data."""
    return stored_cells(result.cells)


def stored_cells(cells: Iterable[CellResult]) -> Rows:
    """Return cells as plain data."""
    return {cell.key: _row(cell) for cell in cells}


def merged(instrument: Instrument, earlier: Mapping[str, dict[str, Any]], cells: Rows) -> Rows:
    """Return the current row of each cell, by the rule of `change.current`."""
    # Of rows of one rank `max` takes the first, which is the later assessment's.
    return {
        key: max([cells[key], *([earlier[key]] if key in earlier else [])], key=_rank)
        for key in instrument.cells
    }


def summary(instrument: Instrument, rows: Mapping[str, dict[str, Any]]) -> Summary:
    """Return the means and the extremes of stored rows."""
    scores = {key: _fraction(row["score"]) for key, row in rows.items()}
    gaps = {key: gap for key, row in rows.items() if (gap := _fraction(row["gap"]))}
    known = {key: score for key, score in scores.items() if score is not None}
    means = {
        area.key: plain_mean(score for key, score in known.items() if key.partition("/")[0] == area.key)
        for area in instrument.areas
    }
    biggest = min(gaps, key=lambda key: (-gaps[key], key), default="")
    overall = plain_mean(known.values())
    return Summary(
        areas={area: None if mean is None else float(rounded(mean, PLACES)) for area, mean in means.items()},
        overall=None if overall is None else rounded(overall, PLACES),
        weakest_cell=min(known, key=lambda key: (known[key], key), default=""),
        biggest_gap_cell=biggest,
        biggest_gap=rounded(gaps[biggest], PLACES) if biggest else None,
    )


def _row(cell: CellResult) -> dict[str, Any]:
    return {
        **{name: _text(getattr(cell, name)) for name in ("score", "low", "high", "target", "gap")},
        "base": cell.base,
        "applicable": cell.applicable,
    }


def _rank(row: Mapping[str, Any]) -> int:
    """Rank a row: a score goes before an answer without a level, and that before nothing."""
    return 2 if row["score"] is not None else bool(row["applicable"])


def _text(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)
