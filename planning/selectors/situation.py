"""Where an organization stands before anything is chosen: results, inventory, decisions, and why the gaps are there.

One pass loads everything; the core makes findings of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessments.core.instruments import Instrument
from assessments.core.inventory import Inventory
from assessments.core.scoring import NO_TARGETS
from assessments.core.values import Result
from assessments.models import Assessment
from assessments.selectors.instruments import instrument_content
from assessments.selectors.inventory import inventory_from, recorded_by
from assessments.selectors.results import current_of, result_of
from assessments.selectors.support import support_ends
from organizations.models import Organization
from planning.core.challenges import find_challenges
from planning.core.rules import count_things, facts_met, read_rules
from planning.core.values import Findings, RuleReading, Stance, Verdict
from planning.core.values import Goal as GoalValue
from planning.models import ActionMark, ChallengeDecision, Goal
from planning.selectors.content import catalogue, words
from planning.selectors.pictures import Named
from planning.selectors.said import Said, said_by


@dataclass(frozen=True)
class Situation:
    """Everything that planning knows about one organization.

    `assessments` are those that the findings rest on, `sites` the names of the places of work by key.
    """

    organization: Organization
    assessments: tuple[Assessment, ...]
    instruments: Mapping[str, Instrument]
    results: tuple[Result, ...]
    inventory: Inventory | None
    readings: Mapping[str, RuleReading]
    counts: Mapping[str, int | None]
    facts: frozenset[str]
    decisions: Mapping[str, ChallengeDecision]
    marks: Mapping[str, ActionMark]
    goals: tuple[Goal, ...]
    sites: Mapping[str, str]

    @cached_property
    def findings(self) -> Findings:
        """Why the gaps are there."""
        return find_challenges(self.results, self.readings, _verdicts(self.decisions.values()))

    @cached_property
    def targets_set(self) -> bool:
        """Some target is not the one that the questionnaire suggests."""
        return any(_has_own_target(self.instruments[one.instrument], one) for one in self.results)

    @property
    def best_everywhere(self) -> bool:
        """There are results, and none of them is below its target."""
        scored = [cell for cell in self.findings.cells if cell.score is not None]
        return bool(scored) and not any(cell.gap for cell in scored)

    @property
    def has_results(self) -> bool:
        return any(cell.score is not None for cell in self.findings.cells)

    def result(self, instrument: str) -> Result:
        """Return the result of one instrument; raises KeyError when there is none."""
        for result in self.results:
            if result.instrument == instrument:
                return result
        raise KeyError(instrument)

    def area(self, key: str) -> Named:
        """Return an area by its key, whichever instrument has it."""
        for instrument in self.instruments.values():
            for part in instrument.areas:
                if part.key == key:
                    return Named(key, words(part.title))
        return Named(key, key)

    def areas(self) -> tuple[Named, ...]:
        """Return the areas of all instruments, in their order, each once."""
        found = {part.key: words(part.title) for i in self.instruments.values() for part in i.areas}
        return tuple(Named(key, title) for key, title in found.items())

    def cell(self, key: str) -> Named:
        """Return a cell with its title: 'Collaboration, efficient', or the area alone where there is one column."""
        place = get_language() or "en", key
        if place not in self._cells:
            self._cells[place] = self._named_cell(key)
        return self._cells[place]

    @cached_property
    def _cells(self) -> dict[tuple[str, str], Named]:
        """The cells named so far, by language: a page names each of them many times."""
        return {}

    def _named_cell(self, key: str) -> Named:
        slug, area, quality = key.split("/")
        instrument = self.instruments.get(slug)
        if instrument is None:
            return Named(key, key)
        title = words(instrument.area(area).title)
        if len(instrument.qualities) > 1:
            title = _("%(area)s, %(quality)s") % {
                "area": title,
                "quality": words(instrument.quality(quality).title).lower(),
            }
        return Named(key, title)


def situation(
    organization: Organization,
    assessments: Sequence[Assessment] | None = None,
    heard: Said | None = None,
) -> Situation:
    """Return where an organization stands, on these assessments or on its current ones.

    `heard` saves asking for what people said a second time. Assessments need their `instrument` loaded,
    without its document.
    """
    used = tuple(
        sorted(current_assessments(organization) if assessments is None else assessments, key=_number)
    )
    instruments = {one.instrument.slug: instrument_content(one.instrument) for one in used}
    results = _latest(used)
    recorded = recorded_by(organization)
    inventory = inventory_from(recorded, organization) if recorded else None
    support = support_ends()
    readings = read_rules(inventory, support) if inventory else {}
    said = heard if heard is not None else said_by(organization)
    return Situation(
        organization=organization,
        assessments=used,
        instruments=instruments,
        results=results,
        inventory=inventory,
        readings=readings,
        counts=count_things(inventory, support) if inventory else {},
        facts=facts_met(catalogue().arithmetic.values(), readings, inventory) if inventory else frozenset(),
        decisions=said.decisions,
        marks=said.marks,
        goals=tuple(said.goals),
        sites={site.key: site.name for site in recorded.sites} if recorded else {},
    )


def current_assessments(organization: Organization) -> list[Assessment]:
    """Return what planning rests on: of each instrument the newest whole assessment, and its follow-ups since."""
    return current_of_all(assessments_by_number(organization))


def assessments_by_number(organization: Organization) -> QuerySet[Assessment]:
    """Return the organization's opened assessments with their instruments, the newest first."""
    return (
        Assessment.objects.filter(organization=organization)
        .exclude(state=Assessment.State.DRAFT)
        .select_related("instrument")
        .defer("instrument__document")
        .order_by("-number")
    )


def current_of_all(newest_first: Iterable[Assessment]) -> list[Assessment]:
    """Return the current ones of all assessments, the oldest first."""
    found: list[Assessment] = []
    whole: set[str] = set()
    for row in newest_first:
        slug = row.instrument.slug
        if slug in whole:
            continue
        found.append(row)
        if row.kind != Assessment.Kind.FOLLOW_UP:
            whole.add(slug)
    return sorted(found, key=_number)


def goal_values(goals: Iterable[Goal]) -> tuple[GoalValue, ...]:
    """Return goals as the arithmetic reads them."""
    return tuple(GoalValue(key=str(g.pk), areas=frozenset(g.areas), weight=g.weight) for g in goals)


def _has_own_target(content: Instrument, result: Result) -> bool:
    return any(
        question.target != NO_TARGETS.of(question.key, cell.key, content.by_key[question.key].target)
        for cell in result.cells
        for question in cell.questions
    )


def _number(assessment: Assessment) -> int:
    return assessment.number


def _verdicts(decisions: Iterable[ChallengeDecision]) -> dict[str, Verdict]:
    return {
        row.challenge: Verdict(
            row.challenge, Stance.ACCEPTED if row.accepted else Stance.REJECTED, row.reason
        )
        for row in decisions
    }


def _latest(assessments: Sequence[Assessment]) -> tuple[Result, ...]:
    """Return one result an instrument: each cell as the last assessment that asked it found it."""
    by_slug: dict[str, list[Assessment]] = {}
    for assessment in assessments:
        by_slug.setdefault(assessment.instrument.slug, []).append(assessment)
    found = (result_of(same[0]) if len(same) == 1 else current_of(same) for same in by_slug.values())
    return tuple(result for result in found if result is not None)
