"""The targets that an organization has set in one assessment."""

from assessments.models import Assessment, Target
from assessments.selectors.instruments import question_keys


def targets_of(assessment: Assessment) -> dict[str, Target]:
    """Return the targets by the key of their question, or of their cell ("area/quality")."""
    keys = question_keys(assessment.instrument)
    return {
        keys[target.question_id] if target.question_id is not None else target.cell: target
        for target in Target.objects.filter(assessment=assessment)
    }
