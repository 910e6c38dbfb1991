"""The steps on an organization's home. Each app adds those that it knows about, in AppConfig.ready().

    from organizations import home
    home.register("assess", 10, assessment_step)

A provider is `function(organization, membership) -> Step | None`; None when the step is nothing to this member.
The home shows the steps in order as the journey; the first that asks for something (`next_title` and `url`, not done)
is the one thing to do next, with the one button of the page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeVar

from organizations.models import Membership, Organization

Status = Literal["done", "now", "wait"]
Provider = TypeVar("Provider")


@dataclass(frozen=True, slots=True)
class Step:
    """One station of the journey, in the words of the page (already translated).

    kind: its key ("assess", "understand", "plan", "report", "share").
    title: one word or two, for instance "Assess".
    status: done, now (under way) or wait (not begun).
    status_text: the status in a word or two, for instance "Done", "Under way", "In March".
    text: one sentence that says what there is.
    url: where it goes on.
    next_title, next_text, button: what is to be done next; empty when this step asks for nothing now.
    next_url: where that is done, if not where the step goes on.
    also_text, also_url: one line more, and where it leads.
    may_wait: what it asks for takes its time (somebody else decides): steps after it go first.
    """

    kind: str
    title: str
    status: Status
    status_text: str
    text: str
    url: str
    next_title: str = ""
    next_text: str = ""
    button: str = ""
    may_wait: bool = False
    next_url: str = ""
    also_text: str = ""
    also_url: str = ""

    @property
    def leads_to(self) -> str:
        """Where its button leads."""
        return self.next_url or self.url


@dataclass(frozen=True, slots=True)
class Spread:
    """One more section of the home: a template of the app that registered it, with its context."""

    title: str
    note: str
    template: str
    context: dict[str, object]


Found = TypeVar("Found")
KEPT = "_read_for_the_home"

StepProvider = Callable[[Organization, Membership], Step | None]
SpreadProvider = Callable[[Organization, Membership], Spread | None]

_steps: dict[str, tuple[int, StepProvider]] = {}
_spreads: dict[str, tuple[int, SpreadProvider]] = {}


def register(key: str, order: int, provider: StepProvider) -> None:
    """Add a station of the journey; registering its key again replaces it."""
    _steps[key] = (order, provider)


def register_spread(key: str, order: int, provider: SpreadProvider) -> None:
    """Add a section below the journey ("Where you stand", "Who can see what")."""
    _spreads[key] = (order, provider)


def steps(organization: Organization, membership: Membership) -> list[Step]:
    """Return the journey of this organization, as this member sees it."""
    membership.__dict__[KEPT] = {}
    try:
        found = [provider(organization, membership) for _order, provider in _by_order(_steps)]
    finally:
        del membership.__dict__[KEPT]
    return [step for step in found if step is not None]


def once(membership: Membership, key: str, find: Callable[[], Found]) -> Found:
    """Return what `find()` gives; while one journey is told, its steps ask for the same thing only once."""
    kept = membership.__dict__.get(KEPT, {})
    if key not in kept:
        kept[key] = find()
    return kept[key]  # type: ignore[no-any-return]


def spreads(organization: Organization, membership: Membership) -> list[Spread]:
    """Return the further sections of this organization's home, as this member sees them."""
    found = [provider(organization, membership) for _order, provider in _by_order(_spreads)]
    return [spread for spread in found if spread is not None]


def next_step(journey: list[Step]) -> Step | None:
    """Return the first step that asks for something, one that may wait last; None when nothing is to be done."""
    asking = [step for step in journey if step.next_title and step.leads_to]
    return min(asking, key=lambda step: step.may_wait, default=None)


def _by_order(providers: dict[str, tuple[int, Provider]]) -> list[tuple[int, Provider]]:
    return sorted(providers.values(), key=lambda pair: pair[0])
