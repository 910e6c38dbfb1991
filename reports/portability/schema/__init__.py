"""The schema of an export, version 1. Fields that a document has beyond these are refused.

Times are aware ISO 8601, days are ISO, money is whole cents, decimals and fractions are texts, levels are 0..4. A
person is named by their e-mail address, a plan, assessment or report by its number in the organization, a question
by its key. Parts named `computed` are what the rows below them come to; an import works them out again.
"""

from typing import Annotated, Final, Literal

from pydantic import Field

from reports.portability.schema.assessments import (
    AnswerRow,
    AssessmentEventRow,
    AssessmentPart,
    ConsensusRow,
    InstrumentPart,
    RespondentPart,
    TargetRow,
)
from reports.portability.schema.base import Row
from reports.portability.schema.inventory import (
    DeviceRow,
    FactRow,
    InventoryPart,
    LineRow,
    ServiceRow,
    SiteRow,
)
from reports.portability.schema.people import Member, Person, Profile
from reports.portability.schema.plans import (
    DecisionRow,
    GoalRow,
    MarkRow,
    PlanActionRow,
    PlanCostRow,
    PlanEventRow,
    PlanNumberRow,
    PlanPart,
)
from reports.portability.schema.reports import AccessRow, AuditRow, ReportRow, ShareRow, SnapshotPart

__all__ = [
    "FORMAT",
    "VERSION",
    "AccessRow",
    "AnswerRow",
    "AssessmentEventRow",
    "AssessmentPart",
    "AuditRow",
    "ConsensusRow",
    "DecisionRow",
    "DeviceRow",
    "Export",
    "FactRow",
    "GoalRow",
    "InstrumentPart",
    "InventoryPart",
    "LineRow",
    "MarkRow",
    "Member",
    "Person",
    "PlanActionRow",
    "PlanCostRow",
    "PlanEventRow",
    "PlanNumberRow",
    "PlanPart",
    "Profile",
    "ReportRow",
    "RespondentPart",
    "Row",
    "ServiceRow",
    "ShareRow",
    "SiteRow",
    "SnapshotPart",
    "TargetRow",
]

FORMAT: Final = "techplan-organization"
VERSION: Final = 1


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
