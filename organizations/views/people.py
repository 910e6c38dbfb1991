"""Who belongs to an organization: list, change, remove, leave, invite; and what happened."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from organizations import access, inviting, parting, selectors, services, trail
from organizations.forms import InvitationForm, MemberForm
from organizations.models import Invitation, Membership
from organizations.onetime import one_at_a_time
from organizations.views.context import page, person

EVENTS_A_PAGE = 50
LINKS = "invitation_links"


@login_required
@require_safe
def people(request: HttpRequest, org: str) -> HttpResponse:
    """Show who belongs to the organization and, to a director, who is invited."""
    membership = access.organization_or_404(request.user, org, access.VIEW)
    manages = access.MANAGE in access.abilities(membership)
    invitations = list(selectors.open_invitations_of(membership.organization)) if manages else []
    links = _pop_links(request, invitations) if manages else {}
    now = timezone.now()
    return render(
        request,
        "organizations/people.html",
        page(
            membership,
            "home",
            members=selectors.members_of(membership.organization),
            invitations=[
                {"row": one, "expired": one.expires_at <= now, "link": links.get(one.pk, "")}
                for one in invitations
            ],
            new_links=[{"row": one, "link": links[one.pk]} for one in invitations if one.pk in links],
            mails=settings.EMAIL_CONFIGURED,
        ),
    )


@login_required
def member_change(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    """Change what a member may do, and as whom they answer."""
    membership = access.organization_or_404(request.user, org, access.MANAGE)
    with one_at_a_time(request, membership, access.MANAGE):
        return _member(request, membership, pk)


def _member(request: HttpRequest, membership: Membership, pk: int) -> HttpResponse:
    org = membership.organization.slug
    member = get_object_or_404(selectors.members_of(membership.organization), pk=pk)
    name = str(member.user)
    form = MemberForm(request.POST or None, instance=member, back=reverse("organizations:people", args=[org]))
    if request.method == "POST" and form.is_valid():
        try:
            withdrawn = services.change_member(
                membership=member, by=person(request), at=timezone.now(), **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error("role", error)
        else:
            messages.success(request, _("%(name)s is changed.") % {"name": name})
            _tell_withdrawn(request, withdrawn, name)
            return redirect("organizations:people", org)
    return render(
        request,
        "organizations/member_change.html",
        page(membership, "home", form=form, member=member),
    )


@login_required
def member_remove(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    """Ask, then take a member out of the organization."""
    membership = access.organization_or_404(request.user, org, access.MANAGE)
    with one_at_a_time(request, membership, access.MANAGE):
        return _remove(request, membership, pk)


def _remove(request: HttpRequest, membership: Membership, pk: int) -> HttpResponse:
    member = get_object_or_404(selectors.members_of(membership.organization), pk=pk)
    mistake = ""
    if request.method == "POST":
        try:
            withdrawn = services.remove_member(membership=member, by=person(request), at=timezone.now())
        except ValidationError as error:
            mistake = " ".join(error.messages)
        else:
            return _after_going(request, member, withdrawn)
    return render(
        request,
        "organizations/member_remove.html",
        page(
            membership,
            "home",
            member=member,
            mistake=mistake,
            remains=parting.remains_of(membership.organization, member.user),
        ),
    )


@login_required
def leave(request: HttpRequest, org: str) -> HttpResponse:
    """Ask, then let a member leave the organization."""
    membership = access.organization_or_404(request.user, org, access.MEMBER)
    mistake = ""
    if request.method == "POST":
        try:
            withdrawn = services.remove_member(membership=membership, by=person(request), at=timezone.now())
        except ValidationError as error:
            mistake = " ".join(error.messages)
        else:
            return _after_going(request, membership, withdrawn)
    return render(
        request,
        "organizations/leave.html",
        page(
            membership,
            "home",
            mistake=mistake,
            remains=parting.remains_of(membership.organization, person(request)),
        ),
    )


@login_required
def invite(request: HttpRequest, org: str) -> HttpResponse:
    """Invite a person by e-mail; without a mail server the link is shown to be passed on."""
    membership = access.organization_or_404(request.user, org, access.MANAGE)
    with one_at_a_time(request, membership, access.MANAGE):
        return _invite(request, membership)


def _invite(request: HttpRequest, membership: Membership) -> HttpResponse:
    org = membership.organization.slug
    form = InvitationForm(request.POST or None, back=reverse("organizations:people", args=[org]))
    if request.method == "POST" and form.is_valid():
        try:
            invitation, token = services.invite(
                organization=membership.organization,
                by=person(request),
                at=timezone.now(),
                **form.cleaned_data,
            )
        except ValidationError as error:
            form.add_error("email", error)
        else:
            _tell(request, invitation, token)
            return redirect("organizations:people", org)
    return render(
        request,
        "organizations/invite.html",
        page(
            membership,
            "home",
            form=form,
            mails=settings.EMAIL_CONFIGURED,
            notices=inviting.notices_for(membership),
        ),
    )


@login_required
@require_POST
def invitation_resend(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    """Send an invitation again, with a new link."""
    membership = access.organization_or_404(request.user, org, access.MANAGE)
    with one_at_a_time(request, membership, access.MANAGE):
        invitation = get_object_or_404(selectors.open_invitations_of(membership.organization), pk=pk)
        try:
            token = services.resend(invitation=invitation, by=person(request), at=timezone.now())
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            _tell(request, invitation, token)
    return redirect("organizations:people", org)


@login_required
@require_POST
def invitation_revoke(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    """Withdraw an invitation."""
    membership = access.organization_or_404(request.user, org, access.MANAGE)
    with one_at_a_time(request, membership, access.MANAGE):
        invitation = get_object_or_404(selectors.open_invitations_of(membership.organization), pk=pk)
        try:
            services.revoke(invitation=invitation, by=person(request), at=timezone.now())
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(
                request, _("The invitation of %(email)s is withdrawn.") % {"email": invitation.email}
            )
    return redirect("organizations:people", org)


@login_required
@require_safe
def history(request: HttpRequest, org: str) -> HttpResponse:
    """Show a director what happened in the organization."""
    membership = access.organization_or_404(request.user, org, access.MANAGE)
    events = Paginator(selectors.events_of(membership.organization), EVENTS_A_PAGE).get_page(
        request.GET.get("page")
    )
    rows = [{"at": event.at, "sentence": trail.sentence(event)} for event in events]
    return render(request, "organizations/history.html", page(membership, "home", rows=rows, events=events))


def _after_going(request: HttpRequest, member: Membership, withdrawn: int) -> HttpResponse:
    """Say who went, and lead to where the one who asked for it may still be."""
    name = str(member.user)
    left = member.user_id == request.user.pk
    if left:
        said = _("You have left %(organization)s.") % {"organization": member.organization}
    else:
        said = _("%(name)s does not belong to the organization any more.") % {"name": name}
    messages.success(request, said)
    _tell_withdrawn(request, withdrawn, name)
    if left:
        return redirect("organizations:organization-list")
    return redirect("organizations:people", member.organization.slug)


def _tell_withdrawn(request: HttpRequest, count: int, name: str) -> None:
    """Say which invitations ended with a director."""
    if count:
        text = ngettext(
            "%(count)d open invitation made by %(name)s was withdrawn.",
            "%(count)d open invitations made by %(name)s were withdrawn.",
            count,
        )
        messages.info(request, text % {"count": count, "name": name})


def _tell(request: HttpRequest, invitation: Invitation, token: str) -> None:
    """Say that the mail is on its way; without a mail server keep the link for the next page, once."""
    if settings.EMAIL_CONFIGURED:
        messages.success(
            request, _("An invitation is on its way to %(email)s.") % {"email": invitation.email}
        )
    else:
        links = request.session.get(LINKS, {})
        request.session[LINKS] = {**links, str(invitation.pk): services.link_of(token)}


def _pop_links(request: HttpRequest, invitations: list[Invitation]) -> dict[int, str]:
    links = request.session.pop(LINKS, {})
    return {one.pk: links[str(one.pk)] for one in invitations if str(one.pk) in links}
