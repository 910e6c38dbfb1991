"""Truths that no code path can go around."""

import pytest
from django.db import IntegrityError, transaction

from organizations import services
from organizations.models import AuditEvent, Invitation, Organization, User
from tests.factories.people import House, person

pytestmark = pytest.mark.django_db


def test_an_address_is_kept_in_small_letters_and_once_whatever_the_case() -> None:
    user = User.objects.create_user("  Amaya.Quiroz@Example.ORG ", "secret words")
    assert user.email == "amaya.quiroz@example.org"
    assert User.objects.get_by_natural_key("AMAYA.quiroz@example.org") == user
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email="AMAYA.QUIROZ@example.org")])


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"full_time_equivalents": "-0.5"},
        {"yearly_budget_cents": -1},
        {"yearly_technology_budget_cents": -1},
        {"language": "fr"},
        {"paper_size": "a3"},
        {"currency": "usd"},
    ],
    ids=str,
)
def test_an_organization_refuses_what_cannot_be(wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Organization.objects.create(**{"slug": "x", "name": "X", **wrong})


def test_an_address_has_one_open_invitation_at_a_time(house: House) -> None:
    fields = {"organization": house.organization, "email": house.invitation.email, "role": "viewer"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(token_hash="2", expires_at=house.invitation.expires_at, **fields)
    house.invitation.revoked_at = house.invitation.expires_at
    house.invitation.save()
    assert Invitation.objects.create(token_hash="2", expires_at=house.invitation.expires_at, **fields).pk


def test_the_audit_trail_only_grows() -> None:
    event = services.record("sign-in", organization=None, user=person("Ana"))
    event.kind = "nothing"
    with pytest.raises(TypeError, match="append-only"):
        event.save()
    with pytest.raises(TypeError, match="append-only"):
        event.delete()
    with pytest.raises(TypeError, match="append-only"):
        AuditEvent.objects.filter(pk=event.pk).update(kind="nothing")
    with pytest.raises(TypeError, match="append-only"):
        AuditEvent.objects.all().delete()
    assert AuditEvent.objects.get().kind == "sign-in"
