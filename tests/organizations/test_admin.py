"""The operator's pages: they show, and change no more than whether a person can sign in."""

import pytest
from django.test import Client

from organizations import services
from organizations.models import User
from tests.factories.people import House

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("operator@example.org", "long enough words"))
    return client


def test_an_operator_reads_organizations_members_and_events(operator: Client, house: House) -> None:
    services.record("profile-changed", organization=house.organization, user=house.people["editor"])
    assert house.slug in operator.get("/admin/organizations/organization/").content.decode()
    page = operator.get(f"/admin/organizations/organization/{house.organization.pk}/change/").content.decode()
    assert "Consultant" in page
    assert 'name="_save"' not in page
    events = operator.get("/admin/organizations/auditevent/").content.decode()
    assert "profile-changed" in events
    for path in ("organization/add/", "auditevent/add/", "user/add/"):
        assert operator.get(f"/admin/organizations/{path}").status_code == 403


def test_an_operator_switches_an_account_off(operator: Client, house: House) -> None:
    user = house.people["viewer"]
    path = f"/admin/organizations/user/{user.pk}/change/"
    assert operator.get(path).status_code == 200
    operator.post(path, {"name": user.name, "language": "en"})
    user.refresh_from_db()
    assert (user.is_active, user.email) == (False, "viewer@example.org")
    client = Client()
    response = client.post(
        "/accounts/login/", {"login": user.email, "password": "coffee while it starts"}, follow=True
    )
    assert "switched off" in response.content.decode() or "do not fit together" in response.content.decode()
    assert "_auth_user_id" not in client.session
