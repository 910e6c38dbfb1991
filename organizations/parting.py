"""What of a member stays behind and keeps working when they go. Each app adds what it knows, in AppConfig.ready().

    from organizations import parting
    parting.register(links_that_stay)

A provider is `function(organization, user) -> Remains | None`; None when there is nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass

from organizations.models import Organization, User


@dataclass(frozen=True, slots=True)
class Remains:
    """One sentence about what stays, and where to end it: the address and the words of its link."""

    text: str
    url: str
    link: str


Provider = Callable[[Organization, User], Remains | None]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add a provider, once."""
    if provider not in _providers:
        _providers.append(provider)


def remains_of(organization: Organization, user: User) -> list[Remains]:
    """Return what stays of a member."""
    found = (provider(organization, user) for provider in _providers)
    return [one for one in found if one is not None]
