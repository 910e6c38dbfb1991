"""What was asked and answered, and what was wanted."""

from datetime import date
from typing import Any, Literal

from pydantic import AwareDatetime

from reports.portability.schema.base import Address, Computed, Key, Level, Line, Prose, Row, Whole


class InstrumentPart(Row):
    """The exact wording that answers were given to."""

    slug: Key
    version: Whole
    document: dict[str, Any]


class AnswerRow(Row):
    """One answer, or one earlier state of it (`at` is when it was saved)."""

    question: Key
    kind: Literal["level", "not-applicable", "dont-know"]
    level: Level | None
    guess: bool
    note: Prose
    reason: Prose
    revision: Whole
    at: AwareDatetime


class RespondentPart(Row):
    """One person's answers and every change of them. `person` is null when their account is gone."""

    person: Address | None
    name: Line
    group: Literal["director", "board", "staff", "tech"]
    named: bool
    agrees_to_show: bool
    created_at: AwareDatetime
    answers: list[AnswerRow]
    changes: list[AnswerRow]


class ConsensusRow(Row):
    """What was agreed on for one question; level null: it does not apply."""

    question: Key
    level: Level | None
    recorded_by: Address | None
    at: AwareDatetime


class TargetRow(Row):
    """A wanted level of a question, or (question null) of a cell."""

    question: Key | None
    cell: Key
    level: Level
    reason: Prose
    by: date | None
    set_by: Address | None
    at: AwareDatetime


class AssessmentEventRow(Row):
    """What happened to an assessment."""

    kind: Key
    user: Address | None
    reason: Prose
    at: AwareDatetime


class AssessmentPart(Row):
    """One assessment with all answers. `computed` holds levels, scores, ranges, targets and gaps."""

    number: Whole
    instrument: Key
    instrument_version: Whole
    kind: Literal["quick", "full", "follow-up"]
    cells: list[Key]
    state: Literal["draft", "open", "review", "closed"]
    started_by: Address | None
    created_at: AwareDatetime
    opened_at: AwareDatetime | None
    closed_at: AwareDatetime | None
    last_activity: AwareDatetime | None
    events: list[AssessmentEventRow]
    respondents: list[RespondentPart]
    consensus: list[ConsensusRow]
    targets: list[TargetRow]
    computed: Computed
