"""The page behind an invitation's link: it says who invites whom to what, and lets one person join once."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from organizations import selectors, services
from organizations.adapter import INVITATION
from organizations.models import Invitation
from organizations.views.context import person

GONE = 410


@never_cache
@require_safe
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show an invitation, and how to accept it; a link that no longer works says why."""
    found = _by_token(token)
    refusal = services.refusal(found, at=timezone.now())
    if not refusal and not request.user.is_authenticated:
        request.session[INVITATION] = (
            found.token_hash
        )  # lets this browser sign up where sign-up is by invitation
    member = (
        request.user.is_authenticated and found.organization.memberships.filter(user=person(request)).exists()
    )
    return render(
        request,
        "organizations/invitation.html",
        {
            "invitation": found,
            "token": token,
            "refusal": refusal,
            "member": member,
            "other_address": request.user.is_authenticated and request.user.email != found.email,
        },
        status=GONE if refusal and not member else 200,
    )


@login_required
@require_POST
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Join by the link."""
    return _accept(request, _by_token(token), back=f"/invitations/{token}/")


@login_required
@require_POST
def invitation_accept_own(request: HttpRequest, pk: int) -> HttpResponse:
    """Join by an invitation that was sent to an address known to be this person's."""
    own = selectors.invitations_for(person(request), at=timezone.now())
    return _accept(request, get_object_or_404(own, pk=pk), back="/organizations/")


def _accept(request: HttpRequest, found: Invitation, *, back: str) -> HttpResponse:
    try:
        membership = services.accept(invitation=found, user=person(request), at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(back)
    request.session.pop(INVITATION, None)
    messages.success(
        request, _("You belong to %(organization)s now.") % {"organization": membership.organization}
    )
    return redirect("organizations:home", membership.organization.slug)


def _by_token(token: str) -> Invitation:
    found = (
        Invitation.objects.filter(token_hash=services.hash_of(token))
        .select_related("organization", "invited_by")
        .first()
    )
    if found is None:
        raise Http404
    return found
