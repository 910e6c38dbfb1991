"""Store the scores of an assessment, so that lists and desks read rows instead of answers.

Stored scores always equal those worked out anew from the answers. Whoever changes an answer, a target or a
consensus calls one of these in the same transaction.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from assessments.core.closing import score_cells_for_all, score_for_all
from assessments.core.standing import merged, stored, stored_cells, summary
from assessments.models import Assessment, Standing
from assessments.selectors.facts import Facts, facts_of
from assessments.selectors.instruments import instrument_content

SUMMED_UP = ("current", "areas", "overall", "weakest_cell", "biggest_gap_cell", "biggest_gap", "shown")
STORED = ("cells", "answered", "expected", "last_activity", "own_shown", "state", *SUMMED_UP)


@transaction.atomic
def refresh_scores(*, assessment: Assessment, at: datetime) -> Standing:
    """Score an assessment from its rows and store that; the first call makes its standing."""
    standing = Standing.objects.select_for_update().filter(assessment=assessment).first()
    if standing is None:
        standing = _begin(assessment, at)
    standing.assessment = assessment
    return store_scores(standing=standing, facts=facts_of(assessment), at=at)


@dataclass(frozen=True, slots=True)
class Change:
    """What one person's save has changed: cells to be scored anew."""

    cells: frozenset[str]


def store_scores(*, standing: Standing, facts: Facts, at: datetime, change: Change | None = None) -> Standing:
    """Score what `facts` hold and store that in one query; the caller has locked `standing`.

    With a `change` only its cells are scored, as nothing else can have moved: the first answer of a person is none, as
    the third person opens and closes what others said elsewhere.
    An assessment that is not the newest passes its scores on to the standings after it, in two queries more.
    """
    if change is None:
        _fill(standing, facts)
    else:
        _fill_changed(standing, facts, change)
    standing.last_activity = at
    standing.own_shown = facts.shown
    standing.state = standing.assessment.state
    _sum_up(standing)
    standing.save(update_fields=STORED)
    if not standing.is_current:
        _pass_on(standing)
    return standing


def _begin(assessment: Assessment, at: datetime) -> Standing:
    """Make the standing of a new assessment, with what stood before it; the newest is the current one."""
    others = Standing.objects.filter(organization=assessment.organization_id)
    before = (
        others.filter(
            assessment__number__lt=assessment.number,
            assessment__instrument__slug=assessment.instrument.slug,
        )
        .order_by("-assessment__number")
        .first()
    )
    newest = not others.filter(assessment__number__gt=assessment.number).exists()
    if newest:
        others.filter(is_current=True).update(is_current=False)
    return Standing.objects.create(
        assessment=assessment,
        organization_id=assessment.organization_id,
        is_current=newest,
        earlier=before.current if before else {},
        earlier_shown=before.shown if before else True,
        last_activity=at,
    )


def _fill_changed(standing: Standing, facts: Facts, change: Change) -> None:
    assessment = standing.assessment
    instrument = instrument_content(assessment.instrument)
    asked = {question.key for question in instrument.asked(assessment.kind, assessment.cells)}
    deciding = asked & instrument.deciding(change.cells)
    cells = score_cells_for_all(
        instrument,
        change.cells,
        asked=deciding,
        responses=list(facts.responses(deciding)),
        people=len(facts.people),
        agreeing=facts.agreeing,
        consensus=facts.consensus,
        targets=facts.targets,
    )
    standing.cells = standing.cells | stored_cells(cells)
    _count(standing, facts)


def _fill(standing: Standing, facts: Facts) -> None:
    assessment = standing.assessment
    instrument = instrument_content(assessment.instrument)
    asked = frozenset(question.key for question in instrument.asked(assessment.kind, assessment.cells))
    result = score_for_all(
        instrument,
        asked=asked,
        responses=list(facts.responses()),
        agreeing=facts.agreeing,
        consensus=facts.consensus,
        targets=facts.targets,
    )
    standing.cells = stored(result)
    _count(standing, facts)


def _count(standing: Standing, facts: Facts) -> None:
    """Count the answers of all people, and those that they can give.

    Follow-up questions are left out: whether they appear hangs on what a person said, and lists show these counts to
    others.
    """
    assessment = standing.assessment
    instrument = instrument_content(assessment.instrument)
    asked = instrument.asked(assessment.kind, assessment.cells)
    always = {question.key for question in asked} - instrument.follow_ups
    standing.answered = sum(len(own.keys() & always) for own in facts.answers.values())
    standing.expected = len(always) * len(facts.answers)


def _sum_up(standing: Standing) -> None:
    """Tell the current state from this assessment's cells and those of the time before."""
    instrument = instrument_content(standing.assessment.instrument)
    standing.current = merged(instrument, standing.earlier, standing.cells)
    found = summary(instrument, standing.current)
    standing.areas = dict(found.areas)
    standing.overall = found.overall
    standing.weakest_cell = found.weakest_cell
    standing.biggest_gap_cell = found.biggest_gap_cell
    standing.biggest_gap = found.biggest_gap
    kept = {key for key, row in standing.current.items() if row is not standing.cells.get(key)}
    standing.shown = standing.own_shown and (standing.earlier_shown or not kept)


def _pass_on(standing: Standing) -> None:
    """Let the later standings of the same instrument start from this one."""
    later = list(
        Standing.objects.select_for_update(of=("self",))
        .filter(
            organization=standing.organization_id,
            assessment__number__gt=standing.assessment.number,
            assessment__instrument__slug=standing.assessment.instrument.slug,
        )
        .select_related("assessment__instrument")
        .defer("assessment__instrument__document")
        .order_by("assessment__number")
    )
    for before, after in zip([standing, *later], later, strict=False):
        after.earlier, after.earlier_shown = before.current, before.shown
        _sum_up(after)
    Standing.objects.bulk_update(later, ["earlier", "earlier_shown", *SUMMED_UP])
