"""What one organization or person may ask for: the next is refused with a sentence, and what was typed is kept."""

import uuid
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jobs.models import Job, JobState
from organizations.models import AuditEvent, Invitation, Organization
from organizations.services import delete_organization
from reports.models import Report, Share
from reports.portability import export_organization, import_organization
from tests.factories.people import House
from tests.test_role_lost import share

pytestmark = pytest.mark.django_db


def signed_in(house: House) -> Client:
    client = Client()
    client.force_login(house.people["director"])
    return client


def test_invitations_of_a_day(house: House, settings: pytest.FixtureRequest) -> None:
    settings.INVITATIONS_A_DAY = 2  # type: ignore[attr-defined]
    client, before = signed_in(house), Invitation.objects.count()
    for turn in range(3):
        data = {"email": f"friend{turn}@example.org", "role": "viewer", "answers_as": "staff"}
        page = client.post(reverse("organizations:invite", args=[house.slug]), data)
    assert Invitation.objects.count() == before + 2
    assert "has sent 2 invitations in a day" in page.content.decode()
    assert "friend2@example.org" in page.content.decode()
    client.post(reverse("organizations:invitation-resend", args=[house.slug, house.invitation.pk]))
    assert Invitation.objects.filter(token_hash=house.invitation.token_hash).exists()


def make(client: Client, name: str, key: uuid.UUID | None = None) -> HttpResponse:
    data = {"key": key or uuid.uuid4(), "name": name, "mission": "We mend bicycles.", "staff_count": "3"}
    data |= {"currency": "USD", "language": "en", "paper_size": "letter"}
    return client.post(reverse("organizations:organization-create"), data)  # type: ignore[return-value]


def test_organizations_of_a_day(house: House, settings: pytest.FixtureRequest) -> None:
    settings.ORGANIZATIONS_A_DAY = 2  # type: ignore[attr-defined]
    client, before, key = signed_in(house), Organization.objects.count(), uuid.uuid4()
    assert make(client, "First", key).status_code == 302
    delete_organization(organization=Organization.objects.get(name="First"), user=house.people["director"])
    assert make(client, "Second", key).status_code == 302
    assert make(client, "Second", key).status_code == 302  # sent twice, made once
    page = make(client, "Third")
    assert Organization.objects.count() == before + 1
    assert "You have made 2 organizations in a day. Wait until tomorrow." in page.content.decode()
    assert "Third" in page.content.decode()
    assert "We mend bicycles." in page.content.decode()
    other = Client()
    other.force_login(house.people["editor"])
    for hours in (25, 26):
        at = timezone.now() - timedelta(hours=hours)
        AuditEvent.objects.create(kind="organization-made", user=house.people["editor"], at=at)
    assert make(other, "Third").status_code == 302


def test_an_organization_read_in_is_not_one_that_was_made(
    house: House, settings: pytest.FixtureRequest
) -> None:
    settings.ORGANIZATIONS_A_DAY = 2  # type: ignore[attr-defined]
    client = signed_in(house)
    assert make(client, "Taken Along").status_code == 302
    import_organization(export_organization(Organization.objects.get(name="Taken Along")))
    assert make(client, "Next").status_code == 302
    assert make(client, "Last").status_code == 200
    assert not Organization.objects.filter(name="Last").exists()


def test_links_mailed_in_a_day(house: House, settings: pytest.FixtureRequest) -> None:
    settings.MAILED_LINKS_A_DAY = 1  # type: ignore[attr-defined]
    Share.objects.update(recipient_email="")
    client, path = signed_in(house), reverse("reports:share-create", args=[house.slug])
    for expected in (302, 422):
        data = share(house) | {"recipient_email": "b@example.org", "message": "Look at this"}
        page = client.post(path, data)
        assert page.status_code == expected
    assert "has mailed 1 link in a day" in page.content.decode()
    assert "Look at this" in page.content.decode()
    assert client.post(path, share(house)).status_code == 302


def test_reports_being_made_at_once(house: House, settings: pytest.FixtureRequest) -> None:
    settings.REPORTS_AT_ONCE = 1  # type: ignore[attr-defined]
    Job.objects.exclude(pk=house.objects["report"].job_id).update(state=JobState.FAILED)
    client, path = signed_in(house), reverse("reports:share-create", args=[house.slug])
    first = share(house)
    assert client.post(path, first).status_code == 302
    assert client.post(path, first).status_code == 302  # the same form gives the same link
    before = Report.objects.count()
    assert client.post(path, share(house)).status_code == 422
    data = {"plan": house.objects["plan"].pk, "language": "es", "key": share(house)["key"]}
    page = client.post(reverse("reports:report-request", args=[house.slug]), data)
    assert (page.status_code, Report.objects.count()) == (422, before)
    assert "1 report or share of yours is still being made" in page.content.decode()
