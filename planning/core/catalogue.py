"""The catalogue: challenges that explain gaps and actions that meet them, read from checked content files.

Amounts in the files are US dollars, hours are hours, lifts are levels in steps of 1/4 up to 2.
`Catalogue.arithmetic` holds the actions as the cores see them: exact fractions and whole cents.
Source: the format is described in docs/content.md.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from assessments.core.content import (
    ContentError,
    ContentModel,
    Finding,
    Key,
    Number,
    Text,
    Whole,
    Word,
    circle,
    load,
    show,
)
from assessments.core.instruments import Instrument
from planning.core.rules import COUNT_BASES, RULES
from planning.core.values import Action, CostRow, DoneWhen, Lift

SHIPPED = Path(__file__).resolve().parents[1] / "content"
PURPOSES = (
    *(
        "email-calendar",
        "documents",
        "file-sharing",
        "team-chat",
        "video-calls",
        "contacts",
        "client-records",
    ),
    *("donations", "banking", "accounting", "newsletters", "scheduling-posts", "listening", "media-editing"),
    *("forms-surveys", "website", "passwords", "safety-backup", "other"),
)
FACTS: dict[str, tuple[str, ...]] = {
    "inventory": ("recorded",),
    "technology-lead": ("named",),
    "help-desk": ("contracted",),
    "service-for": PURPOSES,
    "plan": ("technology", "incident", "replacement"),
    "policy": ("acceptable-use", "data-protection", "social-media", "joining-leaving"),
    "not-shown": tuple(RULES),
}
LARGEST = 10**9

ChallengeKind = Literal[
    "hardware", "software", "connectivity", "data", "security", "people", "process", "leadership", "money"
]
ActionKind = Literal["gear", "software", "connectivity", "staffing", "consulting", "training", "policy"]
Category = Literal["gear", "software", "connectivity", "staffing", "consulting", "training"]
Basis = Literal["per-organisation", "per-person", "per-device", "per-site"]
Count = Literal[
    "computers-older-than-5-years",
    "computers-worth-extending",
    "staff-without-own-computer",
    "devices-past-support",
    "slow-sites",
    "sites-with-weak-wifi",
]


def _span(value: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    if value[0] > value[1]:
        raise PydanticCustomError(
            "said", "low ({low}) is above high ({high})", {"low": str(value[0]), "high": str(value[1])}
        )
    return value


def _quarter_steps(value: Decimal) -> Decimal:
    if value % Decimal("0.25"):
        raise PydanticCustomError("said", "must be in steps of 0.25, is {what}", {"what": str(value)})
    return value


def _whole_cents(value: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    if any(amount * 100 % 1 for amount in value):
        raise PydanticCustomError("said", "must be whole cents", {})
    return value


Amount = Annotated[Number, Field(ge=0, le=LARGEST)]
Two = Annotated[tuple[Amount, ...], Field(min_length=2, max_length=2)]
Span = Annotated[Two, AfterValidator(_span)]
Dollars = Annotated[Two, AfterValidator(_span), AfterValidator(_whole_cents)]
Levels = Annotated[Number, Field(gt=0, le=2), AfterValidator(_quarter_steps)]


class ChallengeContent(ContentModel):
    """What explains a gap. `inventory_rule` is for people; how it is read is code."""

    key: Key
    kind: ChallengeKind
    title: Text
    explanation: Text
    signs: Annotated[tuple[Text, ...], Field(min_length=1)]
    inventory_rule: Word | None = None


class LiftContent(ContentModel):
    """The expected rise of one cell's score, in levels."""

    instrument: Key
    area: Key
    quality: Key
    levels: Levels

    @property
    def cell(self) -> str:
        return f"{self.instrument}/{self.area}/{self.quality}"


class CostContent(ContentModel):
    """One cost row in dollars for one unit: low and high, once and a year, with where the figure comes from."""

    category: Category
    basis: Basis
    one_time: Dollars
    yearly: Dollars
    note: Text
    year: Annotated[Whole, Field(ge=1990, le=2100)]
    source: Word
    count: Count | None = None


class DoneWhenContent(ContentModel):
    """What in the inventory shows that an action is done."""

    fact: Key
    is_: Annotated[Key, Field(alias="is")]


class Resource(ContentModel):
    """A well-known, lasting page."""

    title: Word
    url: Annotated[Word, Field(pattern=r"^https?://[^\s/]+\.[^\s/]+(/\S*)?$")]


class ActionContent(ContentModel):
    """What an organization can do about challenges."""

    key: Key
    title: Text
    summary: Text
    kind: ActionKind
    resolves: Annotated[tuple[Key, ...], Field(min_length=1)]
    lifts: tuple[LiftContent, ...]
    requires: tuple[Key, ...]
    done_when: DoneWhenContent | None = None
    weeks: Annotated[Whole, Field(ge=0, le=520)]
    staff_hours: Span
    training_hours_per_person: Amount
    assistance_hours: Span
    costs: tuple[CostContent, ...]
    first_steps: Annotated[tuple[Text, ...], Field(min_length=3, max_length=3)]
    measures: Annotated[tuple[Text, ...], Field(min_length=1)]
    funding: Text
    resources: tuple[Resource, ...]

    @property
    def arithmetic(self) -> Action:
        """The action as the cores see it."""
        return Action(
            key=self.key,
            kind=self.kind,
            resolves=self.resolves,
            lifts=tuple(Lift(lift.cell, Fraction(lift.levels)) for lift in self.lifts),
            requires=self.requires,
            weeks=self.weeks,
            staff_hours=_fractions(self.staff_hours),
            training_hours_per_person=Fraction(self.training_hours_per_person),
            assistance_hours=_fractions(self.assistance_hours),
            costs=tuple(
                CostRow(
                    category=row.category,
                    basis=row.basis,
                    one_time=_cents(row.one_time),
                    yearly=_cents(row.yearly),
                    year=row.year,
                    source=row.source,
                    count=row.count,
                )
                for row in self.costs
            ),
            done_when=None if self.done_when is None else DoneWhen(self.done_when.fact, self.done_when.is_),
        )


class Catalogue(ContentModel):
    """All challenges and actions, in the order of the files."""

    challenge_list: tuple[ChallengeContent, ...]
    action_list: tuple[ActionContent, ...]

    @cached_property
    def challenges(self) -> Mapping[str, ChallengeContent]:
        return {challenge.key: challenge for challenge in self.challenge_list}

    @cached_property
    def actions(self) -> Mapping[str, ActionContent]:
        return {action.key: action for action in self.action_list}

    @cached_property
    def arithmetic(self) -> Mapping[str, Action]:
        """The actions as the cores see them, by key."""
        return {action.key: action.arithmetic for action in self.action_list}


def read_catalogue(folder: Path = SHIPPED) -> Catalogue:
    """Read and check challenges.yaml and actions.yaml of a folder; raises ContentError with a line an error."""
    challenges = load(
        folder / "challenges.yaml", tuple[ChallengeContent, ...], top=list, relate=relate_challenges
    )
    known = {challenge.key: challenge for challenge in challenges}
    actions = load(
        folder / "actions.yaml",
        tuple[ActionContent, ...],
        top=list,
        relate=lambda found: relate_actions(found, known),
    )
    return Catalogue(challenge_list=challenges, action_list=actions)


def check_catalogue(catalogue: Catalogue, instruments: Sequence[Instrument]) -> list[str]:
    """Return what does not fit the instruments: challenges that questions name, cells that actions lift."""
    lines = []
    cells = {f"{instrument.slug}/{cell}" for instrument in instruments for cell in instrument.cells}
    for instrument in instruments:
        for question in instrument.questions:
            lines += [
                f"{instrument.slug}: questions[{question.key}].challenges: {show(key)} is not in challenges.yaml"
                for key in question.challenges
                if key not in catalogue.challenges
            ]
    for action in catalogue.action_list:
        lines += [
            f"actions.yaml: [{action.key}].lifts: {show(lift.cell)} is not a cell of an instrument"
            for lift in action.lifts
            if lift.cell not in cells
        ]
    return lines


def require_fit(catalogue: Catalogue, instruments: Sequence[Instrument]) -> None:
    """Raise ContentError when the catalogue does not fit the instruments."""
    if lines := check_catalogue(catalogue, instruments):
        raise ContentError(lines)


def relate_challenges(challenges: tuple[ChallengeContent, ...]) -> Iterator[Finding]:
    """Yield keys that come twice, and inventory rules that nobody reads."""
    yield from _twice(challenge.key for challenge in challenges)
    for challenge in challenges:
        if (challenge.inventory_rule is not None) != (challenge.key in RULES):
            wrong = "has no reading in code" if challenge.inventory_rule is not None else "is missing"
            yield f"[{challenge.key}].inventory_rule", wrong


def relate_actions(
    actions: tuple[ActionContent, ...], challenges: Mapping[str, ChallengeContent]
) -> Iterator[Finding]:
    """Yield what no single value shows: references to nothing, circles, challenges that nothing resolves."""
    yield from _twice(action.key for action in actions)
    keys = {action.key for action in actions}
    for action in actions:
        at = f"[{action.key}]"
        for name, wanted, what in (
            ("resolves", challenges.keys(), "a challenge"),
            ("requires", keys, "an action"),
        ):
            named = getattr(action, name)
            yield from ((f"{at}.{name}", f"{show(key)} is not {what}") for key in named if key not in wanted)
        yield from ((f"{at}.{path}", what) for path, what in _relate_parts(action))
    if found := circle({action.key: [key for key in action.requires if key in keys] for action in actions}):
        yield "", f"requires goes in a circle: {' -> '.join(found)}"
    resolved = {key for action in actions for key in action.resolves}
    yield from (
        ("", f"no action resolves the challenge {show(key)}") for key in challenges if key not in resolved
    )


def _relate_parts(action: ActionContent) -> Iterator[Finding]:
    """Yield what is wrong inside one action."""
    for cell, times in Counter(lift.cell for lift in action.lifts).items():
        if times > 1:
            yield "lifts", f"{show(cell)} is lifted {times} times"
    for name in ("resolves", "requires"):
        for key, times in Counter(getattr(action, name)).items():
            if times > 1:
                yield name, f"{show(key)} comes {times} times"
    for place, row in enumerate(action.costs):
        if row.count is not None and COUNT_BASES[row.count] != row.basis:
            yield f"costs[{place}].count", f"{show(row.count)} goes with the basis {COUNT_BASES[row.count]}"
    done_when = action.done_when
    if done_when is not None and done_when.is_ not in FACTS.get(done_when.fact, ()):
        yield (
            "done_when",
            f"{show(done_when.fact)}: {show(done_when.is_)} is not a fact that the inventory gives",
        )


def _twice(keys: Iterator[str]) -> Iterator[Finding]:
    yield from (("", f"{show(key)} comes {times} times") for key, times in Counter(keys).items() if times > 1)


def _fractions(pair: tuple[Decimal, ...]) -> tuple[Fraction, Fraction]:
    return Fraction(pair[0]), Fraction(pair[1])


def _cents(pair: tuple[Decimal, ...]) -> tuple[int, int]:
    return int(pair[0] * 100), int(pair[1] * 100)
