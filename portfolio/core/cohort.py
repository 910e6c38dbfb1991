"""The demonstration cohort: invented organizations, people, inventories, answers and funders. Plain Python.

Money is in US dollars here, speeds in Mbit/s, shares run from 0 to 1, levels from 0 to 4 in halves, all as
exact decimals. `None` in facts means that there is none. The comment at the top of `content/demo/cohort.yaml`
says how the file is read; `reading.py` reads it and checks how its parts fit, `filling.py` fills the answers in.
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from assessments.core.content import (
    ContentModel,
    Day,
    Flag,
    Key,
    Line,
    Number,
    Text,
    Whole,
    Word,
    show,
)


def _half(value: Decimal) -> Decimal:
    if value % Decimal("0.5"):
        raise ValueError(f"must be in steps of 0.5, is {show(value)}")
    return value


Language = Literal["en", "es"]
Amount = Annotated[Number, Field(ge=0, le=10**9)]
Share = Annotated[Number, Field(ge=0, le=1)]
HalfLevel = Annotated[Number, Field(ge=0, le=4), AfterValidator(_half)]
Count = Annotated[Whole, Field(ge=0, le=100_000)]
Year = Annotated[Whole, Field(ge=1900, le=2100)]
Cell = Annotated[Line, Field(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")]
CellPattern = Annotated[Line, Field(pattern=r"^([a-z0-9-]+|\*)/([a-z0-9-]+|\*)$")]
Email = Annotated[Line, Field(pattern=r"^[a-z0-9.-]+@example\.org$")]
Role = Literal["director", "staff", "tech", "board"]


class Titled(ContentModel):
    key: Key
    title: Text


class Round(Titled):
    date: Day


class CohortInfo(Titled):
    """The cohort itself and its rounds of answers."""

    summary: Text
    rounds: Annotated[tuple[Round, ...], Field(min_length=1)]


class Someone(ContentModel):
    key: Key
    name: Word
    email: Email
    language: Language


class Consultant(Someone):
    role: Literal["consultant"]
    practice: Word
    works_with: tuple[Key, ...]


class Member(Someone):
    """A person of an organization; `named` = chose to answer with the name shown."""

    role: Role
    title: Text
    named: Flag = False


class FunderPerson(Someone):
    role: Literal["funder"]
    title: Text


class CohortSite(ContentModel):
    key: Key
    name: Word
    place: Word
    staff: Count


class Profile(ContentModel):
    """An organization; `computers` are its desktops and laptops, `devices` all that it has."""

    mission: Text
    field: Titled
    founded: Year
    staff_count: Count
    full_time_equivalents: Amount
    volunteers: Count
    yearly_budget: Amount
    yearly_technology_budget: Amount
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    computers: Count
    devices: Count
    sites: Annotated[tuple[CohortSite, ...], Field(min_length=1)]


class Goal(Titled):
    measure: Text
    by: Day
    areas: Annotated[tuple[Key, ...], Field(min_length=1)]


class CohortDevice(ContentModel):
    """`count` equal devices."""

    kind: Key
    count: Count
    year: Year
    os: Line
    site: Key
    use: Text
    encrypted: Count
    managed: Count
    owner: Literal["personal"] | None = None


class CohortService(ContentModel):
    key: Key
    name: Text
    users: Count
    yearly_cost: Amount
    renews: Annotated[Line, Field(pattern=r"^(0[1-9]|1[0-2])?$")]
    two_step: Literal["all", "some", "none"]
    shared_login: Flag
    purpose: Annotated[tuple[Key, ...], Field(min_length=1)]
    owner: Literal["personal"] | None = None


class CohortLine(ContentModel):
    site: Key
    kind: Key
    down: Amount
    up: Amount
    yearly_cost: Amount
    backup_line: Flag


class CohortBackup(ContentModel):
    second_copy: Flag
    newest_days: Count | None
    last_restore_test: Day | None


class Policies(ContentModel):
    acceptable_use: Day | None
    data_protection: Day | None
    social_media: Day | None
    joiners_leavers: Day | None


class Plans(ContentModel):
    technology: Day | None
    incident: Day | None
    replacement: Day | None


class CohortFacts(ContentModel):
    technology_owner: Key | None
    support_hours_a_month: Amount
    training_hours_per_person_last_year: Amount
    backup: CohortBackup
    policies: Policies
    plans: Plans
    guest_wifi: Flag
    accounts_of_leavers: Count
    staff_off_site_share: Share
    staff_off_site_without_laptop_share: Share
    yearly_cost_paid_by_ending_grants_share: Share


class CohortInventory(ContentModel):
    recorded_on: Day
    devices: tuple[CohortDevice, ...]
    services: tuple[CohortService, ...]
    internet: tuple[CohortLine, ...]
    facts: CohortFacts


class Comment(ContentModel):
    cell: Cell
    text: Text


class AnswerEntry(ContentModel):
    """How one person answered in one round; `filling.fill` makes the answers of it."""

    person: Key
    round: Key
    form: Literal["full", "quick"]
    levels: dict[Key, dict[Key, HalfLevel]]
    fallback: HalfLevel
    spread: Annotated[Number, Field(ge=0, le=Decimal("1.5"))]
    dont_know: Annotated[dict[CellPattern, Share], Field(alias="dont-know")]
    not_applicable: Annotated[dict[CellPattern, Share], Field(alias="not-applicable")]
    only: Annotated[tuple[Cell, ...], Field(min_length=1)] | None = None
    comments: tuple[Comment, ...] = ()


class Difference(ContentModel):
    """Two roles that see these cells differently, by at least so many levels."""

    between: Annotated[tuple[Role, ...], Field(min_length=2, max_length=2)]
    at_least: Annotated[Number, Field(ge=0, le=4)]
    cells: Annotated[tuple[Cell, ...], Field(min_length=1)]


class Direction(ContentModel):
    cells: Annotated[tuple[Cell, ...], Field(min_length=1)]
    direction: Literal["up", "down"]


class Expect(ContentModel):
    """What the demonstration must show once it is loaded; the tests check it."""

    challenges: tuple[Key, ...]
    weakest_quality: Key | None = None
    weakest_area: Key | None = None
    strongest_cell: Cell | None = None
    difference: Difference | None = None
    change: Direction | None = None


class CohortOrganization(ContentModel):
    key: Key
    name: Word
    story: Text
    profile: Profile
    people: Annotated[tuple[Member, ...], Field(min_length=1)]
    goals: tuple[Goal, ...]
    inventory: CohortInventory
    targets: dict[CellPattern, HalfLevel]
    done: tuple[Key, ...]
    answers: tuple[AnswerEntry, ...]
    expect: Expect

    def person(self, key: str) -> Member:
        """Return one of its people; raises KeyError when there is none."""
        for member in self.people:
            if member.key == key:
                return member
        raise KeyError(key)


class CohortShare(ContentModel):
    """What an organization let a funder see. One with `revoked_on` is not visible from that day."""

    organization: Key
    sections: Annotated[tuple[Annotated[Line, Field(pattern=r"^[a-z.-]+$")], ...], Field(min_length=1)]
    redact: tuple[Key, ...]
    granted_by: Key
    on: Day
    until: Day
    note: Text
    revoked_on: Day | None = None
    revoked_by: Key | None = None


class Grant(ContentModel):
    organization: Key
    amount: Annotated[Number, Field(ge=1, le=10**9)]
    status: Literal["requested", "awarded", "declined"]
    on: Day
    for_: Annotated[Text, Field(alias="for")]
    challenges: Annotated[tuple[Key, ...], Field(min_length=1)]


class CohortFunder(ContentModel):
    key: Key
    name: Word
    profile: Key
    about: Text
    people: Annotated[tuple[FunderPerson, ...], Field(min_length=1)]
    shares: tuple[CohortShare, ...]
    grants: tuple[Grant, ...]


class Cohort(ContentModel):
    """The whole file."""

    slug: Key
    version: Annotated[Whole, Field(ge=1)]
    fictional: Literal[True]
    notice: Text
    as_of: Day
    instrument: Key
    cohort: CohortInfo
    consultant: Consultant
    organizations: Annotated[tuple[CohortOrganization, ...], Field(min_length=1)]
    funders: tuple[CohortFunder, ...]

    def organization(self, key: str) -> CohortOrganization:
        """Return one organization; raises KeyError when there is none."""
        for organization in self.organizations:
            if organization.key == key:
                return organization
        raise KeyError(key)
