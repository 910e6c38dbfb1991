"""The gaps and the causes behind them, in words: cells, challenges with proof and arithmetic, goals."""

from collections.abc import Mapping
from fractions import Fraction

from assessments.core.values import QuestionResult
from planning.core.values import (
    Candidates,
    CellFinding,
    ChallengeFinding,
    Contribution,
    ProjectedCell,
)
from planning.selectors.content import action_title, catalogue, challenge_title, words
from planning.selectors.pictures import (
    CellPicture,
    ChallengePicture,
    ContributionPicture,
    GoalPicture,
    Help,
    Named,
)
from planning.selectors.situation import Situation
from planning.sentences import labels
from planning.sentences.rules import against_of, proof_of

ZERO = Fraction(0)
MOST_HELPS = 5


def challenge_pictures(known: Situation, candidates: Candidates) -> tuple[ChallengePicture, ...]:
    """Return what explains the gaps, and what people decided, the strongest first."""
    whole = sum((found.strength for found in known.findings.challenges), ZERO)
    helps = _helps(candidates)
    questions = {
        (result.instrument, question.key): question
        for result in known.results
        for question in result.questions
    }
    return tuple(
        _challenge(known, found, whole, helps.get(found.key, ()), questions)
        for found in known.findings.challenges
        if found.key not in known.findings.without_gap
    )


def answers_to(challenge: str) -> tuple[Help, ...]:
    """Return the actions of the catalogue that answer a challenge, whether or not a gap asks for them."""
    found = catalogue().arithmetic
    return tuple(Help(key, action_title(key)) for key in sorted(found) if challenge in found[key].resolves)


def facts_without_gap(known: Situation) -> tuple[ChallengePicture, ...]:
    """Return what the list shows although no low answer points to it, each with the actions that answer it."""
    found = {one.key: one for one in known.findings.challenges}
    return tuple(
        _challenge(known, found[key], ZERO, answers_to(key), {}) for key in known.findings.without_gap
    )


def _challenge(
    known: Situation,
    found: ChallengeFinding,
    whole: Fraction,
    helps: tuple[Help, ...],
    questions: Mapping[tuple[str, str], QuestionResult],
) -> ChallengePicture:
    content = catalogue().challenges.get(found.key)
    decision = known.decisions.get(found.key)
    cells = tuple(dict.fromkeys(one.cell for one in found.contributions))
    ordered = sorted(found.contributions, key=lambda one: (-one.amount, one.cell, one.question))
    return ChallengePicture(
        key=found.key,
        kind=content.kind if content else "",
        kind_title=labels.challenge_kind(content.kind) if content else "",
        title=challenge_title(found.key),
        explanation=words(content.explanation) if content else "",
        signs=tuple(words(sign) for sign in content.signs) if content else (),
        strength=found.strength,
        share=found.strength / whole if whole else ZERO,
        factor=found.factor,
        first=found.key in known.findings.first,
        shown=found.shown,
        contradicted=found.contradicted,
        stance=found.verdict.stance.value if found.verdict else "",
        reason=decision.reason if decision else "",
        decided_by=str(decision.decided_by) if decision and decision.decided_by else "",
        decided_at=decision.at if decision else None,
        proof=proof_of(found.reading, known.sites),
        checked=against_of(found.reading, known.sites),
        cells=tuple(known.cell(key) for key in cells),
        contributions=tuple(_contribution(known, one, questions) for one in ordered),
        helps=helps,
        closed=any(questions[_slug(one), one.question].closed for one in ordered),
    )


def _contribution(
    known: Situation, one: Contribution, questions: Mapping[tuple[str, str], QuestionResult]
) -> ContributionPicture:
    slug = _slug(one)
    result = questions[slug, one.question]
    return ContributionPicture(
        question=one.question,
        text=words(known.instruments[slug].by_key[one.question].text),
        cell=known.cell(one.cell),
        weight=one.weight,
        level=result.level,
        target=result.target,
        gap=one.gap,
        share=one.share,
        factor=one.factor * one.scale,
        amount=one.amount,
    )


def _slug(one: Contribution) -> str:
    return one.cell.partition("/")[0]


def _helps(candidates: Candidates) -> dict[str, tuple[Help, ...]]:
    """Return by challenge the actions that do most against it, at most five."""
    found: dict[str, dict[str, Fraction]] = {}
    for key, candidate in candidates.actions.items():
        if not candidates.may_help(key):
            continue
        for spot, levels in candidate.reach.items():
            part = candidates.parts.get(spot, ZERO)
            does = candidates.relevance.get(spot.cell, Fraction(1)) * min(part, levels)
            inside = found.setdefault(spot.challenge, {})
            inside[key] = inside.get(key, ZERO) + does
    return {
        challenge: tuple(
            Help(key, action_title(key), waits_for=labels.number_first(candidates.waits_for(key)))
            for key, _does in sorted(inside.items(), key=lambda item: (-item[1], item[0]))[:MOST_HELPS]
        )
        for challenge, inside in found.items()
    }


def cell_pictures(
    known: Situation,
    projected: Mapping[str, ProjectedCell] | None = None,
    titles: Mapping[str, str] | None = None,
) -> tuple[CellPicture, ...]:
    """Return every cell in the order of its instrument, with what the plan makes of it."""
    after = projected or {}
    return tuple(_cell(known, cell, after.get(cell.key), titles or {}) for cell in known.findings.cells)


def _cell(
    known: Situation, cell: CellFinding, after: ProjectedCell | None, titles: Mapping[str, str]
) -> CellPicture:
    instrument = known.instruments[cell.instrument]
    result = known.result(cell.instrument).cell(f"{cell.area}/{cell.quality}")
    return CellPicture(
        key=cell.key,
        instrument=cell.instrument,
        area=Named(cell.area, words(instrument.area(cell.area).title)),
        quality=Named(cell.quality, words(instrument.quality(cell.quality).title)),
        title=known.cell(cell.key).title,
        score=cell.score,
        target=cell.target,
        gap=cell.gap,
        after=after.after if after else None,
        base=result.base,
        applicable=result.applicable,
        parts=tuple(
            (Named(key, challenge_title(key)), levels) for key, levels in cell.parts.items() if levels
        ),
        actions=tuple(
            Named(key, titles.get(key) or action_title(key)) for key in (after.actions if after else ())
        ),
    )


def goal_pictures(known: Situation, serving: Mapping[str, tuple[Named, ...]]) -> tuple[GoalPicture, ...]:
    """Return the goals in their order; `serving` are the chosen actions by goal."""
    return tuple(
        GoalPicture(
            key=str(goal.pk),
            title=goal.title,
            measure=goal.measure,
            by=goal.by,
            areas=tuple(known.area(key) for key in goal.areas),
            weight=goal.weight,
            actions=serving.get(str(goal.pk), ()),
        )
        for goal in known.goals
    )
