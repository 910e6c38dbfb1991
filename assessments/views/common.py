"""What the pages of an organization's assessments share."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.utils.translation import get_language

from assessments.models import Assessment
from assessments.selectors.assessments import assessment_numbered
from organizations import access
from organizations.models import Membership, User


def frame(membership: Membership, *, section: str = "assess") -> dict[str, Any]:
    """Return what base.html needs."""
    return {
        "organization": membership.organization,
        "membership": membership,
        "abilities": access.abilities(membership),
        "section": section,
    }


def assessment_or_404(
    user: User | AnonymousUser, org: str, number: int, ability: str
) -> tuple[Membership, Assessment]:
    """Return the membership and the assessment; 404 where there is none, 403 where the role lacks the ability."""
    membership = access.organization_or_404(user, org, ability)
    assessment = assessment_numbered(membership.organization, number)
    if assessment is None:
        raise Http404
    return membership, assessment


def language() -> str:
    """Return the language of the page."""
    return get_language() or "en"
