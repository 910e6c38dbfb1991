"""Invite people by a link that works once. Only the SHA-256 hash of its 256-bit token is kept."""

import hashlib
import secrets
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations import mail
from organizations.limits import refuse_beyond
from organizations.models import AuditEvent, Invitation, Membership, Organization, User
from organizations.services.trail import record

VALID_FOR = timedelta(days=14)


def hash_of(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def link_of(token: str) -> str:
    """Return the address that a person opens to accept."""
    return f"{settings.SITE_URL}{reverse('organizations:invitation', args=[token])}"


@transaction.atomic
def invite(
    *, organization: Organization, by: User, email: str, role: str, answers_as: str, at: datetime
) -> tuple[Invitation, str]:
    """Invite a person; return the invitation and its token, which is kept nowhere.

    Raises ValidationError when they belong already, or have an invitation that still holds.
    """
    address = email.strip().lower()
    Organization.objects.select_for_update().get(pk=organization.pk)
    if Membership.objects.filter(organization=organization, user__email=address).exists():
        raise ValidationError(_("This person belongs to your organization already."), code="member")
    open_one = Invitation.objects.filter(
        organization=organization, email=address, accepted_at__isnull=True, revoked_at__isnull=True
    ).first()
    if open_one is not None and open_one.expires_at > at:
        raise ValidationError(
            _("This person has an invitation already. You can send it again from the list of people."),
            code="invited",
        )
    if open_one is not None:
        open_one.revoked_at = at
        open_one.save(update_fields=["revoked_at"])
    _require_few(organization)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        organization=organization,
        email=address,
        role=role,
        answers_as=answers_as,
        token_hash=hash_of(token),
        invited_by=by,
        created_at=at,
        expires_at=at + VALID_FOR,
        mailed=settings.EMAIL_CONFIGURED,
    )
    _send(invitation, token, by)
    record("invitation-sent", organization=organization, user=by, detail={"email": address, "role": role})
    return invitation, token


@transaction.atomic
def resend(*, invitation: Invitation, by: User, at: datetime) -> str:
    """Make a new link for an invitation, send it, and return its token; the old link ends, and `by` invites now."""
    Organization.objects.select_for_update().get(pk=invitation.organization_id)
    current = _open(invitation)
    _require_few(current.organization)
    current.invited_by = by
    token = secrets.token_urlsafe(32)
    current.token_hash = hash_of(token)
    current.expires_at = at + VALID_FOR
    current.mailed = settings.EMAIL_CONFIGURED
    current.save(update_fields=["invited_by", "token_hash", "expires_at", "mailed"])
    _send(current, token, by)
    record(
        "invitation-sent",
        organization=current.organization,
        user=by,
        detail={"email": current.email, "role": current.role},
    )
    return token


@transaction.atomic
def revoke(*, invitation: Invitation, by: User, at: datetime) -> None:
    """End an invitation that nobody has used yet."""
    current = _open(invitation)
    current.revoked_at = at
    current.save(update_fields=["revoked_at"])
    record("invitation-revoked", organization=current.organization, user=by, detail={"email": current.email})


def withdraw_all(*, organization: Organization, of: User, by: User, at: datetime) -> int:
    """End the open invitations that a person has made; return how many. The row of the organization is locked."""
    open_ones = Invitation.objects.select_for_update().filter(
        organization=organization, invited_by=of, accepted_at__isnull=True, revoked_at__isnull=True
    )
    invitations = list(open_ones.order_by("pk"))
    for invitation in invitations:
        revoke(invitation=invitation, by=by, at=at)
    return len(invitations)


@transaction.atomic
def accept(*, invitation: Invitation, user: User, at: datetime) -> Membership:
    """Let a person join by an invitation, once.

    Raises ValidationError, with a sentence for the person, when it was used, ended or is too old, or when they
    belong to the organization already.
    """
    current = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("organization")
        .get(pk=invitation.pk)
    )
    reason = refusal(current, at=at)
    if reason:
        raise ValidationError(reason, code="closed")
    if Membership.objects.filter(organization=current.organization, user=user).exists():
        raise ValidationError(_("You belong to this organization already."), code="member")
    try:
        with transaction.atomic():
            membership = Membership.objects.create(
                organization=current.organization,
                user=user,
                role=current.role,
                answers_as=current.answers_as,
                joined_at=at,
            )
    except IntegrityError:
        raise ValidationError(_("You belong to this organization already."), code="member") from None
    current.accepted_at = at
    current.accepted_by = user
    current.save(update_fields=["accepted_at", "accepted_by"])
    if current.mailed and user.email == current.email:
        # The link went to this address and nowhere else: whoever holds it reads that mailbox.
        EmailAddress.objects.filter(user=user, email__iexact=user.email).update(verified=True)
    record(
        "member-joined",
        organization=current.organization,
        user=user,
        detail={"member": str(user), "role": current.role, "email": current.email},
    )
    return membership


def refusal(invitation: Invitation, *, at: datetime) -> str:
    """Return why an invitation cannot be accepted, in one sentence; empty when it can."""
    if invitation.revoked_at is not None:
        return _("This invitation was withdrawn. Ask for a new one.")
    if invitation.accepted_at is not None:
        return _("This invitation was used already. A link works once.")
    if invitation.expires_at <= at:
        return _("This invitation has expired. Ask for a new one.")
    return ""


def _open(invitation: Invitation) -> Invitation:
    current = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("organization")
        .get(pk=invitation.pk)
    )
    if current.accepted_at is not None or current.revoked_at is not None:
        raise ValidationError(_("This invitation is closed already."), code="closed")
    return current


def _require_few(organization: Organization) -> None:
    """Refuse more letters than an organization may send in a day; sent again counts, withdrawn too."""
    since = timezone.now() - timedelta(days=1)
    sent = AuditEvent.objects.filter(organization=organization, kind="invitation-sent", at__gt=since).count()
    refuse_beyond(
        settings.INVITATIONS_A_DAY,
        had=sent,
        said=ngettext(
            "Your organization has sent %(count)d invitation in a day. Wait until tomorrow.",
            "Your organization has sent %(count)d invitations in a day. Wait until tomorrow.",
            sent,
        ),
    )


def _send(invitation: Invitation, token: str, by: User) -> None:
    mail.send(
        "invitation",
        to=invitation.email,
        context={
            "organization": invitation.organization.name,
            "inviter": str(by),
            "role": invitation.get_role_display(),
            "link": link_of(token),
            "expires": invitation.expires_at.date(),
        },
        language=invitation.organization.language,
        organization=invitation.organization,
    )
