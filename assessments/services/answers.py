"""Take answers: each change kept, a stale one refused, scores and progress right at once.

One person's answers are saved under a lock on the standing of the assessment, so that many people can answer at the
same time and none of the stored scores is lost. A page says which revision of an answer it shows (0 = none); when the
server has a newer one with another value, the save is refused and both values are shown. Saving the same value again
changes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessments.models import Answer, AnswerChange, Assessment, Respondent, Standing
from assessments.selectors import answering, facts
from assessments.selectors.facts import Said
from assessments.selectors.instruments import instrument_content, question_ids
from assessments.services import scores
from organizations.models import Membership

CLOSED, NOT_JOINED, NOT_ASKED = "closed", "not-joined", "not-asked"


@dataclass(frozen=True, slots=True)
class Offer:
    """What a page wants saved for one question; `revision` is that of the answer that it showed, 0 for none."""

    question: str
    kind: str
    level: int | None = None
    guess: bool = False
    note: str = ""
    reason: str = ""
    revision: int = 0

    def same_as(self, answer: Said) -> bool:
        """Say whether the answer in the database says the same."""
        return (self.kind, self.level, self.guess, self.note, self.reason) == (
            answer.kind,
            answer.level,
            answer.guess,
            answer.note,
            answer.reason,
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it, by the key of the question: saved answers, and refused ones with what the server has.

    `sheet` is the person's sheet afterwards; `appeared` and `disappeared` are follow-up questions.
    """

    saved: Mapping[str, Said]
    refused: Mapping[str, Said]
    sheet: answering.Sheet
    appeared: frozenset[str]
    disappeared: frozenset[str]


@transaction.atomic
def join(
    *,
    assessment: Assessment,
    membership: Membership,
    named: bool,
    agrees_to_show: bool,
    at: datetime,
) -> Respondent:
    """Make this member somebody who answers, or change what they chose. Whose view it is comes from the membership.

    Scores are refreshed, as the number of expected answers grows with each person. What somebody chose can change
    after closing too. Raises ValidationError for a new person when the assessment is not open.
    """
    standing = Standing.objects.select_for_update().filter(assessment=assessment).first()
    known = Respondent.objects.filter(assessment=assessment, user=membership.user).exists()
    if not known and assessment.state != Assessment.State.OPEN:
        raise ValidationError(_("This assessment is closed, so nobody can begin to answer."), code=CLOSED)
    respondent, created = Respondent.objects.get_or_create(
        assessment=assessment,
        user=membership.user,
        defaults={
            "name": str(membership.user),
            "group": membership.answers_as,
            "named": named,
            "agrees_to_show": agrees_to_show,
            "created_at": at,
        },
    )
    if not created:
        respondent.named = named
        respondent.agrees_to_show = agrees_to_show
        respondent.save(update_fields=["named", "agrees_to_show"])
        # Who may see the scores can change by it; that is no answer, so the day of the last one stays.
        at = standing.last_activity if standing else at
    scores.refresh_scores(assessment=assessment, at=at)
    return respondent


def save_answers(*, standing: Standing, user_id: int, offers: Sequence[Offer], at: datetime) -> Outcome:
    """Save what one person offers for some questions.

    Runs inside the transaction in which the caller has locked `standing`, that of the assessment, and fails without
    one. Raises ValidationError when the assessment is not open, the person has not begun, or a question is not asked.
    """
    assessment = standing.assessment
    if assessment.state != Assessment.State.OPEN:
        raise ValidationError(
            _("This assessment is closed, so answers do not change any more. A director can open it again."),
            code=CLOSED,
        )
    known = facts.facts_of(assessment)
    respondent = known.respondent_of(user_id)
    if respondent is None:
        raise ValidationError(_("Read first who will see your answers."), code=NOT_JOINED)
    own = known.answers[respondent]
    before = answering.Sheet(assessment, instrument_content(assessment.instrument), None, dict(own))
    asked = {question.key for question in before.asked}
    ids = question_ids(assessment.instrument)
    saved: dict[str, Said] = {}
    refused: dict[str, Said] = {}
    changed: list[Answer] = []
    for offer in offers:
        if offer.question not in asked:
            raise ValidationError(_("This question is not part of this assessment."), code=NOT_ASKED)
        kept = own.get(offer.question)
        if kept is not None and offer.same_as(kept):
            saved[offer.question] = kept
        elif kept is not None and offer.revision != kept.revision:
            refused[offer.question] = kept
        else:
            answer = _written(offer, respondent, ids[offer.question], kept.revision if kept else 0, at)
            saved[offer.question] = own[offer.question] = answer
            changed.append(answer)
    after = answering.Sheet(assessment, before.instrument, None, own)
    if changed:
        _store(changed)
        change = _change(before, after, saved) if before.answers else None
        scores.store_scores(standing=standing, facts=known, at=at, change=change)
    return Outcome(
        saved=saved,
        refused=refused,
        sheet=after,
        appeared=after.visible - before.visible,
        disappeared=before.visible - after.visible,
    )


def _change(before: answering.Sheet, after: answering.Sheet, saved: Mapping[str, Said]) -> scores.Change:
    """Return which cells a save has touched: those of its answers and of the questions that came or went."""
    touched = saved.keys() | (before.visible ^ after.visible)
    return scores.Change(cells=frozenset(after.instrument.by_key[key].cell for key in touched))


def _written(offer: Offer, respondent: int, question: int, revision: int, at: datetime) -> Answer:
    return Answer(
        respondent_id=respondent,
        question_id=question,
        kind=offer.kind,
        level=offer.level,
        guess=offer.guess,
        note=offer.note,
        reason=offer.reason,
        revision=revision + 1,
        saved_at=at,
    )


def _store(changed: Sequence[Answer]) -> None:
    """Write the answers and, for each, the line of its history."""
    Answer.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["respondent", "question"],
        update_fields=["kind", "level", "guess", "note", "reason", "revision", "saved_at"],
    )
    AnswerChange.objects.bulk_create(
        AnswerChange(
            respondent_id=answer.respondent_id,
            question_id=answer.question_id,
            revision=answer.revision,
            kind=answer.kind,
            level=answer.level,
            guess=answer.guess,
            note=answer.note,
            reason=answer.reason,
            at=answer.saved_at,
        )
        for answer in changed
    )
