"""The pages about people and organizations: what they show, keep, refuse and change."""

import io
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape
from PIL import Image
from pytest_django.fixtures import DjangoAssertNumQueries

from organizations import services
from organizations.models import AuditEvent, Invitation, Membership, Organization
from tests.factories.people import PASSWORD, TOKEN, House, person

pytestmark = pytest.mark.django_db

PROFILE = {
    "name": "Corvina Renters' Table",
    "mission": "We bring renters together.",
    "field": "Housing",
    "staff_count": "11",
    "full_time_equivalents": "9,5",
    "volunteers": "",
    "devices_count": "23",
    "sites_count": "",
    "yearly_budget_cents": "1,050,000",
    "yearly_technology_budget_cents": "14,000.50",
    "currency": "USD",
    "language": "es",
    "paper_size": "a4",
}


def signed_in(house: House, role: str = "director") -> Client:
    client = Client()
    client.force_login(house.people[role])
    return client


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


# --- profile


def test_the_profile_is_saved_as_typed(house: House) -> None:
    client = signed_in(house, "editor")
    response = client.post(f"/o/{house.slug}/profile/", PROFILE)
    assert response["Location"] == f"/o/{house.slug}/profile/"
    saved = Organization.objects.get(pk=house.organization.pk)
    assert (saved.mission, saved.field, saved.staff_count, str(saved.full_time_equivalents)) == (
        "We bring renters together.",
        "Housing",
        11,
        "9.50",
    )
    assert (saved.volunteers, saved.sites_count, saved.devices_count) == (None, None, 23)
    assert (saved.yearly_budget_cents, saved.yearly_technology_budget_cents) == (105_000_000, 1_400_050)
    assert (saved.language, saved.paper_size) == ("es", "a4")
    assert AuditEvent.objects.get(organization=saved).detail["fields"] == [
        "devices_count",
        "field",
        "full_time_equivalents",
        "language",
        "mission",
        "paper_size",
        "yearly_budget_cents",
        "yearly_technology_budget_cents",
    ]


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", "Write the name of your organization."),
        ("staff_count", "many", "Write a whole number, for instance 12."),
        ("staff_count", "-1", "This cannot be less than zero."),
        ("full_time_equivalents", "9.555", "Write at most two digits after the decimal mark."),
        ("full_time_equivalents", "NaN", "Write a number, for example 9.5."),
        ("full_time_equivalents", "-2", "This cannot be less than zero."),
        ("yearly_budget_cents", "a lot", "Write the amount in figures"),
        ("yearly_technology_budget_cents", "2,000,000", "cannot be more than it"),
        ("currency", "XXX", "is not one of the available choices"),
        ("mission", "x" * 2001, "at most 2000 characters"),
    ],
)
def test_a_mistake_gives_a_sentence_at_its_field_and_keeps_what_was_typed(
    field: str, typed: str, sentence: str, house: House
) -> None:
    page = signed_in(house).post(f"/o/{house.slug}/profile/", {**PROFILE, "field": "Kept", field: typed})
    assert page.status_code == 200
    body = page.content.decode()
    form = page.context["form"]
    assert list(form.errors) == [field]
    assert sentence in form.errors[field][0]
    assert f'id="id_{field}_error"' in body
    assert f'href="#id_{field}"' in body
    assert 'value="Kept"' in body
    assert f"<title>Profile, {house.organization.name.replace(chr(39), '&#x27;')}" in body
    assert Organization.objects.get(pk=house.organization.pk).field == ""


def test_an_empty_number_is_not_known_and_a_typed_0_is_0(house: House) -> None:
    client, address = signed_in(house, "editor"), f"/o/{house.slug}/profile/"
    numbers = dict.fromkeys(
        ("staff_count", "full_time_equivalents", "volunteers", "devices_count", "sites_count")
    )
    for typed, kept in [("", None), ("0", 0)]:
        client.post(address, {**PROFILE, **dict.fromkeys(numbers, typed)})
        assert Organization.objects.values(*numbers).get(pk=house.organization.pk) == dict.fromkeys(
            numbers, kept
        )
        form = client.get(address).context["form"]
        assert {str(form[name].value()) for name in numbers} == {str(kept)}
    client.post(address, {**PROFILE, **dict.fromkeys(numbers, "")})
    assert "<dt>Paid people</dt><dd>not known</dd>" in text(signed_in(house, "viewer"), address)


def test_a_new_organization_does_not_say_that_nobody_is_paid(house: House) -> None:
    client = signed_in(house)
    key = client.get("/organizations/new/").context["form"]["key"].value()
    client.post(
        "/organizations/new/",
        {
            "key": key,
            "name": "New",
            "staff_count": "",
            "currency": "USD",
            "language": "en",
            "paper_size": "a4",
        },
    )
    made = Organization.objects.get(name="New")
    assert (made.staff_count, made.full_time_equivalents) == (None, None)


def test_a_viewer_reads_the_profile_and_cannot_change_it(house: House) -> None:
    client = signed_in(house, "viewer")
    assert "<dt>" in text(client, f"/o/{house.slug}/profile/")
    refused = client.post(f"/o/{house.slug}/profile/", PROFILE)
    assert refused.status_code == 403
    assert "lets you look, not change" in refused.content.decode()


def picture() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "teal").save(out, "JPEG")
    return SimpleUploadedFile("../../evil.png", out.getvalue(), "text/html")


@pytest.mark.django_db(transaction=True)
def test_a_logo_is_kept_as_our_png_replaced_and_removed(house: House) -> None:
    client = signed_in(house)
    names = []
    for _again in range(2):
        client.post(f"/o/{house.slug}/profile/", {**PROFILE, "logo_upload": picture()})
        names.append(Organization.objects.get(pk=house.organization.pk).logo.name)
    assert names[1].startswith(f"organizations/{house.organization.uuid}/logo-")
    assert [default_storage.exists(name) for name in names] == [False, True]
    response = client.get(f"/o/{house.slug}/profile/logo/")
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content).startswith(b"\x89PNG")  # type: ignore[attr-defined]
    response.close()
    client.post(f"/o/{house.slug}/profile/logo/remove/")
    assert client.get(f"/o/{house.slug}/profile/logo/").status_code == 404
    assert not default_storage.exists(names[1])


def test_a_hostile_logo_is_refused_at_its_field_and_nothing_is_saved(house: House) -> None:
    bad = SimpleUploadedFile("logo.png", b"<svg onload='x()'/>", "image/png")
    page = signed_in(house).post(f"/o/{house.slug}/profile/", {**PROFILE, "logo_upload": bad})
    assert "SVG pictures can hold programs" in page.context["form"].errors["logo_upload"][0]
    saved = Organization.objects.get(pk=house.organization.pk)
    assert (saved.logo.name, saved.mission) == ("", "")


# --- organizations


def test_a_new_organization_needs_its_name_only() -> None:
    client = Client()
    client.force_login(person("Ana"))
    assert client.get("/start/")["Location"] == "/organizations/new/"
    key = client.get("/organizations/new/").context["form"]["key"].value()
    fields = {"key": key, "name": "Lanternfold", "currency": "USD", "language": "en", "paper_size": "letter"}
    for _twice in range(2):
        assert client.post("/organizations/new/", fields)["Location"] == "/o/lanternfold/"
    assert Organization.objects.count() == 1
    assert client.get("/start/")["Location"] == "/o/lanternfold/"


def test_deletion_asks_for_the_exact_name(house: House) -> None:
    client = signed_in(house)
    for typed in ("", "corvina renters' table", "Corvina"):
        page = client.post(f"/o/{house.slug}/delete/", {"name": typed})
        assert list(page.context["form"].errors) == ["name"]
    assert Organization.objects.filter(slug=house.slug).exists()
    gone = client.post(f"/o/{house.slug}/delete/", {"name": f" {house.organization.name} "})
    assert gone["Location"] == "/organizations/"
    assert not Organization.objects.filter(slug=house.slug).exists()
    assert Organization.objects.filter(slug=house.lookalike.slug).exists()
    assert "is deleted." in text(client, "/organizations/")


# --- people


def test_an_invitation_is_mailed_and_its_link_is_not_shown(house: House) -> None:
    client = signed_in(house)
    fields = {"email": "new@example.org", "role": "viewer", "answers_as": "board"}
    assert client.post(f"/o/{house.slug}/people/invite/", fields)["Location"] == f"/o/{house.slug}/people/"
    page = text(client, f"/o/{house.slug}/people/")
    assert "on its way to new@example.org" in page
    assert "/invitations/" not in page.replace("people/invitations/", "")
    again = client.post(f"/o/{house.slug}/people/invite/", fields)
    assert "has an invitation already" in again.context["form"].errors["email"][0]


def test_without_mail_the_link_is_shown_once(house: House, settings: Any) -> None:
    settings.EMAIL_CONFIGURED = False
    client = signed_in(house)
    client.post(f"/o/{house.slug}/people/invitations/{house.invitation.pk}/resend/")
    first, second = (text(client, f"/o/{house.slug}/people/") for _ in range(2))
    assert "readonly" in first
    assert "readonly" not in second
    assert Client().get(f"/invitations/{TOKEN}/").status_code == 404  # the old link has ended
    found = Invitation.objects.get(pk=house.invitation.pk)
    assert found.token_hash != services.hash_of(TOKEN)


def test_an_invitation_for_another_address_says_so_and_can_be_used(house: House) -> None:
    client = signed_in(house, "stranger")
    assert client.get(f"/invitations/{TOKEN}/")["Location"] == "/invitations/opened/"
    page = text(client, "/invitations/opened/")
    assert "went to invited@example.org, and you are signed in as stranger@example.org" in page
    accepted = client.post(f"/invitations/opened/{house.invitation.pk}/accept/")
    assert accepted["Location"] == f"/o/{house.slug}/"
    assert (
        Membership.objects.get(user=house.people["stranger"], organization=house.organization).role
        == "editor"
    )
    event = AuditEvent.objects.get(kind="member-joined")
    assert event.detail == {"member": "Stranger", "role": "editor", "email": "invited@example.org"}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"accepted_at": "2026-01-01T00:00Z"}, "was used already"),
        ({"revoked_at": "2026-01-01T00:00Z"}, "was withdrawn"),
        ({"expires_at": "2026-01-01T00:00Z"}, "has expired"),
    ],
)
def test_a_link_that_ended_says_why(change: dict[str, str], sentence: str, house: House) -> None:
    Invitation.objects.filter(pk=house.invitation.pk).update(**change)
    for client in (Client(), signed_in(house, "stranger")):
        response = client.get(f"/invitations/{TOKEN}/", follow=True)
        assert response.status_code == 410
        assert sentence in response.content.decode()
    accepted = client.post(f"/invitations/opened/{house.invitation.pk}/accept/")
    assert accepted["Location"] == "/invitations/opened/"
    assert not Membership.objects.filter(
        user=house.people["stranger"], organization=house.organization
    ).exists()


def test_the_secret_of_a_link_stands_in_no_other_address(house: House) -> None:
    client = Client()
    shown = client.get(f"/invitations/{TOKEN}/", follow=True)
    assert shown.status_code == 200
    assert TOKEN not in shown.content.decode()
    assert "next=/invitations/opened/" in shown.content.decode()
    assert TOKEN not in text(client, "/accounts/login/?next=/invitations/opened/")
    done = client.post(
        "/accounts/login/",
        {"login": "stranger@example.org", "password": PASSWORD, "next": "/invitations/opened/"},
    )
    assert done["Location"] == "/invitations/opened/"
    assert TOKEN not in text(client, "/invitations/opened/")
    again = client.post("/invitations/opened/sign-out/")
    assert again["Location"] == "/accounts/login/?next=/invitations/opened/"
    assert "_auth_user_id" not in client.session
    assert "I have an account" in text(client, "/invitations/opened/")


def test_without_a_link_no_invitation_is_open(house: House) -> None:
    for client in (Client(), signed_in(house, "stranger")):
        response = client.get("/invitations/opened/")
        assert response.status_code == 404
        assert "No invitation is open here" in response.content.decode()


def test_an_invitation_to_a_confirmed_address_waits_at_the_start(house: House) -> None:
    client = Client()
    client.force_login(person("Invited", email="invited@example.org"))
    assert client.get("/start/")["Location"] == "/organizations/"
    assert house.organization.name.split("'")[0] in text(client, "/organizations/")
    accepted = client.post(f"/invitations/opened/{house.invitation.pk}/accept/")
    assert accepted["Location"] == f"/o/{house.slug}/"


def test_nobody_else_can_accept_it_by_its_number(house: House) -> None:
    client = signed_in(house, "stranger")
    assert client.post(f"/invitations/opened/{house.invitation.pk}/accept/").status_code == 404


def test_the_last_director_reads_why_they_cannot_leave(house: House) -> None:
    client = signed_in(house)
    assert "needs a director" in client.post(f"/o/{house.slug}/people/leave/").content.decode()
    pk = house.members["director"].pk
    page = client.post(f"/o/{house.slug}/people/{pk}/", {"role": "viewer", "answers_as": "staff"})
    assert "needs a director" in page.context["form"].errors["role"][0]
    assert Membership.objects.get(pk=pk).role == "director"


def second_director(house: House) -> Client:
    Membership.objects.filter(pk=house.members["editor"].pk).update(role="director")
    return signed_in(house, "editor")


def test_nobody_comes_back_by_an_invitation_that_they_made(house: House) -> None:
    client, pk = second_director(house), house.members["director"].pk
    assert "keeps working" in text(client, f"/o/{house.slug}/people/{pk}/remove/")
    gone = client.post(f"/o/{house.slug}/people/{pk}/remove/", follow=True).content.decode()
    assert "1 open invitation made by Director was withdrawn." in gone
    kinds = AuditEvent.objects.filter(organization=house.organization).order_by("pk")
    assert [(event.kind, event.user_id) for event in kinds] == [
        ("member-removed", house.people["editor"].pk),
        ("invitation-revoked", house.people["editor"].pk),
    ]
    back = signed_in(house)
    assert back.get(f"/invitations/{TOKEN}/", follow=True).status_code == 410
    back.post(f"/invitations/opened/{house.invitation.pk}/accept/")
    assert not house.organization.memberships.filter(user=house.people["director"]).exists()


def test_who_leaves_or_is_director_no_more_takes_their_invitations_along(house: House) -> None:
    client, pk = second_director(house), house.members["director"].pk
    role = {"role": "viewer", "answers_as": "staff"}
    changed = client.post(f"/o/{house.slug}/people/{pk}/", role, follow=True).content.decode()
    assert "1 open invitation made by Director was withdrawn." in changed
    for name in ("one", "two"):
        client.post(
            f"/o/{house.slug}/people/invite/",
            {"email": f"{name}@example.org", "role": "viewer", "answers_as": "board"},
        )
    Membership.objects.filter(pk=pk).update(role="director")
    assert "keeps working" not in text(client, f"/o/{house.slug}/people/leave/")
    left = client.post(f"/o/{house.slug}/people/leave/", follow=True).content.decode()
    assert "2 open invitations made by Editor were withdrawn." in left
    assert not Invitation.objects.filter(revoked_at__isnull=True).exists()


@pytest.mark.parametrize("page", ["leave/", "{pk}/remove/"])
def test_who_goes_is_told_so_whichever_page_they_take(house: House, page: str) -> None:
    client = second_director(house)
    path = f"/o/{house.slug}/people/{page.format(pk=house.members['editor'].pk)}"
    gone = client.post(path, follow=True).content.decode()
    assert f"You have left {escape(str(house.organization))}." in gone


def test_an_invitation_sent_again_is_that_of_who_sends_it(house: House) -> None:
    client = second_director(house)
    client.post(f"/o/{house.slug}/people/invitations/{house.invitation.pk}/resend/")
    client.post(f"/o/{house.slug}/people/{house.members['director'].pk}/remove/")
    house.invitation.refresh_from_db()
    assert (house.invitation.invited_by, house.invitation.revoked_at) == (house.people["editor"], None)


def test_members_of_another_organization_cannot_be_reached_through_ones_own(house: House) -> None:
    theirs = house.lookalike.memberships.get()
    client = signed_in(house)
    for path in (f"people/{theirs.pk}/", f"people/{theirs.pk}/remove/"):
        assert client.post(f"/o/{house.slug}/{path}", {"role": "viewer"}).status_code == 404
    assert house.lookalike.memberships.get().role == "director"


@pytest.mark.parametrize("more", [0, 20])
def test_the_list_of_people_asks_the_same_of_the_database_however_long(
    more: int, house: House, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(more):
        Membership.objects.create(
            organization=house.organization, user=person(f"Extra {number}"), role="respondent"
        )
    client = signed_in(house)
    with django_assert_num_queries(5):
        client.get(f"/o/{house.slug}/people/")


def test_a_wrong_name_deletes_nothing_and_says_so(house: House) -> None:
    client = Client()
    client.force_login(house.people["director"])
    page = client.post(f"/o/{house.slug}/delete/", {"name": "Another"}).content.decode()
    assert "Nothing was deleted." in page
    assert "Nothing has been saved." not in page
    assert f'<a class="button plain" href="/o/{house.slug}/profile/">Cancel</a>' in page
