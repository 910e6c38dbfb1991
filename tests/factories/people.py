"""One house for the tests of access: an organization with a person of every role, a look-alike beside it, a stranger.

    def test_something(house: House) -> None:
        client.force_login(house.people["editor"])
        client.get(f"/o/{house.slug}/")

Apps above the people hang their objects into `house.objects` (see `furnish`), so that the access table finds them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from organizations import services
from organizations.models import Invitation, Membership, Organization, User

PASSWORD = "coffee while it starts"
ROLES = ("director", "editor", "respondent", "consultant", "viewer")
NAME = "Corvina Renters' Table"
TOKEN = "a-token-for-the-tests"


@dataclass
class House:
    """What the tests of access walk through."""

    organization: Organization
    lookalike: Organization
    people: dict[str, User]
    members: dict[str, Membership]
    invitation: Invitation
    objects: dict[str, Any] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        """Return what stands in the addresses of the organization."""
        return self.organization.slug


_furnishers: list[Callable[[House], None]] = []


def furnish(build: Callable[[House], None]) -> Callable[[House], None]:
    """Let an app hang its objects into every house: a decorator for `build(house)`."""
    _furnishers.append(build)
    return build


def person(name: str, **fields: Any) -> User:
    """Return a person who can sign in with PASSWORD."""
    email = fields.pop("email", f"{name.lower().replace(' ', '.')}@example.org")
    return services.create_user(email=email, name=name, password=PASSWORD, **fields)


def build_house() -> House:
    """Build the organization, its people and its look-alike, which has the same name and the same roles' director."""
    organization = Organization.objects.create(slug="corvina-renters-table", name=NAME, staff_count=11)
    lookalike = Organization.objects.create(slug="corvina-renters-table-2", name=NAME, staff_count=11)
    people = {role: person(role.title()) for role in ROLES}
    members = {
        role: Membership.objects.create(
            organization=organization,
            user=people[role],
            role=role,
            answers_as="director" if role == "director" else "staff",
        )
        for role in ROLES
    }
    people["stranger"] = person("Stranger")
    own = Organization.objects.create(slug="own-place", name="Own Place")
    Membership.objects.create(organization=own, user=people["stranger"], role="director")
    people["lookalike"] = person("Director", email="director@lookalike.example.org")
    Membership.objects.create(organization=lookalike, user=people["lookalike"], role="director")
    invitation = Invitation.objects.create(
        organization=organization,
        email="invited@example.org",
        role="editor",
        token_hash=services.hash_of(TOKEN),
        invited_by=people["director"],
        expires_at=datetime.now(UTC) + timedelta(days=3),
        mailed=True,
    )
    house = House(organization, lookalike, people, members, invitation)
    for build in _furnishers:
        build(house)
    return house
