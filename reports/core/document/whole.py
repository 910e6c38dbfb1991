"""The whole document and its canonical form."""

import json
from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, Final, Literal

from pydantic import AwareDatetime, Field, ValidationError
from pydantic_core import ErrorDetails

from assessments.core import canonical as plain_json
from reports.core.document.base import Flag, Part
from reports.core.document.planned import ActionPart, GoalPart, PlanPart
from reports.core.document.standing import (
    AssessmentPart,
    Cell,
    Challenge,
    InventoryPart,
    Order,
    Profile,
    Question,
    Wording,
)

SCHEMA_VERSION: Final = 1


class DocumentError(ValueError):
    """A document that cannot be read; the message is one plain sentence, `lines` say all that is wrong."""

    def __init__(self, *lines: str) -> None:
        super().__init__(lines[0])
        self.lines = lines


class Shown(Part):
    """What of the whole document is in this copy."""

    security: bool = True
    notes: bool = True
    appendix: bool = True
    names: bool = True


class Document(Part):
    """Everything that a report says, and nothing that is worked out from elsewhere.

    `targets_set`: people set targets; else all are those that TechPlan suggests.
    """

    schema_version: Literal[1]
    taken_at: AwareDatetime
    shown: Shown = Shown()
    organization: Profile
    wording: Annotated[tuple[Wording, ...], Field(min_length=1)]
    assessments: tuple[AssessmentPart, ...]
    cells: tuple[Cell, ...]
    questions: tuple[Question, ...] = ()
    challenges: tuple[Challenge, ...] = ()
    contradictions: tuple[str, ...] = ()
    in_order: tuple[Order, ...] = ()
    unreached: tuple[tuple[str, str], ...] = ()
    inventory: InventoryPart | None = None
    goals: tuple[GoalPart, ...] = ()
    plan: PlanPart
    targets_set: Flag = True

    @cached_property
    def by_cell(self) -> dict[str, Cell]:
        return {cell.key: cell for cell in self.cells}

    @cached_property
    def by_action(self) -> dict[str, ActionPart]:
        return {action.key: action for action in self.plan.actions}

    @cached_property
    def by_challenge(self) -> dict[str, Challenge]:
        return {challenge.key: challenge for challenge in self.challenges}

    @property
    def scored(self) -> tuple[Cell, ...]:
        """The cells that have a score."""
        return tuple(cell for cell in self.cells if cell.score is not None)

    def instrument(self, slug: str) -> Wording:
        """Return how an instrument was worded; raises KeyError when the document does not have it."""
        for wording in self.wording:
            if wording.slug == slug:
                return wording
        raise KeyError(slug)

    def area_mean(self, instrument: str, area: str) -> Fraction | None:
        """Return the plain mean of an area's cells that have a score."""
        return mean(c.score for c in self.scored if (c.instrument, c.area) == (instrument, area))

    def quality_mean(self, instrument: str, quality: str) -> Fraction | None:
        """Return the plain mean of a quality's cells that have a score."""
        return mean(c.score for c in self.scored if (c.instrument, c.quality) == (instrument, quality))


def mean(scores: Iterable[Fraction | None]) -> Fraction | None:
    """Return the plain mean of those that are there; None without any."""
    known = [score for score in scores if score is not None]
    return sum(known, Fraction(0)) / len(known) if known else None


def dump(document: Document) -> dict[str, Any]:
    """Return the document as plain JSON values."""
    plain: dict[str, Any] = document.model_dump(mode="json")
    return plain


def canonical(document: Document) -> bytes:
    """Return the one way of writing a document: sorted keys, no spaces, UTF-8."""
    return plain_json.canonical(dump(document)).encode()


def digest(document: Document) -> str:
    """Return the SHA-256 of the canonical document."""
    return plain_json.digest(dump(document))


def read(plain: Any) -> Document:
    """Return the document of plain JSON values; raises DocumentError with one sentence."""
    version = plain.get("schema_version") if isinstance(plain, dict) else None
    if version != SCHEMA_VERSION:
        raise DocumentError(
            f"This snapshot has schema version {version!r}; this site reads {SCHEMA_VERSION}."
        )
    try:
        return Document.model_validate_json(json.dumps(plain))
    except ValidationError as error:
        raise DocumentError(*(_line(one) for one in error.errors())) from error


def _line(error: ErrorDetails) -> str:
    """Say where a value is wrong, and why."""
    where = ".".join(str(step) for step in error["loc"])
    return f"This snapshot cannot be read: {where}: {error['msg'].removeprefix('Value error, ')}."
