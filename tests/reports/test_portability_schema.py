"""A field that a model gains must be in the export, or be named here with why it is not."""

import pytest
from django.db import models

from assessments.models import (
    Answer,
    AnswerChange,
    Assessment,
    AssessmentEvent,
    Consensus,
    DatedFact,
    Device,
    InternetLine,
    InventoryRecord,
    Respondent,
    Service,
    Site,
    Target,
)
from organizations.models import AuditEvent, Membership, Organization
from planning.models import (
    ActionMark,
    ChallengeDecision,
    Goal,
    Plan,
    PlanAction,
    PlanCost,
    PlanEvent,
    PlanNumber,
)
from reports.models import Report, Share, ShareAccess, Snapshot
from reports.portability import schema
from reports.portability.fits import MODELS

ROWS = {
    Organization: schema.Profile,
    Membership: schema.Member,
    Assessment: schema.AssessmentPart,
    AssessmentEvent: schema.AssessmentEventRow,
    Respondent: schema.RespondentPart,
    Answer: schema.AnswerRow,
    AnswerChange: schema.AnswerRow,
    Consensus: schema.ConsensusRow,
    Target: schema.TargetRow,
    InventoryRecord: schema.InventoryPart,
    DatedFact: schema.FactRow,
    Site: schema.SiteRow,
    InternetLine: schema.LineRow,
    Device: schema.DeviceRow,
    Service: schema.ServiceRow,
    Goal: schema.GoalRow,
    ChallengeDecision: schema.DecisionRow,
    ActionMark: schema.MarkRow,
    Plan: schema.PlanPart,
    PlanAction: schema.PlanActionRow,
    PlanCost: schema.PlanCostRow,
    PlanNumber: schema.PlanNumberRow,
    PlanEvent: schema.PlanEventRow,
    Snapshot: schema.SnapshotPart,
    Report: schema.ReportRow,
    Share: schema.ShareRow,
    ShareAccess: schema.AccessRow,
    AuditEvent: schema.AuditRow,
}
LEFT_OUT = {
    Organization: {
        "uuid",  # of this site: the folder of its files
        "slug",  # stands at the top of the document
    },
    Answer: {"saved_at"},  # written as `at`
    InventoryRecord: {"updated_at"},  # when it was saved on this site
    Plan: {
        *("one_time_cents", "total_low_cents", "total_likely_cents", "total_high_cents"),  # worked out again
        *("frontier", "is_newest", "actions_count", "unscheduled_count"),  # worked out again
        *("stale", "counted_through", "moved"),
    },
    Snapshot: {"schema_version", "digest"},  # in the document; made from it
    Report: {
        *("file", "size_bytes", "sha256"),  # made again from the snapshot
        *("content_key", "code", "idempotency_key"),  # of this site
        "notify",  # a letter that has been sent
    },
    Share: {"token_hash"},  # a secret
}


def test_every_row_is_checked_against_the_columns_of_its_model() -> None:
    rows = {row: model for row, model in MODELS.items() if row is not schema.Person}  # found, or made anew
    assert set(rows) == set(ROWS.values())
    assert all(ROWS[model] is row for row, model in rows.items())


@pytest.mark.parametrize("model", ROWS)
def test_every_field_is_in_the_export(model: type[models.Model]) -> None:
    held = {
        field.name
        for field in model._meta.concrete_fields
        if not field.primary_key and not isinstance(field, models.ForeignKey)
    }
    assert held - set(ROWS[model].model_fields) == LEFT_OUT.get(model, set())
