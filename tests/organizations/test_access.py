"""The abilities of each role, and the scope of every look-up."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from organizations import access
from tests.factories.people import House

pytestmark = pytest.mark.django_db

TABLE = {
    "director": {"member", "view", "edit", "answer", "review", "manage", "share"},
    "editor": {"member", "view", "edit", "answer"},
    "respondent": {"member", "answer"},
    "consultant": {"member", "view", "edit", "review"},
    "viewer": {"member", "view", "answer"},
}


@pytest.mark.parametrize("role", TABLE)
def test_a_role_has_its_abilities(role: str, house: House) -> None:
    user = house.people[role]
    assert access.abilities(house.members[role]) == TABLE[role]
    for ability in access.ROLES:
        if ability in TABLE[role]:
            membership = access.organization_or_404(user, house.slug, ability)
            assert (membership.organization, membership.user) == (house.organization, user)
            assert list(access.organizations_of(user, ability)) == [house.organization]
        else:
            with pytest.raises(PermissionDenied, match=r"\w+ \w+"):
                access.organization_or_404(user, house.slug, ability)
            assert list(access.organizations_of(user, ability)) == []


def test_sharing_is_given_to_a_consultant_and_to_nobody_else(house: House) -> None:
    for role, member in house.members.items():
        member.may_share = True
        member.save()
        expected = TABLE[role] | ({"share"} if role == "consultant" else set())
        assert access.abilities(member) == expected
        found = access.memberships_of(house.people[role], access.SHARE).exists()
        assert found == ("share" in expected)


@pytest.mark.parametrize("who", ["stranger", "lookalike", None])
def test_an_outsider_cannot_tell_it_from_nothing(who: str | None, house: House) -> None:
    user = house.people[who] if who else AnonymousUser()
    for slug in (house.slug, "no-such-place"):
        with pytest.raises(Http404) as caught:
            access.organization_or_404(user, slug, access.MEMBER)
        assert str(caught.value) == ""
    assert house.organization not in access.organizations_of(user)
