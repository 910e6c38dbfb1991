"""What every page of an organization passes to its template."""

from typing import Any

from organizations import access
from organizations.models import Membership


def page(membership: Membership, section: str, **more: Any) -> dict[str, Any]:
    """Return the context of a page of this organization."""
    return {
        "organization": membership.organization,
        "membership": membership,
        "abilities": access.abilities(membership),
        "section": section,
        **more,
    }
