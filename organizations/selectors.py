"""Reads about people and organizations, always from the side of who asks."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from organizations.models import AuditEvent, Invitation, Membership, Organization, User

AT_THE_DOOR = ("sign-in", "password-changed", "email-changed", "second-step-added", "second-step-removed")


def members_of(organization: Organization) -> QuerySet[Membership]:
    """Return the members with their people: directors first, then by name."""
    return (
        Membership.objects.filter(organization=organization)
        .select_related("user", "organization")
        .order_by("user__name", "user__email", "pk")
    )


def open_invitations_of(organization: Organization) -> QuerySet[Invitation]:
    """Return the invitations that nobody has used or ended, expired ones as well."""
    return Invitation.objects.filter(
        organization=organization, accepted_at__isnull=True, revoked_at__isnull=True
    ).select_related("invited_by")


def verified_emails(user: User | AnonymousUser) -> frozenset[str]:
    """Return the addresses that this person is known to read: only these open what was sent to an address."""
    if not user.is_authenticated:
        return frozenset()
    found = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return frozenset(address.lower() for address in found)


def invitations_for(user: User, *, at: datetime) -> QuerySet[Invitation]:
    """Return the invitations that wait for this person at an address that is known to be theirs."""
    return Invitation.objects.filter(
        email__in=verified_emails(user),
        accepted_at__isnull=True,
        revoked_at__isnull=True,
        expires_at__gt=at,
    ).select_related("organization", "invited_by")


def events_of(organization: Organization) -> QuerySet[AuditEvent]:
    """Return what happened in an organization, newest first; what members did at the door counts since they joined."""
    joined = Membership.objects.filter(
        organization=organization, user=OuterRef("user"), joined_at__lte=OuterRef("at")
    )
    door = Q(Exists(joined), kind__in=AT_THE_DOOR, organization__isnull=True)
    return AuditEvent.objects.filter(Q(organization=organization) | door).select_related("user")
