"""The targets that an organization has set in one assessment."""

from assessments.models import Assessment, InstrumentVersion, Target
from assessments.selectors.instruments import question_keys
from organizations.models import Organization


def targets_of(assessment: Assessment) -> dict[str, Target]:
    """Return the targets by the key of their question, or of their cell ("area/quality")."""
    keys = question_keys(assessment.instrument)
    return {
        keys[target.question_id] if target.question_id is not None else target.cell: target
        for target in Target.objects.filter(assessment=assessment)
    }


def last_with_targets(
    organization: Organization, instrument: InstrumentVersion, *, before: int | None = None
) -> Assessment | None:
    """Return the last assessment with these questions, if targets were set in it; None if not.

    `before` is a number: those from it on are not looked at.
    """
    found = Assessment.objects.filter(organization=organization, instrument__slug=instrument.slug)
    if before is not None:
        found = found.filter(number__lt=before)
    last = found.select_related("instrument").defer("instrument__document").order_by("-number").first()
    return last if last is not None and last.targets.exists() else None
