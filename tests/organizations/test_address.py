"""A person's address changes after the link to the new one was opened, and never to nothing."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from jobs.models import Job
from jobs.services import run
from organizations.models import User
from tests.factories.people import PASSWORD, person
from tests.pages import text_of

pytestmark = pytest.mark.django_db
PATH = "/accounts/email/"


def unproved(name: str = "Ana") -> tuple[User, Client]:
    """Return somebody whose own address was never confirmed, signed in."""
    user = person(name)
    EmailAddress.objects.filter(user=user).update(verified=False)
    client = Client()
    client.force_login(user)
    return user, client


def addresses(user: User) -> tuple[str, set[str]]:
    """Return by which address somebody signs in, and all that stand beside it."""
    user.refresh_from_db()
    return user.email, set(EmailAddress.objects.filter(user=user).values_list("email", flat=True))


def opened_link(to: str) -> Client:
    """Open the link that was mailed to an address, in another browser."""
    for job in Job.objects.filter(state="queued"):
        run(job.pk)
    message = [one for one in mail.outbox if one.to == [to]][-1]
    path = re.search(r"http.?://[^/]+(/accounts/confirm-email/\S+)", str(message.body))[1]  # type: ignore[index]
    client = Client()
    assert client.post(path).status_code in {200, 302}
    return client


@pytest.mark.usefixtures("no_mail")
@pytest.mark.parametrize("action", ["action_add", "action_send", "action_remove", "action_primary"])
@pytest.mark.parametrize("email", ["x@example.org", "ana@example.org"])
def test_without_a_mail_server_nothing_changes_an_address(action: str, email: str) -> None:
    user, client = unproved()
    before = addresses(user)
    answer = client.post(PATH, {"email": email, action: ""})
    assert answer.status_code == 422
    assert "This site has no mail server, so a new address cannot be confirmed." in text_of(answer)
    assert addresses(user) == before
    assert Client().post("/accounts/login/", {"login": user.email, "password": PASSWORD}).status_code == 302


def test_an_address_that_was_never_confirmed_stays_until_the_new_one_is() -> None:
    user, client = unproved()
    for new in ("first@example.org", "second@example.org"):
        assert client.post(PATH, {"email": new, "action_add": ""}).status_code == 302
        assert addresses(user) == ("ana@example.org", {"ana@example.org", new})
    assert "Keep the old address" in text_of(client.get(PATH))
    client.post(PATH, {"email": "second@example.org", "action_remove": ""})
    assert addresses(user) == ("ana@example.org", {"ana@example.org"})
    client.post(PATH, {"email": "third@example.org", "action_add": ""})
    opened_link("third@example.org")
    assert addresses(user) == ("third@example.org", {"third@example.org"})


@pytest.mark.parametrize("action", ["action_primary", "action_remove"])
def test_nobody_signs_in_by_an_address_that_is_not_confirmed(action: str) -> None:
    user, client = unproved()
    client.post(PATH, {"email": "new@example.org", "action_add": ""})
    for email in ("new@example.org", "ana@example.org"):
        client.post(PATH, {"email": email, action: ""})
        assert addresses(user)[0] == "ana@example.org"


def test_an_address_by_which_somebody_else_signs_in_is_not_confirmed() -> None:
    """Theirs was never confirmed: perhaps this site had no mail server then."""
    person("Other")
    EmailAddress.objects.update(verified=False)
    user, client = unproved()
    client.post(PATH, {"email": "other@example.org", "action_add": ""})
    answer = opened_link("other@example.org").get("/accounts/login/")
    assert "Perhaps another account has it." in text_of(answer)
    assert addresses(user)[0] == "ana@example.org"
