"""Write the assessments and the inventory of an export, then score again."""

from collections.abc import Iterable, Mapping

from django.utils import timezone

from assessments.models import (
    Answer,
    AnswerChange,
    Assessment,
    AssessmentEvent,
    Consensus,
    DatedFact,
    Device,
    InstrumentVersion,
    InternetLine,
    InventoryRecord,
    Respondent,
    Service,
    Site,
    Standing,
    Target,
)
from assessments.selectors import question_ids
from assessments.services.scores import refresh_scores
from organizations.models import Organization
from reports.portability import schema
from reports.portability.people import People

Versions = Mapping[tuple[str, int], InstrumentVersion]
UNDER = {"events", "respondents", "consensus", "targets", "computed", "instrument", "instrument_version"}


def load_assessments(
    parts: Iterable[schema.AssessmentPart], organization: Organization, people: People, versions: Versions
) -> dict[int, Assessment]:
    """Write assessments, oldest first; return them by their numbers."""
    return {
        part.number: _assessment(
            part, organization, people, versions[part.instrument, part.instrument_version]
        )
        for part in sorted(parts, key=lambda part: part.number)
    }


def _assessment(
    part: schema.AssessmentPart, organization: Organization, people: People, version: InstrumentVersion
) -> Assessment:
    own = part.model_dump(exclude={*UNDER, "started_by", "last_activity"})
    assessment = Assessment.objects.create(
        organization=organization, instrument=version, started_by=people.get(part.started_by), **own
    )
    AssessmentEvent.objects.bulk_create(
        AssessmentEvent(assessment=assessment, user=people.get(row.user), **row.model_dump(exclude={"user"}))
        for row in part.events
    )
    ids = question_ids(version)
    for row in part.respondents:
        _respondent(row, assessment, people, ids)
    Consensus.objects.bulk_create(
        Consensus(
            assessment=assessment,
            question_id=ids[row.question],
            recorded_by=people.get(row.recorded_by),
            **row.model_dump(exclude={"question", "recorded_by"}),
        )
        for row in part.consensus
    )
    Target.objects.bulk_create(
        Target(
            assessment=assessment,
            question_id=ids[row.question] if row.question else None,
            set_by=people.get(row.set_by),
            **row.model_dump(exclude={"question", "set_by"}),
        )
        for row in part.targets
    )
    if part.last_activity is not None:
        refresh_scores(assessment=assessment, at=part.last_activity)
        Standing.objects.filter(assessment=assessment).update(last_activity=part.last_activity)
    return assessment


def _respondent(
    part: schema.RespondentPart, assessment: Assessment, people: People, ids: Mapping[str, int]
) -> None:
    respondent = Respondent.objects.create(
        assessment=assessment,
        user=people.get(part.person),
        **part.model_dump(exclude={"person", "answers", "changes"}),
    )
    Answer.objects.bulk_create(
        Answer(
            respondent=respondent,
            question_id=ids[row.question],
            saved_at=row.at,
            **row.model_dump(exclude={"question", "at"}),
        )
        for row in part.answers
    )
    AnswerChange.objects.bulk_create(
        AnswerChange(
            respondent=respondent, question_id=ids[row.question], **row.model_dump(exclude={"question"})
        )
        for row in part.changes
    )


def load_inventory(part: schema.InventoryPart, organization: Organization) -> None:
    """Write the inventory."""
    own = part.model_dump(exclude={"facts", "sites", "devices", "services"})
    record = InventoryRecord.objects.create(organization=organization, updated_at=timezone.now(), **own)
    DatedFact.objects.bulk_create(DatedFact(inventory=record, **row.model_dump()) for row in part.facts)
    sites = {}
    for row in part.sites:
        site = Site.objects.create(inventory=record, **row.model_dump(exclude={"lines"}))
        sites[row.key] = site
        InternetLine.objects.bulk_create(InternetLine(site=site, **line.model_dump()) for line in row.lines)
    Device.objects.bulk_create(
        Device(
            inventory=record,
            site=sites.get(row.site) if row.site else None,
            **row.model_dump(exclude={"site"}),
        )
        for row in part.devices
    )
    Service.objects.bulk_create(Service(inventory=record, **row.model_dump()) for row in part.services)
