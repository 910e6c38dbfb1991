"""The links of the top bar. Each app that has pages of an organization adds its own, in AppConfig.ready().

    from organizations import navigation
    navigation.register(navigation.Link("plan", 20, gettext_noop("Plan"), "planning:plan-list", access.VIEW))

A link of an organization (`scope="organization"`) is reversed with the slug of the organization; one of a person
(`scope="person"`, the desk for instance) without arguments. `order` sorts; at most five of an organization are shown.
A page names the link that is its own in its context: `section="plan"`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from organizations import access
from organizations.models import Membership, User

MOST = 5


@dataclass(frozen=True, slots=True)
class Link:
    """One link: `title` is English and goes through gettext; `shown_to` may hide a person's link."""

    key: str
    order: int
    title: str
    url_name: str
    ability: str = access.MEMBER
    scope: str = "organization"
    shown_to: Callable[[User], bool] | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A link as the page shows it."""

    key: str
    title: str
    url: str
    current: bool


_links: dict[tuple[str, str], Link] = {}


def register(link: Link) -> None:
    """Add a link; registering its key again replaces it."""
    _links[(link.scope, link.key)] = link


def of_organization(membership: Membership, section: str) -> list[Shown]:
    """Return the links that this member can use, in order."""
    allowed = access.abilities(membership)
    slug = membership.organization.slug
    found = [link for link in _sorted("organization") if link.ability in allowed]
    return [
        Shown(link.key, _(link.title), reverse(link.url_name, args=[slug]), link.key == section)
        for link in found[:MOST]
    ]


def of_person(user: User, section: str) -> list[Shown]:
    """Return this person's own links: pages that belong to no single organization."""
    found = [link for link in _sorted("person") if link.shown_to is None or link.shown_to(user)]
    return [Shown(link.key, _(link.title), reverse(link.url_name), link.key == section) for link in found]


def _sorted(scope: str) -> list[Link]:
    return sorted(
        (link for (kind, _key), link in _links.items() if kind == scope), key=lambda link: link.order
    )
