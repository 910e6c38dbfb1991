"""Organizations, members and invitations: what changes, what is refused, and what happens at the same time."""

import hashlib
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connections

from jobs.models import Job
from organizations import files, selectors, services
from organizations.models import AuditEvent, Invitation, Membership, Organization, User
from tests.factories.people import House, build_house, person

NOW = datetime(2026, 3, 16, 12, tzinfo=UTC)
CHANGE = {"title": "", "answers_as": "staff", "may_share": False}


def kinds(organization: Organization | None) -> list[str]:
    return sorted(AuditEvent.objects.filter(organization=organization).values_list("kind", flat=True))


def at_once(*works: Callable[[], object]) -> list[object]:
    """Do all at the same time, each in a thread with its own connection; return results and errors."""
    barrier = Barrier(len(works))

    def run(work: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return work()
        except ValidationError as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


# --- organizations


@pytest.mark.django_db
def test_who_makes_an_organization_directs_it() -> None:
    user = person("Ana")
    made = services.create_organization(user=user, key=uuid.uuid4(), name=" Río & Sol ", staff_count=3)
    assert (made.name, made.slug, made.staff_count) == ("Río & Sol", "rio-sol", 3)
    member = made.memberships.get()
    assert (member.user, member.role, member.answers_as) == (user, "director", "director")
    assert kinds(made) == ["organization-created"]


@pytest.mark.django_db
def test_the_same_form_sent_twice_makes_one_organization() -> None:
    user, key = person("Ana"), uuid.uuid4()
    first = services.create_organization(user=user, key=key, name="Corvina")
    assert services.create_organization(user=user, key=key, name="Corvina") == first
    assert Organization.objects.count() == 1
    with pytest.raises(ValidationError):
        services.create_organization(user=person("Eva"), key=key, name="Corvina")


@pytest.mark.django_db
def test_the_same_name_gets_its_own_address() -> None:
    names = ["Corvina", "Corvina", "!!!", "会"]
    slugs = [
        services.create_organization(user=person(f"P{i}"), key=uuid.uuid4(), name=name).slug
        for i, name in enumerate(names)
    ]
    assert slugs == ["corvina", "corvina-2", "organization", "organization-2"]


@pytest.mark.django_db(transaction=True)
def test_deletion_takes_rows_files_and_history_and_leaves_one_line(house: House) -> None:
    folder = files.folder(house.organization)
    name = default_storage.save(f"{folder}reports/7/plan.pdf", ContentFile(b"pdf"))
    services.record("profile-changed", organization=house.organization, user=house.people["director"])
    services.delete_organization(organization=house.organization, user=house.people["director"])
    assert not Organization.objects.filter(slug=house.slug).exists()
    assert not Membership.objects.filter(user=house.people["editor"]).exists()
    assert not default_storage.exists(name)
    assert not default_storage.exists(folder.rstrip("/"))
    event = AuditEvent.objects.get()
    assert (event.kind, event.organization, event.user) == (
        "organization-deleted",
        None,
        house.people["director"],
    )
    assert event.detail == {"name": house.organization.name, "uuid": str(house.organization.uuid)}
    assert house.lookalike.memberships.count() == 1


# --- members


@pytest.mark.django_db
def test_a_change_of_role_is_written_down_with_both_roles(house: House) -> None:
    services.change_member(
        membership=house.members["viewer"],
        by=house.people["director"],
        at=NOW,
        role="consultant",
        title="Adviser",
        answers_as="board",
        may_share=True,
    )
    member = Membership.objects.get(pk=house.members["viewer"].pk)
    assert (member.role, member.title, member.answers_as, member.may_share) == (
        "consultant",
        "Adviser",
        "board",
        True,
    )
    events = AuditEvent.objects.filter(organization=house.organization).order_by("pk")
    assert [(event.kind, event.detail) for event in events] == [
        ("role-changed", {"member": "Viewer", "before": "viewer", "after": "consultant"}),
        ("sharing-allowed", {"member": "Viewer"}),
    ]


@pytest.mark.django_db
def test_only_a_consultant_keeps_the_right_to_share(house: House) -> None:
    services.change_member(
        membership=house.members["viewer"],
        by=house.people["director"],
        at=NOW,
        role="editor",
        title="",
        answers_as="staff",
        may_share=True,
    )
    assert Membership.objects.get(pk=house.members["viewer"].pk).may_share is False


@pytest.mark.django_db
def test_the_last_director_can_neither_leave_nor_be_demoted(house: House) -> None:
    director, by = house.members["director"], house.people["director"]
    with pytest.raises(ValidationError, match="needs a director"):
        services.remove_member(membership=director, by=by, at=NOW)
    with pytest.raises(ValidationError, match="needs a director"):
        services.change_member(membership=director, by=by, at=NOW, role="editor", **CHANGE)
    services.change_member(membership=house.members["editor"], by=by, at=NOW, role="director", **CHANGE)
    services.remove_member(membership=director, by=by, at=NOW)
    assert not Membership.objects.filter(pk=director.pk).exists()
    assert kinds(house.organization) == ["invitation-revoked", "member-left", "role-changed"]


@pytest.mark.django_db
def test_a_directors_job_title_can_change_without_another_director(house: House) -> None:
    services.change_member(
        membership=house.members["director"],
        by=house.people["director"],
        at=NOW,
        role="director",
        title="Executive director",
        answers_as="director",
        may_share=False,
    )
    assert Membership.objects.get(pk=house.members["director"].pk).title == "Executive director"
    assert kinds(house.organization) == []


@pytest.mark.django_db(transaction=True)
def test_two_directors_cannot_leave_at_the_same_time() -> None:
    house = build_house()
    second = house.members["editor"]
    second.role = "director"
    second.save()
    results = at_once(
        lambda: services.remove_member(
            membership=house.members["director"], by=house.people["director"], at=NOW
        ),
        lambda: services.remove_member(membership=second, by=house.people["editor"], at=NOW),
    )
    assert sorted(type(result).__name__ for result in results) == ["ValidationError", "int"]
    assert Membership.objects.filter(organization=house.organization, role="director").count() == 1


# --- invitations


def invite(house: House, email: str = "New@Example.org", at: datetime = NOW) -> tuple[Invitation, str]:
    return services.invite(
        organization=house.organization,
        by=house.people["director"],
        email=email,
        role="viewer",
        answers_as="board",
        at=at,
    )


@pytest.mark.django_db
def test_an_invitation_keeps_the_hash_of_a_long_token_and_mails_the_link(house: House) -> None:
    invitation, token = invite(house)
    assert len(token) >= 43
    assert invitation.token_hash == hashlib.sha256(token.encode()).hexdigest()
    assert token not in str(Invitation.objects.filter(pk=invitation.pk).values().get())
    assert (invitation.email, invitation.expires_at) == ("new@example.org", NOW + timedelta(days=14))
    job = Job.objects.get(kind="organizations.send_mail")
    assert job.payload["to"] == "new@example.org"
    assert f"/invitations/{token}/" in job.payload["body"]


@pytest.mark.django_db
def test_without_a_mail_server_nothing_is_sent(house: House, settings: pytest.FixtureRequest) -> None:
    settings.EMAIL_CONFIGURED = False  # type: ignore[attr-defined]
    invite(house)
    assert not Job.objects.filter(kind="organizations.send_mail").exists()


@pytest.mark.django_db
def test_members_and_the_invited_are_not_invited_again(house: House) -> None:
    with pytest.raises(ValidationError, match="belongs to your organization already"):
        invite(house, house.people["editor"].email.upper())
    first, _token = invite(house)
    with pytest.raises(ValidationError, match="has an invitation already"):
        invite(house)
    later, _token = invite(house, at=NOW + timedelta(days=15))
    first.refresh_from_db()
    assert (first.revoked_at, later.revoked_at) == (NOW + timedelta(days=15), None)


@pytest.mark.django_db
def test_an_invitation_works_once(house: House) -> None:
    invitation, _token = invite(house)
    user = person("Newcomer", email="new@example.org")
    member = services.accept(invitation=invitation, user=user, at=NOW)
    assert (member.role, member.answers_as, member.joined_at) == ("viewer", "board", NOW)
    with pytest.raises(ValidationError, match="was used already"):
        services.accept(invitation=invitation, user=person("Second"), at=NOW)
    assert kinds(house.organization) == ["invitation-sent", "member-joined"]


@pytest.mark.django_db
def test_an_expired_or_withdrawn_invitation_says_so(house: House) -> None:
    invitation, _token = invite(house)
    user = person("Newcomer")
    with pytest.raises(ValidationError, match="has expired"):
        services.accept(invitation=invitation, user=user, at=NOW + timedelta(days=14))
    services.revoke(invitation=invitation, by=house.people["director"], at=NOW)
    with pytest.raises(ValidationError, match="was withdrawn"):
        services.accept(invitation=invitation, user=user, at=NOW)
    with pytest.raises(ValidationError, match="closed already"):
        services.resend(invitation=invitation, by=house.people["director"], at=NOW)
    assert not Membership.objects.filter(user=user).exists()


@pytest.mark.django_db
def test_a_new_link_ends_the_old_one_and_begins_its_time_anew(house: House) -> None:
    invitation, old = invite(house)
    new = services.resend(invitation=invitation, by=house.people["director"], at=NOW + timedelta(days=10))
    invitation.refresh_from_db()
    assert not Invitation.objects.filter(token_hash=services.hash_of(old)).exists()
    assert invitation.token_hash == services.hash_of(new)
    assert invitation.expires_at == NOW + timedelta(days=24)


@pytest.mark.django_db
def test_a_member_does_not_use_up_somebody_elses_invitation(house: House) -> None:
    invitation, _token = invite(house)
    with pytest.raises(ValidationError, match="belong to this organization already"):
        services.accept(invitation=invitation, user=house.people["editor"], at=NOW)
    invitation.refresh_from_db()
    assert invitation.accepted_at is None


@pytest.mark.django_db(transaction=True)
def test_of_two_who_accept_at_the_same_time_one_joins() -> None:
    house = build_house()
    invitation, _token = invite(house)
    users = [person(f"Newcomer {number}") for number in range(4)]
    results = at_once(
        *(
            lambda user=user: services.accept(invitation=invitation, user=user, at=NOW)  # type: ignore[misc]
            for user in users
        )
    )
    assert sorted(type(result).__name__ for result in results) == ["Membership", *["ValidationError"] * 3]
    assert Membership.objects.filter(user__in=users).count() == 1


@pytest.mark.django_db
def test_only_confirmed_addresses_open_what_was_sent_to_them(house: House) -> None:
    invitation, _token = invite(house)
    pretender = User.objects.create_user("new@example.org", "secret words")
    assert list(selectors.invitations_for(pretender, at=NOW)) == []
    pretender.delete()
    reader = person("Newcomer", email="new@example.org")
    assert list(selectors.invitations_for(reader, at=NOW)) == [invitation]
    assert list(selectors.invitations_for(reader, at=NOW + timedelta(days=14))) == []


@pytest.mark.django_db
def test_the_director_reads_the_sign_ins_of_members_since_they_joined(house: House) -> None:
    for name in ("editor", "stranger"):
        services.record("sign-in", organization=None, user=house.people[name])
    late = house.members["viewer"]
    services.record("sign-in", organization=None, user=late.user)
    late.joined_at = datetime.now(UTC) + timedelta(hours=1)
    late.save()
    assert [event.user for event in selectors.events_of(house.organization)] == [house.people["editor"]]
    services.record("password-changed", organization=None, user=house.people["editor"])
    services.record("second-step-removed", organization=None, user=house.people["stranger"])
    found = [event.kind for event in selectors.events_of(house.organization)]
    assert found == ["password-changed", "sign-in"]
