"""The last day of free security updates by operating system. Plain Python, no framework.

The names are those of the inventory, matched exactly. A name that the table lacks is unknown: neither
supported nor past support. `ends` None: still supported, no day announced. Source: each row names its own.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from assessments.core.content import ContentModel, Day, Finding, Flag, Word, load, show


class SupportEnd(ContentModel):
    """One operating system. `unverified` = no source was read for the day."""

    key: Word
    ends: Day | None
    source: Word
    checked: Day
    note: Word | None = None
    unverified: Flag = False


def read_support_ends(path: Path) -> dict[str, date | None]:
    """Return the day by name; raises ContentError with a line an error."""
    return {row.key: row.ends for row in read_support_rows(path)}


def read_support_rows(path: Path) -> tuple[SupportEnd, ...]:
    """Return the rows with their sources; raises ContentError with a line an error."""
    return load(path, tuple[SupportEnd, ...], top=list, relate=_relate)


def _relate(rows: tuple[SupportEnd, ...]) -> Iterator[Finding]:
    for key, times in Counter(row.key for row in rows).items():
        if times > 1:
            yield "", f"{show(key)} comes {times} times"
