"""Who: the profile of the organization and the people in it."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from reports.portability.schema.base import Address, Line, Prose, Row, Whole


class Member(Row):
    """What a person is in the organization."""

    role: Literal["director", "editor", "respondent", "consultant", "viewer"]
    title: Line
    may_share: bool
    answers_as: Literal["director", "board", "staff", "tech"]
    joined_at: AwareDatetime


class Person(Row):
    """Somebody who is a member, or who did something here and is none any more (`member` null)."""

    email: Address
    name: Line
    language: Annotated[str, Field(max_length=8)]
    member: Member | None


class Profile(Row):
    """The organization's profile; a number that is null is not known. `logo` is a PNG in base64, or null."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    mission: Prose
    field: Line
    staff_count: Whole | None
    full_time_equivalents: Decimal | None
    volunteers: Whole | None
    devices_count: Whole | None
    sites_count: Whole | None
    yearly_budget_cents: int | None
    yearly_technology_budget_cents: int | None
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    language: Literal["en", "es"]
    paper_size: Literal["letter", "a4"]
    is_demo: bool
    created_at: AwareDatetime
    logo: Annotated[str, Field(max_length=8_000_000)] | None
