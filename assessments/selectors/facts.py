"""Everything that the scores of one assessment are made of, in one query.

An autosave has to score the assessment anew, so people, answers, targets and consensus come as one union; each row says
what it is. It is written as SQL because every autosave asks it: to put this union together and compile it takes Django
ten times as long as the database takes to answer it.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db import connection

from assessments.core.values import Consensus, Kind, Response, Targets
from assessments.core.views import ENOUGH
from assessments.models import Answer, Assessment
from assessments.selectors.instruments import question_keys

TARGET, CONSENSUS = "target", "consensus"
FACTS = """
    SELECT 'person', answer.question_id, answer.level, '', person.id, person.user_id, person.agrees_to_show,
        answer.kind, answer.guess, answer.note, answer.reason, answer.revision, answer.saved_at
    FROM assessments_respondent person LEFT JOIN assessments_answer answer ON answer.respondent_id = person.id
    WHERE person.assessment_id = %s
    UNION ALL
    SELECT 'target', question_id, level, cell, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
    FROM assessments_target WHERE assessment_id = %s
    UNION ALL
    SELECT 'consensus', question_id, level, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
    FROM assessments_consensus WHERE assessment_id = %s
"""


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
    def people(self) -> list[int]:
        """The keys of those who have answered something."""
        return [pk for pk, own in self.answers.items() if own]

    @property
    def agreeing(self) -> frozenset[str]:
        """The keys, as in responses, of those who agreed to show results."""
        return frozenset(str(pk) for pk, agrees in self.agreed.items() if agrees)

    @property
    def shown(self) -> bool:
        """Whether the results may be seen by more than those who answered: three have, or all who answered agree."""
        return len(self.people) >= ENOUGH or all(self.agreed[pk] for pk in self.people)

    @property
    def targets(self) -> Targets:
        """The targets as scoring reads them."""
        return Targets(questions=self.target_levels, cells=self.cell_levels)

    def responses(self, questions: Collection[str] | None = None) -> Iterator[Response]:
        """Return all answers, or those to some `questions`, as scoring reads them."""
        for respondent, answers in self.answers.items():
            yield from responses_of(respondent, answers, questions)


def responses_of(
    respondent: int | str, answers: Mapping[str, Said], questions: Collection[str] | None = None
) -> Iterator[Response]:
    """Return one person's answers, or those to some `questions`, as scoring reads them."""
    for key, answer in answers.items():
        if questions is None or key in questions:
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
    for what, question, level, cell, respondent, user, agrees, *said in _rows(assessment.pk):
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
                kind, guess, note, reason, revision, at = said
                own[keys[question]] = Given(kind, level, bool(guess), note, reason, revision, _moment(at))
    return facts


def _rows(assessment: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(FACTS, [assessment] * 3)
        return list(cursor.fetchall())


def _moment(value: datetime) -> datetime:
    """Return a time with its zone; SQLite keeps it in UTC and does not say so."""
    return value if value.tzinfo else value.replace(tzinfo=UTC)
