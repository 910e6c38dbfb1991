"""The schema of an export, version 1. Fields that a document has beyond these are refused.

Times are aware ISO 8601, days are ISO, money is whole cents, decimals and fractions are texts, levels are 0..4. A
person is named by their e-mail address, a plan, assessment or report by its number in the organization, a question
by its key. Parts named `computed` are what the rows below them come to; an import works them out again.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

FORMAT = "techplan-organization"
VERSION = 1

Line = Annotated[str, Field(max_length=300)]
Prose = Annotated[str, Field(max_length=20_000)]
Key = Annotated[str, Field(max_length=121)]
Address = Annotated[str, Field(max_length=254, pattern=r"^[^@\s]+@[^@\s]+$")]
Whole = Annotated[int, Field(ge=0, le=10**16)]
Level = Annotated[int, Field(ge=0, le=4)]
Computed = dict[str, Any]


class Row(BaseModel):
    """One row: these fields and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True, from_attributes=True)


class Member(Row):
    """What a person is in the organization."""

    role: Literal["director", "editor", "respondent", "consultant", "viewer"]
    title: Line
    may_share: bool
    answers_as: Literal["director", "board", "staff", "tech"]
    joined_at: AwareDatetime


class Person(Row):
    """Somebody who is a member, or who did something here and is none any more (`member` null)."""

    email: Address
    name: Line
    language: Annotated[str, Field(max_length=8)]
    member: Member | None


class Profile(Row):
    """The organization's profile. `logo` is a PNG in base64, or null."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    mission: Prose
    field: Line
    staff_count: Whole
    full_time_equivalents: Decimal
    volunteers: Whole
    devices_count: Whole
    sites_count: Whole
    yearly_budget_cents: int | None
    yearly_technology_budget_cents: int | None
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    language: Literal["en", "es"]
    paper_size: Literal["letter", "a4"]
    is_demo: bool
    created_at: AwareDatetime
    logo: Annotated[str, Field(max_length=8_000_000)] | None


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


class FactRow(Row):
    """A policy, plan or test: there is none, or its day."""

    kind: Key
    exists: bool
    on: date | None


class LineRow(Row):
    """One internet line."""

    kind: Line
    down: Decimal | None
    up: Decimal | None
    yearly_cost_cents: Whole | None
    backup_line: bool | None


class SiteRow(Row):
    """A place of work with its lines."""

    key: Key
    name: Line
    place: Line
    staff: Whole | None
    lines: list[LineRow]


class DeviceRow(Row):
    """Equal devices; `site` is the key of a site."""

    kind: Key
    count: Whole
    year: Whole | None
    os: Line
    supported_until: date | None
    site: Key | None
    used_by: Line
    personal: bool
    condition: Line
    encrypted: Whole | None
    managed: Whole | None


class ServiceRow(Row):
    """A program or online service."""

    name: Line
    purposes: list[Key]
    users: Whole | None
    yearly_cost_cents: Whole | None
    renews_month: Whole | None
    two_step: Line
    shared_login: bool | None
    personal: bool


class InventoryPart(Row):
    """What the organization has on one day."""

    recorded_on: date
    has_technology_owner: bool | None
    technology_owner: Line
    support_hours_a_month: Decimal | None
    training_hours_per_person_last_year: Decimal | None
    backup_second_copy: bool | None
    backup_newest_days: Whole | None
    backup_newest_none: bool
    guest_wifi: bool | None
    accounts_of_leavers: Whole | None
    staff_off_site_share: Decimal | None
    staff_off_site_without_laptop_share: Decimal | None
    yearly_cost_paid_by_ending_grants_share: Decimal | None
    facts: list[FactRow]
    sites: list[SiteRow]
    devices: list[DeviceRow]
    services: list[ServiceRow]


class GoalRow(Row):
    """A goal, in the organization's order."""

    title: Line
    measure: Line
    by: date | None
    areas: list[Key]
    weight: Annotated[int, Field(ge=1, le=3)]
    position: Whole


class DecisionRow(Row):
    """A challenge that somebody accepted or rejected."""

    challenge: Key
    accepted: bool
    reason: Prose
    decided_by: Address | None
    at: AwareDatetime


class MarkRow(Row):
    """An action that somebody marked as done, or as not done."""

    action: Key
    done: bool
    marked_by: Address | None
    at: AwareDatetime


class PlanCostRow(Row):
    """The organization's own figures for one cost row."""

    row: Whole
    number: Whole | None
    one_time_cents: Whole | None
    yearly_cents: Whole | None
    category: Line
    note: Line


class PlanActionRow(Row):
    """What a plan says about one action."""

    key: Key
    chosen: bool
    must_have: bool
    excluded: bool
    excluded_reason: Line
    by_hand: bool
    owner: Line
    start: Whole | None
    without_help: bool
    is_own: bool
    title: Line
    summary: Prose
    kind: Line
    lifts: list[dict[str, Any]]
    weeks: Whole | None
    hours: Whole | None
    costs: list[PlanCostRow]


class PlanNumberRow(Row):
    """A number that the inventory does not give."""

    count: Key
    number: Whole


class PlanEventRow(Row):
    """What happened to a plan."""

    kind: Key
    user: Address | None
    detail: dict[str, Any]
    at: AwareDatetime


class PlanPart(Row):
    """One plan. `computed` holds challenge strengths with contributions, candidates, and costs by year."""

    number: Whole
    title: Line
    assessments: list[Whole]
    state: Literal["draft", "proposed", "approved", "under-way", "finished"]
    start_year: Whole
    start_quarter: Annotated[int, Field(ge=1, le=4)]
    horizon_years: Whole
    budget_cents: Whole | None
    yearly_limit_cents: Whole | None
    hours_per_quarter: Whole | None
    approved_on: date | None
    approved_by: Line
    created_by: Address | None
    created_at: AwareDatetime
    updated_at: AwareDatetime
    revision: Whole
    actions: list[PlanActionRow]
    numbers: list[PlanNumberRow]
    events: list[PlanEventRow]
    computed: Computed


class SnapshotPart(Row):
    """A frozen document; reports name it by `key`, which counts from 1 in order of time."""

    key: Whole
    plan: Whole | None
    document: dict[str, Any]
    created_by: Address | None
    created_at: AwareDatetime


class ReportRow(Row):
    """What is known of a report; its file is made again from the snapshot."""

    number: Whole
    snapshot: Whole
    audience: Literal["own", "share"]
    options: dict[str, Any]
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


class Export(Row):
    """Everything of one organization."""

    format: Literal["techplan-organization"]
    version: Literal[1]
    slug: Annotated[str, Field(pattern=r"^[-a-zA-Z0-9_]{1,80}$")]
    organization: Profile
    people: list[Person]
    instruments: list[InstrumentPart]
    assessments: list[AssessmentPart]
    inventory: InventoryPart | None
    goals: list[GoalRow]
    challenge_decisions: list[DecisionRow]
    action_marks: list[MarkRow]
    plans: list[PlanPart]
    snapshots: list[SnapshotPart]
    reports: list[ReportRow]
    shares: list[ShareRow]
    audit: list[AuditRow]
