"""Who may do what in an organization: the only place that says so.

A view begins with `organization_or_404(request.user, slug, ABILITY)`. Who is no member gets a 404, as if the
organization did not exist; a member without the ability gets a 403 page with a plain sentence.
Lists, look-ups, exports and counts start from `organizations_of(user)` or `memberships_of(user, ABILITY)`.
"""

from collections.abc import Mapping

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from organizations.models import Membership, Organization, User

MEMBER = "member"  # any member: the organization's home
VIEW = "view"  # read results, plans, reports
EDIT = "edit"  # change the profile, inventory, goals, plans
ANSWER = "answer"  # answer an assessment
REVIEW = "review"  # review answers, consensus, sign off
MANAGE = "manage"  # people, invitations, the audit trail, deletion
SHARE = "share"  # let somebody outside see a report

Role = Membership.Role


class Refused(PermissionDenied):
    """A refusal for another reason than a role: what the page is headed with, and the one link to what helps."""

    def __init__(self, sentence: str, *, title: str, url: str, link: str) -> None:
        super().__init__(sentence)
        self.title, self.url, self.link = title, url, link


ROLES: Mapping[str, frozenset[str]] = {
    MEMBER: frozenset(Role.values),
    VIEW: frozenset({Role.DIRECTOR, Role.EDITOR, Role.CONSULTANT, Role.VIEWER}),
    EDIT: frozenset({Role.DIRECTOR, Role.EDITOR, Role.CONSULTANT}),
    ANSWER: frozenset({Role.DIRECTOR, Role.EDITOR, Role.RESPONDENT, Role.VIEWER}),
    REVIEW: frozenset({Role.DIRECTOR, Role.CONSULTANT}),
    MANAGE: frozenset({Role.DIRECTOR}),
    SHARE: frozenset({Role.DIRECTOR}),  # and a consultant to whom a director gave it
}

REFUSALS: Mapping[str, str] = {
    VIEW: gettext_noop(
        "Your role in this organization is to answer questions; results and plans are for others."
    ),
    EDIT: gettext_noop("Your role in this organization lets you look, not change."),
    ANSWER: gettext_noop("Your role in this organization does not answer questions."),
    REVIEW: gettext_noop("Only a director or a consultant of this organization can do this."),
    MANAGE: gettext_noop("Only a director of this organization can do this."),
    SHARE: gettext_noop(
        "Only a director of this organization can share; a director can let a consultant do it."
    ),
}


def abilities(membership: Membership) -> frozenset[str]:
    """Return everything that this member may do."""
    found = {ability for ability, roles in ROLES.items() if membership.role in roles}
    if membership.role == Role.CONSULTANT and membership.may_share:
        found.add(SHARE)
    return frozenset(found)


def held_by(user: User | AnonymousUser, ability: str, through: str = "") -> Q:
    """Return the condition that this person has the ability; `through` leads from a row to its memberships.

    For one `filter` that must cost as little as it can; everything else starts from the lists below.
    """
    allowed = Q(**{f"{through}role__in": ROLES[ability]})
    if ability == SHARE:
        allowed |= Q(**{f"{through}role": Role.CONSULTANT, f"{through}may_share": True})
    return allowed & Q(**{f"{through}user_id": user.pk})


def memberships_of(user: User | AnonymousUser, ability: str = MEMBER) -> QuerySet[Membership]:
    """Return the memberships in which this person has the ability, each with its organization."""
    if not user.is_authenticated:
        return Membership.objects.none()
    return Membership.objects.filter(held_by(user, ability)).select_related("organization")


def organizations_of(user: User | AnonymousUser, ability: str = MEMBER) -> QuerySet[Organization]:
    """Return the organizations in which this person has the ability."""
    return Organization.objects.filter(pk__in=memberships_of(user, ability).values("organization_id"))


def organization_or_404(user: User | AnonymousUser, slug: str, ability: str) -> Membership:
    """Return the membership of this person in the organization with this address.

    Raises Http404 when they are no member, PermissionDenied (with a sentence) when their role lacks the ability.
    """
    membership = memberships_of(user).filter(organization__slug=slug).first()
    if membership is None:
        raise Http404
    require(membership, ability)
    return membership


def require(membership: Membership, ability: str) -> None:
    """Raise PermissionDenied, with a sentence to read, when this member lacks the ability."""
    if ability not in abilities(membership):
        raise PermissionDenied(_(REFUSALS[ability]))
