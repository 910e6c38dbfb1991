"""Check that every value of an export fits into the column where it goes, the same on every database.

PostgreSQL refuses a number or a text that is too large, SQLite takes it. So it is looked at before anything is
written, by the limits of the model's field: whole numbers by its type, texts by length, decimals by their digits.
A column of one line takes what a form would take for it.
"""

from collections.abc import Iterator
from decimal import Decimal

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.backends.base.operations import BaseDatabaseOperations

from assessments.models import (
    Answer,
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
from organizations.models import AuditEvent, Membership, Organization, User
from organizations.oneline import NotOneLineError, one_line
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

MODELS: dict[type[schema.Row], type[models.Model]] = {
    schema.Person: User,
    schema.Profile: Organization,
    schema.Member: Membership,
    schema.AssessmentPart: Assessment,
    schema.AssessmentEventRow: AssessmentEvent,
    schema.RespondentPart: Respondent,
    schema.AnswerRow: Answer,  # a change of an answer has the same columns
    schema.ConsensusRow: Consensus,
    schema.TargetRow: Target,
    schema.InventoryPart: InventoryRecord,
    schema.FactRow: DatedFact,
    schema.SiteRow: Site,
    schema.LineRow: InternetLine,
    schema.DeviceRow: Device,
    schema.ServiceRow: Service,
    schema.GoalRow: Goal,
    schema.DecisionRow: ChallengeDecision,
    schema.MarkRow: ActionMark,
    schema.PlanPart: Plan,
    schema.PlanActionRow: PlanAction,
    schema.PlanCostRow: PlanCost,
    schema.PlanNumberRow: PlanNumber,
    schema.PlanEventRow: PlanEvent,
    schema.SnapshotPart: Snapshot,
    schema.ReportRow: Report,
    schema.ShareRow: Share,
    schema.AccessRow: ShareAccess,
    schema.AuditRow: AuditEvent,
}


def misfits(row: schema.Row, place: str = "") -> Iterator[str]:
    """Return one line for each value below a row that does not fit, with its place: plans[0].start_year."""
    model = MODELS.get(type(row))
    for name, value in row:
        where = f"{place}.{name}" if place else name
        if isinstance(value, schema.Row):
            yield from misfits(value, where)
        elif isinstance(value, list):
            for number, one in enumerate(value):
                if isinstance(one, schema.Row):
                    yield from misfits(one, f"{where}[{number}]")
        elif model is not None and (why := _misfit(_column(model, name), value)):
            yield f"{where}: {why}"


def _column(model: type[models.Model], name: str) -> object:
    """Return the column of a value; None for what is no column, or leads to another row."""
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return None if field.is_relation else field


def _misfit(field: object, value: object) -> str:
    """Say why a value does not fit; empty when it does."""
    if isinstance(field, models.IntegerField) and isinstance(value, int):
        least, most = BaseDatabaseOperations.integer_field_ranges[field.get_internal_type()]
        return "" if least <= value <= most else f"must be from {least} to {most}"
    if isinstance(field, models.CharField) and isinstance(value, str) and field.max_length is not None:
        if len(value) > field.max_length:
            return f"must have at most {field.max_length} characters"
        return _not_one_line(value)
    if isinstance(field, models.DecimalField) and isinstance(value, Decimal):
        whole = field.max_digits - field.decimal_places
        most = 10**whole
        too_large = abs(value) >= most or abs(round(value, field.decimal_places)) >= most
        return f"must have at most {whole} digits before the point" if too_large else ""
    return ""


def _not_one_line(text: str) -> str:
    """Say why a text is no line of its own; empty when it is."""
    try:
        straight = one_line(text) == text
    except NotOneLineError:
        return "must be one line of characters that can be seen"
    return "" if straight else "holds characters that turn the direction of writing"
