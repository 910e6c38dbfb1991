"""What the pages of an organization's assessments share."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.translation import get_language

from assessments.models import Assessment
from assessments.selectors.assessments import assessment_numbered
from organizations import access
from organizations.models import Membership, User


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Ask who is not signed in to do so; a part of a page that htmx asks for sends the whole page there."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated or "HX-Request" not in request.headers:
            return login_required(view)(request, *args, **kwargs)
        page = urlsplit(request.headers.get("HX-Current-URL", request.path))
        return HttpResponse(
            status=401, headers={"HX-Redirect": f"{resolve_url(settings.LOGIN_URL)}?next={quote(page.path)}"}
        )

    return inner


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
