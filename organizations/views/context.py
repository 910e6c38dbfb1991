"""What every page of an organization passes to its template."""

from typing import Any, cast

from django.http import HttpRequest

from organizations import access
from organizations.models import Membership, User


def person(request: HttpRequest) -> User:
    """Return who is signed in; for views behind `login_required` only."""
    return cast(User, request.user)


def page(membership: Membership, section: str, **more: Any) -> dict[str, Any]:
    """Return the context of a page of this organization."""
    return {
        "organization": membership.organization,
        "membership": membership,
        "abilities": access.abilities(membership),
        "section": section,
        **more,
    }
