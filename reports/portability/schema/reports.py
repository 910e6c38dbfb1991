"""What left the house, and what happened."""

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field

from reports.portability.schema.base import Address, Key, Line, Prose, Row, Whole


class SnapshotPart(Row):
    """A frozen document; reports name it by `key`, which counts from 1 in order of time."""

    key: Whole
    plan: Whole | None
    document: dict[str, Any]
    created_by: Address | None
    created_at: AwareDatetime


class OptionsRow(Row):
    """How a report is rendered, and which sensitive parts are in it; those of a share's rendering follow the share."""

    language: Literal["en", "es"]
    paper: Literal["letter", "a4"]
    security: bool
    notes: bool
    appendix: bool
    names: bool


class ReportRow(Row):
    """What is known of a report; its file is made again from the snapshot."""

    number: Whole
    snapshot: Whole
    audience: Literal["own", "share"]
    options: OptionsRow
    pages: Whole | None
    requested_by: Address | None
    created_at: AwareDatetime
    ready_at: AwareDatetime | None


class AccessRow(Row):
    """One view or download by a link."""

    kind: Literal["viewed", "downloaded"]
    user: Address | None
    at: AwareDatetime


class ShareRow(Row):
    """Who was shown what, until when. Links are not exported: on another site the old ones open nothing."""

    report: Whole
    recipient: Line
    recipient_email: Annotated[str, Field(max_length=254)]
    message: Prose
    with_security: bool
    with_notes: bool
    with_appendix: bool
    with_names: bool
    expires_at: AwareDatetime
    revoked_at: AwareDatetime | None
    created_by: Address | None
    created_at: AwareDatetime
    accesses: list[AccessRow]


class AuditRow(Row):
    """One event of the audit trail."""

    kind: Key
    user: Address | None
    detail: dict[str, Any]
    at: AwareDatetime
