"""The demonstration: what belongs to it, and who may take it away."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from organizations.models import Membership, Organization, User
from portfolio.models import Demonstration


def demo_organizations() -> QuerySet[Organization]:
    """Return the invented organizations."""
    return Organization.objects.filter(is_demo=True)


def may_remove_demo(user: User | AnonymousUser) -> bool:
    """Whether this person runs the site, was made for the demonstration, or directs or advises a part of it."""
    if not isinstance(user, User):
        return False
    if user.is_staff or Demonstration.objects.filter(removed_at__isnull=True, people=user).exists():
        return True
    roles = [Membership.Role.DIRECTOR, Membership.Role.CONSULTANT]
    return Membership.objects.filter(user=user, organization__is_demo=True, role__in=roles).exists()
