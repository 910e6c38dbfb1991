"""The part of the document about where an organization stands: profile, wording, answers, cells, challenges.

Levels are exact, 0..4. A cell is named "instrument/area/quality", a question "instrument/key".
"""

from base64 import b64decode
from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, Field

from assessments.core.inventory import COMPUTERS
from reports.core.document.base import Cents, Day, Exact, Flag, Key, Level, Part, Text, Whole

SECURE = "secure"  # the quality whose cells are left out of a share
SECURITY = "security"  # the kind of a challenge that speaks of security alone
OLD_YEARS = 5  # a computer that is older has had its years, as the rules of the inventory count them
OUT_OF_USE = "out"
LARGEST_LOGO = 1_000_000  # bytes
LOGO_SIDE = 1200  # pixels
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


def _png(text: str) -> str:
    """Return a logo that is a PNG of a size that we make; whatever else a renderer could read is refused."""
    data = b64decode(text, validate=True)
    sides = [int.from_bytes(data[start : start + 4], "big") for start in (16, 20)]
    fits = len(data) <= LARGEST_LOGO and all(0 < side <= LOGO_SIDE for side in sides)
    if text and not (data.startswith(PNG) and fits):
        raise ValueError(f"must be a PNG of at most {LOGO_SIDE} pixels a side and {LARGEST_LOGO} bytes")
    return text


class Contact(Part):
    """Whom to write to."""

    name: str
    email: str = ""


class Profile(Part):
    """The organization as it described itself. A number that is None is unknown. `logo`: a PNG in base64, or empty."""

    name: str
    slug: str
    mission: str
    field: str
    staff_count: Whole | None
    full_time_equivalents: Exact | None
    volunteers: Whole | None
    devices: Whole | None
    sites: Whole | None
    yearly_budget_cents: Cents | None
    yearly_technology_budget_cents: Cents | None
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    language: str
    is_demo: Flag
    contact: Contact | None = None
    logo: Annotated[str, AfterValidator(_png)] = ""


class Named(Part):
    """An area or a quality with its words."""

    key: Key
    title: Text
    summary: Text


class ScaleLevel(Part):
    """One level of the scale."""

    level: Level
    label: Text
    meaning: Text


class Wording(Part):
    """The instrument as it was asked: its title, its scale, its areas and qualities, in both languages."""

    slug: Key
    version: Whole
    title: Text
    credits: Text
    scale: tuple[ScaleLevel, ...]
    areas: tuple[Named, ...]
    qualities: tuple[Named, ...]


class AssessmentPart(Part):
    """One assessment that the plan rests on. `groups` counts the people who answered, by whose view it is."""

    number: Whole
    instrument: Key
    kind: str
    state: str
    opened_on: Day | None
    closed_on: Day | None
    people: Whole
    groups: Mapping[str, Whole]


class Cell(Part):
    """One cell: what was found, and what the plan is expected to make of it.

    `answers` and `unknown` count answers with a level and "I don't know"; `guesses` those that were guessed.
    `closed`: the figures on which the score rests could tell what single people said, so they are left out.
    `actions` are the chosen ones that gain something here, most first. `empty` says what stands in place of a score.
    """

    key: str
    instrument: Key
    area: Key
    quality: Key
    score: Exact | None
    low: Exact | None
    high: Exact | None
    target: Exact | None
    gap: Exact | None
    after: Exact | None
    base: Whole
    applicable: Whole
    answers: Whole
    unknown: Whole
    guesses: Whole
    actions: tuple[str, ...] = ()
    empty: Text | None = None
    closed: Flag = False

    @property
    def security(self) -> bool:
        return self.quality == SECURE

    @property
    def wide(self) -> bool:
        """The range is wider than half a level and is shown."""
        return self.low is not None and self.high is not None and 2 * (self.high - self.low) > 1


class Note(Part):
    """What somebody wrote beside an answer; `name` only where they chose to answer by name."""

    text: str
    name: str = ""


class Question(Part):
    """One question and its answer. `counts` (people by level) only where three or more gave a level.

    `reached` is the description of the level, lower one first where it lies between two. Where the answers of single
    people could be read out of it, the state is "closed" and there is no figure.
    """

    key: str
    cell: str
    text: Text
    state: str
    level: Exact | None
    target: Level
    gap: Exact | None
    counts: tuple[Whole, ...] | None = None
    unknown: Whole = 0
    not_applicable: Whole = 0
    agreed: Flag = False
    reached: Text | None = None
    target_reason: str = ""
    notes: tuple[Note, ...] = ()


class Evidence(Part):
    """One sentence about what the inventory says; `code` names the rule's part, `holds` what was found."""

    code: str
    holds: Flag
    text: Text


class Contribution(Part):
    """What one question gives to the strength of one challenge, in weighted levels."""

    question: str
    cell: str
    amount: Exact


class Challenge(Part):
    """One cause behind the gaps, strongest first.

    `stance` is accepted | rejected | "" (nobody said). `proof` is what the inventory shows for it,
    `against` what it shows against it. `questions` counts the questions with a gap that point to it. `closed`: its
    strength is not shown, because it could tell what single people answered.
    """

    key: Key
    kind: str
    title: Text
    explanation: Text
    strength: Exact
    shown: Flag
    first: Flag
    stance: str
    reason: str = ""
    proof: tuple[Evidence, ...] = ()
    against: tuple[Evidence, ...] = ()
    questions: Whole = 0
    contributions: tuple[Contribution, ...] = ()
    cells: tuple[str, ...] = ()
    closed: Flag = False

    @property
    def security(self) -> bool:
        return self.kind == SECURITY


class Order(Part):
    """Something that the inventory shows to be in order, as a sentence. `challenge` is what it is not."""

    challenge: Key
    code: str = ""
    kind: str
    text: Text


class DeviceLine(Part):
    """`count` equal devices. `past_support`: safety updates have ended or soon end; None where not known."""

    kind: str
    count: Whole
    year: Whole | None = None
    os: str = ""
    used_by: str = ""
    condition: str = ""
    personal: Flag = False
    past_support: Flag | None = None


class ServiceLine(Part):
    """A program or online service that is paid or used."""

    name: str
    users: Whole | None = None
    yearly_cost_cents: Cents | None = None


class NetLine(Part):
    """One internet line; speeds are Mbit/s."""

    site: str
    kind: str = ""
    down: Exact | None = None
    up: Exact | None = None
    yearly_cost_cents: Cents | None = None


class InventoryPart(Part):
    """What the organization has, on the day `recorded_on`. `sites`: how many places of work are listed."""

    recorded_on: Day
    devices: tuple[DeviceLine, ...] = ()
    services: tuple[ServiceLine, ...] = ()
    lines: tuple[NetLine, ...] = ()
    sites: Whole | None = None

    @property
    def computers_by_year(self) -> dict[int, int]:
        """How many computers in use were made in each year; those without a year are not counted."""
        counts: dict[int, int] = {}
        for line in self.devices:
            if line.kind in COMPUTERS and line.year is not None and line.condition != OUT_OF_USE:
                counts[line.year] = counts.get(line.year, 0) + line.count
        return counts
