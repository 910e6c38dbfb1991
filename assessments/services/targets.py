"""Set the wanted level of a cell or of a question, give it up again, or take over what was wanted before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessments.models import Assessment, Standing, Target
from assessments.selectors.instruments import instrument_content, question_ids
from assessments.selectors.targets import last_with_targets, targets_of
from assessments.services.scores import refresh_scores
from organizations.models import User


@dataclass(frozen=True, slots=True)
class Wish:
    """The target of a cell (`question` empty) or of one question; level None takes the own target away."""

    cell: str
    question: str
    level: int | None
    reason: str = ""
    by: date | None = None


@transaction.atomic
def set_targets(*, assessment: Assessment, wishes: Sequence[Wish], user: User | None, at: datetime) -> None:
    """Set or take away targets and bring the stored gaps up to date. Targets change in any state of an assessment.

    Raises ValidationError for a question or cell that the instrument lacks.
    """
    Standing.objects.select_for_update().filter(assessment=assessment).first()
    instrument = instrument_content(assessment.instrument)
    ids = question_ids(assessment.instrument)
    for wish in wishes:
        if wish.cell not in instrument.by_cell or (wish.question and wish.question not in ids):
            raise ValidationError(_("This is not part of this assessment."))
        where = (
            {"question_id": ids[wish.question], "cell": ""}
            if wish.question
            else {"question": None, "cell": wish.cell}
        )
        if wish.level is None:
            Target.objects.filter(assessment=assessment, **where).delete()
            continue
        Target.objects.update_or_create(
            assessment=assessment,
            **where,
            defaults={
                "level": wish.level,
                "reason": wish.reason,
                "by": wish.by,
                "set_by": user,
                "at": at,
            },
        )
    refresh_scores(assessment=assessment, at=at)


def take_over_targets(*, assessment: Assessment) -> None:
    """Begin with the targets that the organization set in its last assessment with these questions.

    What the questionnaire no longer asks is left behind. Reasons, days and who decided stay with each target.
    """
    before = last_with_targets(assessment.organization, assessment.instrument, before=assessment.number)
    if before is None:
        return
    ids, cells = question_ids(assessment.instrument), instrument_content(assessment.instrument).by_cell
    Target.objects.bulk_create(
        Target(
            assessment=assessment,
            question_id=ids[key] if target.question_id else None,
            cell=target.cell,
            level=target.level,
            reason=target.reason,
            by=target.by,
            set_by_id=target.set_by_id,
            at=target.at,
        )
        for key, target in targets_of(before).items()
        if key in (ids if target.question_id else cells)
    )
