"""What one person is asked in one assessment, what they have said, and how far they are."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.models import AnonymousUser

from assessments.core.instruments import Instrument, Part, Question
from assessments.core.scoring import shown
from assessments.core.sheet import Count, minutes_left, progress
from assessments.models import Answer, Assessment, Respondent
from assessments.selectors.facts import Said, responses_of
from assessments.selectors.instruments import instrument_content, question_keys
from organizations.models import User

OWN = "own"


@dataclass(frozen=True)
class Sheet:
    """One person's questions and answers. `answers` is by the key of the question, hidden ones included."""

    assessment: Assessment
    instrument: Instrument
    respondent: Respondent | None
    answers: Mapping[str, Said]

    @cached_property
    def asked(self) -> tuple[Question, ...]:
        """The questions that this form of the instrument asks."""
        return self.instrument.asked(self.assessment.kind, self.assessment.cells)

    @cached_property
    def visible(self) -> frozenset[str]:
        """The keys of those that this person sees."""
        return visible_keys(self.instrument, [question.key for question in self.asked], self.answers)

    @cached_property
    def areas(self) -> tuple[Part, ...]:
        """The areas in which something is asked."""
        used = {question.area for question in self.asked}
        return tuple(area for area in self.instrument.areas if area.key in used)

    def questions(self, area: str) -> tuple[Question, ...]:
        """The questions asked in one area."""
        return tuple(question for question in self.asked if question.area == area)

    def keys(self, area: str, quality: str) -> list[str]:
        """The keys of the questions asked in one cell."""
        return [one.key for one in self.asked if one.area == area and one.quality == quality]

    def count(self, *, area: str | None = None, quality: str | None = None) -> Count:
        """How much is answered: in all, in an area, or in a quality of it."""
        keys = [
            question.key
            for question in self.asked
            if (area is None or question.area == area) and (quality is None or question.quality == quality)
        ]
        return progress(keys, visible=self.visible, answered=self.answers)

    @property
    def closed(self) -> bool:
        """No answer changes at present."""
        return self.assessment.state != Assessment.State.OPEN

    @property
    def minutes(self) -> int:
        """The whole minutes that the whole form takes."""
        return form_minutes(self.assessment, self.instrument)

    @property
    def minutes_left(self) -> int:
        """The whole minutes that what is left will take."""
        return minutes_left(self.count(), minutes=self.minutes, asked=len(self.asked))

    @property
    def first_open(self) -> Question | None:
        """The first question that waits for an answer; None when all are answered."""
        for question in self.asked:
            if question.key in self.visible and question.key not in self.answers:
                return question
        return None

    @property
    def resume_area(self) -> str:
        """The area in which to go on: that of the first open question, else the first."""
        question = self.first_open
        return question.area if question else self.areas[0].key

    def neighbours(self, area: str) -> tuple[Part | None, Part | None]:
        """The areas before and after one."""
        keys = [part.key for part in self.areas]
        at = keys.index(area)
        return (
            self.areas[at - 1] if at else None,
            self.areas[at + 1] if at + 1 < len(keys) else None,
        )


def visible_keys(
    instrument: Instrument, asked: Collection[str], answers: Mapping[str, Said]
) -> frozenset[str]:
    """Return the keys of the asked questions that one person sees, given their answers."""
    return shown(instrument, responses_of(OWN, answers, instrument.conditions), asked=asked)


def respondent_of(assessment: Assessment, user: User | AnonymousUser) -> Respondent | None:
    """Return this person as somebody who answers, if they have begun."""
    return Respondent.objects.filter(assessment=assessment, user_id=user.pk or 0).first()


def sheet_of(assessment: Assessment, user: User | AnonymousUser) -> Sheet:
    """Return this person's sheet; nobody else's answers are in it."""
    respondent = respondent_of(assessment, user)
    rows: Sequence[Answer] = (
        list(Answer.objects.filter(respondent=respondent).order_by()) if respondent is not None else []
    )
    return sheet_from(assessment, respondent, rows)


def sheet_from(assessment: Assessment, respondent: Respondent | None, rows: Sequence[Answer]) -> Sheet:
    """Return the sheet of a person from rows that are already there."""
    keys = question_keys(assessment.instrument)
    return Sheet(
        assessment=assessment,
        instrument=instrument_content(assessment.instrument),
        respondent=respondent,
        answers={keys[row.question_id]: row for row in rows},
    )


def empty_sheet(assessment: Assessment) -> Sheet:
    """Return the sheet of somebody who has said nothing; it costs no query."""
    return Sheet(assessment, instrument_content(assessment.instrument), None, {})


def form_minutes(assessment: Assessment, instrument: Instrument) -> int:
    """Return the whole minutes that a form takes; a follow-up takes its share of the full one's."""
    if assessment.kind == Assessment.Kind.QUICK:
        return instrument.minutes.quick
    if assessment.kind == Assessment.Kind.FULL:
        return instrument.minutes.full
    share = len(instrument.asked(assessment.kind, assessment.cells))
    return max(1, -(-instrument.minutes.full * share // len(instrument.questions)))
