"""The gaps page: cells with their gaps, causes to accept or reject, what nothing helps."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from assessments.models import Assessment
from assessments.selectors import visibility
from organizations.models import Membership, Organization
from planning.core.candidates import Marks, find_candidates
from planning.selectors.causes import cell_pictures, challenge_pictures, facts_without_gap
from planning.selectors.content import catalogue, challenge_title
from planning.selectors.pictures import CellPicture, ChallengePicture, Named
from planning.selectors.situation import Situation, goal_values, situation
from planning.selectors.work import numbers_of
from planning.sentences.numbers import half_up

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class GapsPicture:
    """Why the gaps of one assessment are there, in words.

    `first` are the causes shown first, `rest` the others with a gap, `without_gap` are shown by the inventory but
    explain no gap, `unreached` are (cell, cause) that no action of the catalogue helps.
    """

    cells: tuple[CellPicture, ...]
    first: tuple[ChallengePicture, ...]
    rest: tuple[ChallengePicture, ...]
    rejected: tuple[ChallengePicture, ...]
    contradictions: tuple[ChallengePicture, ...]
    without_gap: tuple[ChallengePicture, ...]
    unreached: tuple[tuple[Named, tuple[Named, ...]], ...]
    best_everywhere: bool
    has_results: bool
    has_inventory: bool

    @property
    def below(self) -> int:
        """How many results lie below their target."""
        return sum(1 for cell in self.cells if cell.gap)

    @property
    def scored(self) -> int:
        return sum(1 for cell in self.cells if cell.score is not None)

    @property
    def widest(self) -> tuple[CellPicture, ...]:
        """The results with the widest gap, as it is shown: two that read the same are a tie."""
        wide = {cell: half_up(cell.gap, 1) for cell in self.cells if cell.gap}
        most = max(wide.values(), default=ZERO)
        return tuple(cell for cell, gap in wide.items() if gap == most)

    @property
    def rest_shown(self) -> int:
        """How many of the other causes the list of equipment shows."""
        return sum(1 for cause in self.rest if cause.shown)


def visible_to(assessment: Assessment, membership: Membership) -> visibility.Visibility:
    """Return what this member may see of an assessment's results."""
    return visibility.visibility_of(assessment, membership)


def gaps_picture(organization: Organization, assessment: Assessment) -> GapsPicture:
    """Return the gaps of one assessment and what explains them."""
    known = situation(organization, [assessment])
    candidates = find_candidates(
        catalogue().arithmetic,
        known.findings,
        goal_values(known.goals),
        numbers_of(known, {}),
        marks=Marks(
            done=frozenset(key for key, mark in known.marks.items() if mark.done),
            not_done=frozenset(key for key, mark in known.marks.items() if not mark.done),
            proposed=known.facts,
        ),
    )
    causes = challenge_pictures(known, candidates)
    return GapsPicture(
        cells=cell_pictures(known),
        first=tuple(cause for cause in causes if cause.first),
        rest=tuple(cause for cause in causes if not cause.first and not cause.rejected and cause.strength),
        rejected=tuple(cause for cause in causes if cause.rejected and not cause.contradicted),
        contradictions=tuple(cause for cause in causes if cause.contradicted),
        without_gap=facts_without_gap(known),
        unreached=_by_cell(known, candidates.unreached),
        best_everywhere=known.best_everywhere,
        has_results=known.has_results,
        has_inventory=known.inventory is not None,
    )


def _by_cell(
    known: Situation, spots: Iterable[tuple[str, str]]
) -> tuple[tuple[Named, tuple[Named, ...]], ...]:
    found: dict[str, list[Named]] = {}
    for cell, challenge in spots:
        found.setdefault(cell, []).append(Named(challenge, challenge_title(challenge)))
    return tuple((known.cell(cell), tuple(causes)) for cell, causes in found.items())
