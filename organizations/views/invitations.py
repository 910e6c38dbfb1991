"""The page behind an invitation's link: it says who invites whom to what, and lets one person join once.

The secret of the link stands in the link alone: what it opens is kept in the session, and no further address (with
its traces in logs and in the browser) holds it.
"""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from organizations import selectors, services
from organizations.adapter import INVITATION
from organizations.limits import over_limit
from organizations.models import Invitation
from organizations.views.context import person

GONE = 410


@never_cache
@require_safe
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Keep which invitation this link opens, and go on to its page; a link that is none gives 404."""
    if over_limit(request, action="invitation", most=settings.SHARE_REQUESTS_A_MINUTE):
        busy = render(request, "429.html", status=429)
        busy["Retry-After"] = "60"
        return busy
    found = get_object_or_404(Invitation, token_hash=services.hash_of(token))
    request.session[INVITATION] = found.token_hash
    return redirect("organizations:invitation-opened")


@never_cache
@require_safe
def invitation_opened(request: HttpRequest) -> HttpResponse:
    """Show the invitation whose link was opened here, and how to accept it; one that is over says why."""
    found = _opened(request).select_related("organization", "invited_by").first()
    if found is None:
        return render(request, "organizations/invitation_closed.html", status=404)
    refusal = services.refusal(found, at=timezone.now())
    member = (
        request.user.is_authenticated and found.organization.memberships.filter(user=person(request)).exists()
    )
    return render(
        request,
        "organizations/invitation.html",
        {
            "invitation": found,
            "refusal": refusal,
            "member": member,
            "other_address": request.user.is_authenticated and request.user.email != found.email,
        },
        status=GONE if refusal and not member else 200,
    )


@login_required
@require_POST
def invitation_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Join by the invitation whose link was opened here, or that was sent to an address known to be this person's."""
    own = selectors.invitations_for(person(request), at=timezone.now()).values("pk")
    opened = _opened(request).values("pk")
    found = get_object_or_404(Invitation, Q(pk__in=own) | Q(pk__in=opened), pk=pk)
    try:
        membership = services.accept(invitation=found, user=person(request), at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("organizations:invitation-opened" if opened else "organizations:organization-list")
    request.session.pop(INVITATION, None)
    messages.success(
        request, _("You belong to %(organization)s now.") % {"organization": membership.organization}
    )
    return redirect("organizations:home", membership.organization.slug)


@login_required
@require_POST
def invitation_sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out to join as somebody else; what the link has opened stays open."""
    hashed = request.session.get(INVITATION, "")
    logout(request)
    request.session[INVITATION] = hashed
    return redirect(f"{reverse('account_login')}?next={reverse('organizations:invitation-opened')}")


def _opened(request: HttpRequest) -> QuerySet[Invitation]:
    """Return the invitation whose link was opened in this session: one row or none."""
    return Invitation.objects.filter(token_hash=request.session.get(INVITATION, ""))
