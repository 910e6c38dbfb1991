"""What one organization may ask for: the next is refused with a sentence, and what was typed is kept."""

import pytest
from django.test import Client
from django.urls import reverse

from jobs.models import Job, JobState
from organizations.models import Invitation
from reports.models import Report, Share
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
