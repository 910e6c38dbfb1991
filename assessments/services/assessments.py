"""Start an assessment, continue a quick one as full, close it, reopen it. What happens is recorded."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessments.models import Assessment, AssessmentEvent, InstrumentVersion, Standing
from assessments.selectors.assessments import next_number
from assessments.services.scores import refresh_scores
from assessments.services.targets import take_over_targets
from organizations.models import Organization, User
from organizations.services import record


@transaction.atomic
def start_assessment(
    *,
    organization: Organization,
    instrument: InstrumentVersion,
    kind: str,
    number: int,
    user: User | None,
    at: datetime,
) -> Assessment:
    """Start an assessment with the number that the form was made for; doing it again gives the first one.

    It begins with the targets of the last one with these questions: they are the organization's own decision.
    Raises ValidationError when another one of the same questionnaire is open, or the number was taken meanwhile.
    """
    Organization.objects.select_for_update().get(pk=organization.pk)
    same = Assessment.objects.filter(organization=organization, number=number).first()
    if same is not None:
        if same.started_by_id == (user.pk if user else None) and same.instrument_id == instrument.pk:
            return same
        raise ValidationError(_("Somebody else has just started an assessment. Look at the list first."))
    if number != next_number(organization):
        raise ValidationError(_("This page is out of date. Load it again."))
    not_closed = Assessment.objects.filter(
        organization=organization, instrument__slug=instrument.slug
    ).exclude(state=Assessment.State.CLOSED)
    if kind != Assessment.Kind.FOLLOW_UP and not_closed.exists():
        raise ValidationError(
            _("An assessment with these questions is open already. Go on with it, or close it first.")
        )
    assessment = Assessment.objects.create(
        organization=organization,
        number=number,
        instrument=instrument,
        kind=kind,
        state=Assessment.State.OPEN,
        started_by=user,
        created_at=at,
        opened_at=at,
    )
    _note(assessment, AssessmentEvent.Kind.STARTED, user=user, at=at)
    take_over_targets(assessment=assessment)
    refresh_scores(assessment=assessment, at=at)
    return assessment


@transaction.atomic
def continue_as_full(*, assessment: Assessment, user: User | None, at: datetime) -> Assessment:
    """Ask the full questionnaire from now on; every answer stays. Doing it again changes nothing.

    Raises ValidationError when the assessment is not open for answers.
    """
    locked = _locked(assessment)
    if locked.kind == Assessment.Kind.FULL:
        return locked
    if locked.state != Assessment.State.OPEN:
        raise ValidationError(_("This assessment is not open for answers. Reopen it first."))
    if locked.kind != Assessment.Kind.QUICK:
        raise ValidationError(_("Only the ten-minute check can be continued."))
    locked.kind = Assessment.Kind.FULL
    locked.save(update_fields=["kind"])
    _note(locked, AssessmentEvent.Kind.CONTINUED, user=user, at=at)
    refresh_scores(assessment=locked, at=at)
    return locked


@transaction.atomic
def close_assessment(*, assessment: Assessment, user: User | None, at: datetime) -> Assessment:
    """Close an assessment: no answer changes any more and the scores stay as they are.

    Raises ValidationError when nobody has answered anything. Closing again changes nothing.
    """
    locked = _locked(assessment)
    if locked.state == Assessment.State.CLOSED:
        return locked
    if not locked.respondents.filter(answers__isnull=False).exists():
        raise ValidationError(_("Nobody has answered a question yet, so there is nothing to close."))
    locked.state = Assessment.State.CLOSED
    locked.closed_at = at
    locked.save(update_fields=["state", "closed_at"])
    refresh_scores(assessment=locked, at=at)
    _note(locked, AssessmentEvent.Kind.CLOSED, user=user, at=at)
    record(
        "assessment-closed",
        organization=locked.organization,
        user=user,
        detail={"number": locked.number},
    )
    return locked


@transaction.atomic
def reopen_assessment(*, assessment: Assessment, user: User | None, reason: str, at: datetime) -> Assessment:
    """Open a closed assessment for answers again, and keep why.

    Raises ValidationError without a reason, or when it is not closed.
    """
    if not reason.strip():
        raise ValidationError(_("Say in a sentence why it is opened again."))
    locked = _locked(assessment)
    if locked.state != Assessment.State.CLOSED:
        raise ValidationError(_("This assessment is not closed."))
    locked.state = Assessment.State.OPEN
    locked.closed_at = None
    locked.save(update_fields=["state", "closed_at"])
    _note(locked, AssessmentEvent.Kind.REOPENED, user=user, at=at, reason=reason.strip())
    refresh_scores(assessment=locked, at=at)
    record(
        "assessment-reopened",
        organization=locked.organization,
        user=user,
        detail={"number": locked.number, "reason": reason.strip()},
    )
    return locked


def _locked(assessment: Assessment) -> Assessment:
    """Return the row, locked in the order in which answers lock: the standing first."""
    Standing.objects.select_for_update().filter(assessment=assessment).first()
    return (
        Assessment.objects.select_for_update(of=("self",))
        .select_related("organization", "instrument")
        .get(pk=assessment.pk)
    )


def _note(
    assessment: Assessment, kind: str, *, user: User | None, at: datetime, reason: str = ""
) -> AssessmentEvent:
    return AssessmentEvent.objects.create(assessment=assessment, kind=kind, user=user, reason=reason, at=at)
