"""Change what members are, and let them go. An organization always keeps a director: the row of the organization is
locked while that is checked, so that two directors cannot leave at once.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from organizations.models import Membership, Organization, User
from organizations.services.invitations import withdraw_all
from organizations.services.trail import record


@transaction.atomic
def change_member(
    *,
    membership: Membership,
    by: User,
    at: datetime,
    role: str,
    title: str,
    answers_as: str,
    may_share: bool,
) -> int:
    """Change a member's role, job title, view and right to share (which only a consultant needs).

    Returns how many open invitations of theirs were withdrawn, because they are director no more.
    Raises ValidationError when the last director would be one no more.
    """
    current = _locked(membership)
    if current.role == Membership.Role.DIRECTOR and role != Membership.Role.DIRECTOR:
        _require_another_director(current)
    before, share_before = current.role, current.may_share
    current.role = role
    current.title = title
    current.answers_as = answers_as
    current.may_share = may_share and role == Membership.Role.CONSULTANT
    current.save(update_fields=["role", "title", "answers_as", "may_share"])
    who = {"member": str(current.user)}
    if before != role:
        record(
            "role-changed",
            organization=current.organization,
            user=by,
            detail={**who, "before": before, "after": role},
        )
    if share_before != current.may_share:
        kind = "sharing-allowed" if current.may_share else "sharing-withdrawn"
        record(kind, organization=current.organization, user=by, detail=who)
    if before == Membership.Role.DIRECTOR != role:
        return withdraw_all(organization=current.organization, of=current.user, by=by, at=at)
    return 0


@transaction.atomic
def remove_member(*, membership: Membership, by: User, at: datetime) -> int:
    """Take a person out of an organization; their answers stay with it.

    Returns how many open invitations of theirs were withdrawn: nobody shall come back by one made before.
    Raises ValidationError for the last director.
    """
    current = _locked(membership)
    _require_another_director(current)
    organization, name, role = current.organization, str(current.user), current.role
    kind = "member-left" if current.user_id == by.pk else "member-removed"
    current.delete()
    record(kind, organization=organization, user=by, detail={"member": name, "role": role})
    return withdraw_all(organization=organization, of=current.user, by=by, at=at)


def _locked(membership: Membership) -> Membership:
    """Lock the organization, then read the membership as it is now."""
    Organization.objects.select_for_update().get(pk=membership.organization_id)
    try:
        return Membership.objects.select_related("organization", "user").get(pk=membership.pk)
    except Membership.DoesNotExist:
        raise ValidationError(_("This person does not belong to the organization any more.")) from None


def _require_another_director(membership: Membership) -> None:
    if membership.role != Membership.Role.DIRECTOR:
        return
    others = Membership.objects.filter(
        organization_id=membership.organization_id, role=Membership.Role.DIRECTOR
    ).exclude(pk=membership.pk)
    if not others.exists():
        raise ValidationError(
            _("An organization needs a director. Make another person director first."), code="last-director"
        )
