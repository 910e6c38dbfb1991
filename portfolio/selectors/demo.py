"""The demonstration: what belongs to it, and who may take it away."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from organizations.models import Membership, Organization, User


def demo_organizations() -> QuerySet[Organization]:
    """Return the invented organizations."""
    return Organization.objects.filter(is_demo=True)


def may_remove_demo(user: User | AnonymousUser) -> bool:
    """Whether this person runs the site, or directs or advises a part of the demonstration."""
    if not isinstance(user, User):
        return False
    if user.is_staff:
        return True
    roles = [Membership.Role.DIRECTOR, Membership.Role.CONSULTANT]
    return Membership.objects.filter(user=user, organization__is_demo=True, role__in=roles).exists()
