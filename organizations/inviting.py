"""What changes when one more person joins. Each app adds what it knows, in AppConfig.ready().

    from organizations import inviting
    inviting.register(what_closes)

A provider is `function(membership) -> Notice | None`, asked for the director who invites; None when nothing does.
"""

from collections.abc import Callable
from dataclasses import dataclass

from organizations.models import Membership


@dataclass(frozen=True, slots=True)
class Notice:
    """What happens and what helps, and where to do that: the address and the words of its link."""

    text: str
    url: str
    link: str


Provider = Callable[[Membership], Notice | None]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add a provider, once."""
    if provider not in _providers:
        _providers.append(provider)


def notices_for(membership: Membership) -> list[Notice]:
    """Return what a director should know before they invite somebody."""
    found = (provider(membership) for provider in _providers)
    return [one for one in found if one is not None]
