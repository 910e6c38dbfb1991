"""Everything that the scores of one assessment are made of, in one query.

An autosave has to score the assessment anew, so people, answers, targets and consensus come as one union; each row says
what it is. Only `save_answers` reads this way; pages use the plain selectors.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import F, Value
from django.db.models.fields import BigIntegerField, CharField

from assessments.core.values import Consensus, Kind, Response, Targets
from assessments.core.views import ENOUGH
from assessments.models import Answer, Assessment, Respondent, Target
from assessments.models import Consensus as ConsensusRow
from assessments.selectors.instruments import question_keys

PERSON, TARGET, CONSENSUS = "person", "target", "consensus"


class Given(NamedTuple):
    """An answer as it stands in the database; it reads like the row, and costs a tenth of one to make."""

    kind: str
    level: int | None
    guess: bool
    note: str
    reason: str
    revision: int
    saved_at: datetime


Said = Answer | Given


@dataclass
class Facts:
    """People by their key in the database, each with their answers by question; targets; consensus."""

    users: dict[int, int | None] = field(default_factory=dict)
    agreed: dict[int, bool] = field(default_factory=dict)
    answers: dict[int, dict[str, Said]] = field(default_factory=dict)
    target_levels: dict[str, int] = field(default_factory=dict)
    cell_levels: dict[str, int] = field(default_factory=dict)
    consensus: list[Consensus] = field(default_factory=list)

    def respondent_of(self, user_id: int) -> int | None:
        """Return the key of the respondent who is this user."""
        return next((pk for pk, user in self.users.items() if user == user_id), None)

    @property
    def shown(self) -> bool:
        """Whether the results may be seen by more than those who answered: three have, or all who answered agree."""
        people = [pk for pk, own in self.answers.items() if own]
        return len(people) >= ENOUGH or all(self.agreed[pk] for pk in people)

    @property
    def targets(self) -> Targets:
        """The targets as scoring reads them."""
        return Targets(questions=self.target_levels, cells=self.cell_levels)

    def responses(self) -> Iterator[Response]:
        """Return all answers as scoring reads them."""
        for respondent, answers in self.answers.items():
            yield from responses_of(respondent, answers)


def responses_of(respondent: int, answers: Mapping[str, Said]) -> Iterator[Response]:
    """Return one person's answers as scoring reads them."""
    for key, answer in answers.items():
        yield Response(
            question=key,
            respondent=str(respondent),
            kind=Kind(answer.kind),
            level=answer.level,
            guess=answer.guess,
        )


def facts_of(assessment: Assessment) -> Facts:
    """Return the facts of one assessment."""
    keys = question_keys(assessment.instrument)
    facts = Facts()
    for row in _rows(assessment.pk):
        what, respondent, user, question, kind, level, guess, note, reason, revision, at, cell, agrees = row
        if what == TARGET:
            if question is None:
                facts.cell_levels[cell] = level
            else:
                facts.target_levels[keys[question]] = level
        elif what == CONSENSUS:
            facts.consensus.append(Consensus(keys[question], level))
        else:
            facts.users[respondent] = user
            facts.agreed[respondent] = bool(agrees)
            own = facts.answers.setdefault(respondent, {})
            if question is not None:
                own[keys[question]] = Given(kind, level, bool(guess), note, reason, revision, at)
    return facts


def _rows(assessment: int) -> Iterator[tuple[Any, ...]]:
    none = Value(None, output_field=BigIntegerField())
    empty = Value("", output_field=CharField())
    zero, no = Value(0), Value(False)
    people = (
        Respondent.objects.filter(assessment_id=assessment)
        .order_by()
        .values_list(
            Value(PERSON),
            "pk",
            "user_id",
            "answers__question_id",
            "answers__kind",
            "answers__level",
            "answers__guess",
            "answers__note",
            "answers__reason",
            "answers__revision",
            "answers__saved_at",
            empty,
            "agrees_to_show",
        )
    )
    targets = (
        Target.objects.filter(assessment_id=assessment)
        .order_by()
        .values_list(
            Value(TARGET), none, none, "question_id", empty, "level", no, empty, empty, zero, "at", "cell", no
        )
    )
    agreed = (
        ConsensusRow.objects.filter(assessment_id=assessment)
        .order_by()
        .values_list(
            Value(CONSENSUS),
            none,
            none,
            "question_id",
            empty,
            F("level"),
            no,
            empty,
            empty,
            zero,
            "at",
            empty,
            no,
        )
    )
    yield from people.union(targets, agreed, all=True)
