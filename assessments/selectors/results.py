"""Rows of an assessment -> scored results. Nothing here asks who may see them: see `visibility.py`."""

from collections.abc import Sequence

from assessments.core.change import Change, compare, current
from assessments.core.closing import score_for_all
from assessments.core.values import Consensus, Kind, Response, Result, Targets
from assessments.core.views import CellView, Person, two_views
from assessments.models import Answer, Assessment, Respondent, Target
from assessments.models import Consensus as ConsensusRow
from assessments.selectors.facts import Facts, facts_of
from assessments.selectors.instruments import instrument_content, question_keys
from organizations.models import Organization


def result_of(assessment: Assessment) -> Result:
    """Return the result of one assessment, in one query."""
    return result_from(assessment, facts_of(assessment))


def result_from(assessment: Assessment, facts: Facts, *, only: frozenset[str] | None = None) -> Result:
    """Return the result of facts that are already there; `only` keeps to the answers of these respondents."""
    responses = [one for one in facts.responses() if only is None or one.respondent in only]
    return score_for_all(
        instrument_content(assessment.instrument),
        asked=asked_keys(assessment),
        responses=responses,
        agreeing=facts.agreeing,
        consensus=facts.consensus,
        targets=facts.targets,
    )


def asked_keys(assessment: Assessment) -> frozenset[str]:
    """Return the keys of the questions that this assessment asks."""
    instrument = instrument_content(assessment.instrument)
    return frozenset(question.key for question in instrument.asked(assessment.kind, assessment.cells))


def current_result(organization: Organization, *, slug: str | None = None) -> Result | None:
    """Return where an organization stands: each cell's latest score; None before the first assessment.

    Over the assessments of one instrument, `slug`, or that of the newest assessment.
    """
    assessments = list(
        Assessment.objects.filter(organization=organization)
        .select_related("instrument")
        .defer("instrument__document")
        .order_by("number")
    )
    if slug is None and assessments:
        slug = assessments[-1].instrument.slug
    return current_of([one for one in assessments if one.instrument.slug == slug])


def current_of(assessments: Sequence[Assessment]) -> Result | None:
    """Return the current state over these assessments of one instrument, oldest first; None without one."""
    if not assessments:
        return None
    newest = instrument_content(assessments[-1].instrument)
    return current(newest, _results_of(assessments))


def _results_of(assessments: Sequence[Assessment]) -> list[Result]:
    """Return the result of each assessment, in three queries for all."""
    keys = {one.pk: question_keys(one.instrument) for one in assessments}
    responses: dict[int, list[Response]] = {pk: [] for pk in keys}
    consensus: dict[int, list[Consensus]] = {pk: [] for pk in keys}
    by_question: dict[int, dict[str, int]] = {pk: {} for pk in keys}
    by_cell: dict[int, dict[str, int]] = {pk: {} for pk in keys}
    agreeing: set[str] = set()
    answers = Answer.objects.filter(respondent__assessment__in=keys).order_by()
    who = ("respondent__assessment", "respondent", "respondent__agrees_to_show")
    for pk, person, agrees, question, kind, level, guess in answers.values_list(
        *who, "question", "kind", "level", "guess"
    ):
        if agrees:
            agreeing.add(str(person))
        responses[pk].append(Response(keys[pk][question], str(person), Kind(kind), level, guess))
    agreed = ConsensusRow.objects.filter(assessment__in=keys)
    for pk, question, level in agreed.values_list("assessment", "question", "level"):
        consensus[pk].append(Consensus(keys[pk][question], level))
    wanted = Target.objects.filter(assessment__in=keys)
    for pk, question, cell, level in wanted.values_list("assessment", "question", "cell", "level"):
        if cell:
            by_cell[pk][cell] = level
        else:
            by_question[pk][keys[pk][question]] = level
    return [
        score_for_all(
            instrument_content(one.instrument),
            asked=asked_keys(one),
            responses=responses[one.pk],
            agreeing=agreeing,
            consensus=consensus[one.pk],
            targets=Targets(questions=by_question[one.pk], cells=by_cell[one.pk]),
        )
        for one in assessments
    ]


def people_of(assessment: Assessment) -> tuple[Person, ...]:
    """Return the respondents who have answered something, and what they chose."""
    rows = Respondent.objects.filter(assessment=assessment, answers__isnull=False).order_by("pk").distinct()
    return tuple(
        Person(str(row.pk), row.group, named=row.named, agrees_to_show=row.agrees_to_show) for row in rows
    )


def views_of(assessment: Assessment) -> tuple[CellView, ...]:
    """Return the leadership's and the others' view of each cell."""
    facts, people = facts_of(assessment), people_of(assessment)
    return two_views(
        instrument_content(assessment.instrument),
        asked=asked_keys(assessment),
        people=people,
        responses=facts.responses(),
    )


def change_between(before: Assessment, after: Assessment) -> Change:
    """Return what changed from one assessment to a later one; people are the same when their accounts are."""
    first, second = facts_of(before), facts_of(after)
    return compare(
        result_from(before, first),
        result_from(after, second),
        who_before=_accounts(first),
        who_after=_accounts(second),
    )


def _accounts(facts: Facts) -> list[str]:
    """Return a name for each person who answered something: the account, else the respondent."""
    return [
        f"user {user}" if (user := facts.users[person]) is not None else f"respondent {person}"
        for person, answers in facts.answers.items()
        if answers
    ]
