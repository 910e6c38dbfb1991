"""Accounts: sign-up tells nothing, works without mail, and can be by invitation only."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.http import HttpResponse
from django.test import Client

from jobs.models import Job
from jobs.services import run
from organizations import services
from organizations.models import AuditEvent, User
from tests.factories.people import PASSWORD, TOKEN, House, person
from tests.organizations.test_services import at_once

pytestmark = pytest.mark.django_db
FRESH = {"name": "Ana", "email": "ana@example.org", "password1": PASSWORD}


def seen(response: HttpResponse, email: str) -> tuple[int, str, str]:
    """Return what a stranger can tell of an answer, without the address that they typed and the random token."""
    body = re.sub(r"(value|content|hx-headers)=.[^>]{40,200}>", "", response.content.decode())
    small = email.lower()
    location = response.headers.get("Location", "").replace(small.replace("@", "%40"), "ADDRESS")
    return response.status_code, location, body.replace(small, "ADDRESS")


def send_waiting() -> None:
    for job in Job.objects.filter(state="queued"):
        assert run(job.pk) is not None


def test_sign_up_with_mail_asks_to_confirm_and_then_lets_in() -> None:
    client = Client()
    response = client.post("/accounts/signup/", FRESH)
    assert (response.status_code, response["Location"]) == (302, "/accounts/confirm-email/")
    assert "Look into your mailbox" in client.get(response["Location"]).content.decode()
    user = User.objects.get(email="ana@example.org")
    assert (user.name, user.language, user.check_password(PASSWORD)) == ("Ana", "en", True)
    send_waiting()
    (message,) = mail.outbox
    assert (message.to, message.subject) == (["ana@example.org"], "Confirm your address for TechPlan")
    path = re.search(r"http.?://[^/]+(/accounts/confirm-email/\S+)", message.body)[1]  # type: ignore[index]
    assert "ana@example.org" in client.get(path).content.decode()
    assert client.post(path).status_code == 302
    assert EmailAddress.objects.get(user=user).verified
    assert client.get("/start/")["Location"] == "/organizations/new/"


@pytest.mark.parametrize("mails", [True, False])
def test_a_taken_address_gets_the_answer_of_a_free_one(mails: bool, request: pytest.FixtureRequest) -> None:
    if not mails:
        request.getfixturevalue("no_mail")
    person("Taken", email="taken@example.org")
    person("Too", email="taken.too@example.org")
    answers = []
    for email in ("free@example.org", "taken@example.org", "Taken.Too@Example.org"):
        client = Client()
        first = client.post("/accounts/signup/", {**FRESH, "email": email})
        then = client.get(first["Location"])
        answers.append((seen(first, email), seen(then, email), sorted(client.cookies)))
    assert answers[0] == answers[1] == answers[2]
    assert User.objects.count() == 3
    assert User.objects.get(email="taken@example.org").name == "Taken"
    assert Job.objects.count() == (3 if mails else 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("mails", [True, False])
def test_of_two_who_take_an_address_at_the_same_moment_one_gets_it(
    mails: bool, request: pytest.FixtureRequest
) -> None:
    if not mails:
        request.getfixturevalue("no_mail")
    answers = at_once(*[lambda: Client().post("/accounts/signup/", FRESH) for _ in range(4)])
    assert [answer.status_code for answer in answers] == [302] * 4  # type: ignore[attr-defined]
    assert len({answer["Location"] for answer in answers}) == 1  # type: ignore[index]
    assert User.objects.count() == 1


def test_a_taken_address_is_told_by_mail_only() -> None:
    person("Taken", email="taken@example.org", language="es")
    Client().post("/accounts/signup/", {**FRESH, "email": "taken@example.org"})
    send_waiting()
    (message,) = mail.outbox
    assert message.to == ["taken@example.org"]
    assert "/accounts/password/reset/" in message.body
    assert Job.objects.get().payload == {"to": "taken@example.org"}


@pytest.mark.usefixtures("no_mail")
def test_without_mail_an_account_works_at_once_and_the_pages_say_why() -> None:
    client = Client()
    assert "has no mail server" in client.get("/accounts/signup/").content.decode()
    response = client.post("/accounts/signup/?next=/privacy/", {**FRESH, "next": "/privacy/"})
    assert response["Location"] == "/accounts/login/?next=%2Fprivacy%2F"
    page = client.get(response["Location"]).content.decode()
    assert "One more step: sign in with the password that you have just chosen." in page
    assert 'value="ana@example.org"' in page
    done = client.post(
        "/accounts/login/", {"login": "ana@example.org", "password": PASSWORD, "next": "/privacy/"}
    )
    assert done["Location"] == "/privacy/"
    assert not EmailAddress.objects.get(email="ana@example.org").verified
    reset = client.get("/accounts/password/reset/").content.decode()
    assert "python manage.py changepassword" in reset
    assert 'id="id_email"' not in reset


def test_a_mistake_keeps_what_was_typed_and_makes_nothing() -> None:
    response = Client().post("/accounts/signup/", {"name": "Ana", "email": "ana@", "password1": "xyzzy-42"})
    page = response.content.decode()
    assert 'value="Ana"' in page
    assert 'value="ana@"' in page
    assert 'aria-describedby="id_email_error"' in page
    assert 'id="id_email_error"' in page
    assert "xyzzy-42" not in page
    assert not User.objects.exists()


def test_the_address_of_an_invitation_waits_in_the_form_and_not_in_the_link(house: House) -> None:
    client = Client()
    page = client.get(f"/invitations/{TOKEN}/", follow=True).content.decode()
    (link,) = re.findall(r'href="(/accounts/signup/[^"]*)"', page)
    assert link == "/accounts/signup/?next=/invitations/opened/"
    assert f'value="{house.invitation.email}"' in client.get(link).content.decode()
    assert house.invitation.email not in Client().get(link).content.decode()


def test_the_link_in_the_letter_lets_in_only_the_browser_that_signed_up() -> None:
    client, other = Client(), Client()
    client.post("/accounts/signup/", {**FRESH, "next": "/privacy/"})
    send_waiting()
    path = re.search(r"http.?://[^/]+(/accounts/confirm-email/\S+)", mail.outbox[0].body)[1]  # type: ignore[index]
    other.post(path)
    assert "_auth_user_id" not in other.session
    assert EmailAddress.objects.get(email="ana@example.org").verified
    assert client.post("/accounts/login/", {"login": FRESH["email"], "password": PASSWORD}).status_code == 302


def test_where_sign_up_is_by_invitation_the_link_opens_it(house: House, settings: Any) -> None:
    settings.SIGNUP = "invited"
    client = Client()
    assert "by invitation" in client.get("/accounts/signup/").content.decode()
    client.post("/accounts/signup/", FRESH)
    assert not User.objects.filter(email="ana@example.org").exists()
    client.get("/invitations/no-such-token/")
    assert "by invitation" in client.get("/accounts/signup/").content.decode()
    client.get(f"/invitations/{TOKEN}/")
    assert "Make an account" in client.get("/accounts/signup/").content.decode()
    response = client.post(
        "/accounts/signup/",
        {**FRESH, "email": house.invitation.email, "next": "/invitations/opened/"},
    )
    # The link was mailed to this very address, so it is known, and nothing more is asked.
    assert response["Location"] == "/invitations/opened/"
    accepted = client.post(f"/invitations/opened/{house.invitation.pk}/accept/")
    assert accepted["Location"] == f"/o/{house.slug}/"
    services_user = User.objects.get(email=house.invitation.email)
    assert house.organization.memberships.get(user=services_user).role == "editor"


def test_a_revoked_invitation_closes_sign_up_again(house: House, settings: Any) -> None:
    settings.SIGNUP = "invited"
    client = Client()
    client.get(f"/invitations/{TOKEN}/")
    services.revoke(invitation=house.invitation, by=house.people["director"], at=house.invitation.created_at)
    assert "by invitation" in client.get("/accounts/signup/").content.decode()


def test_a_link_that_was_shown_on_a_page_confirms_no_address(house: House, settings: Any) -> None:
    settings.EMAIL_CONFIGURED = False
    director = Client()
    director.force_login(house.people["director"])
    director.post(f"/o/{house.slug}/people/invitations/{house.invitation.pk}/resend/")
    page = director.get(f"/o/{house.slug}/people/").content.decode()
    link = re.search(r"/invitations/[\w-]{20,}/", page)[0]  # type: ignore[index]
    settings.EMAIL_CONFIGURED = True  # a mail server came later
    client = Client()
    client.get(link)
    response = client.post("/accounts/signup/", {**FRESH, "email": house.invitation.email})
    assert response["Location"] == "/accounts/confirm-email/"
    user = User.objects.get(email=house.invitation.email)
    services.accept(invitation=house.invitation, user=user, at=house.invitation.created_at)
    assert not EmailAddress.objects.filter(user=user, verified=True).exists()


def test_an_invitation_sent_again_by_mail_confirms_the_address(house: House, settings: Any) -> None:
    settings.EMAIL_CONFIGURED = False
    shown = services.resend(
        invitation=house.invitation, by=house.people["director"], at=house.invitation.created_at
    )
    settings.EMAIL_CONFIGURED = True
    mailed = services.resend(
        invitation=house.invitation, by=house.people["director"], at=house.invitation.created_at
    )
    client = Client()
    assert client.get(f"/invitations/{shown}/").status_code == 404
    client.get(f"/invitations/{mailed}/")
    response = client.post("/accounts/signup/", {**FRESH, "email": house.invitation.email})
    assert response["Location"] == "/start/"


def test_another_address_still_has_to_be_confirmed(house: House) -> None:
    client = Client()
    client.get(f"/invitations/{TOKEN}/")
    response = client.post("/accounts/signup/", FRESH)
    assert response["Location"] == "/accounts/confirm-email/"


def test_a_password_is_reset_by_a_link_and_an_unknown_address_gets_the_same_answer() -> None:
    user = person("Ana", email="ana@example.org")
    client = Client()
    for email in ("ana@example.org", "nobody@example.org"):
        assert client.post("/accounts/password/reset/", {"email": email})["Location"] == (
            "/accounts/password/reset/done/"
        )
    send_waiting()
    message = next(one for one in mail.outbox if one.to == ["ana@example.org"])
    path = re.search(r"http.?://[^/]+(/accounts/password/reset/key/\S+)", message.body)[1]  # type: ignore[index]
    form = client.get(path, follow=True)
    assert "Choose a new password" in form.content.decode()
    address = form.redirect_chain[-1][0]
    done = client.post(address, {"password1": "another good one", "password2": "another good one"})
    assert done["Location"] == "/accounts/password/reset/key/done/"
    user.refresh_from_db()
    assert user.check_password("another good one")
    assert AuditEvent.objects.filter(kind="password-changed", user=user).count() == 1
    assert "does not work any more" in client.get(path, follow=True).content.decode()


def test_a_sign_in_is_written_down_and_speaks_the_persons_language(house: House) -> None:
    user = house.people["editor"]
    user.language = "es"
    user.save()
    client = Client()
    client.post("/accounts/login/", {"login": user.email.upper(), "password": PASSWORD})
    assert AuditEvent.objects.get(kind="sign-in").user == user
    response = client.get(f"/o/{house.slug}/")
    assert response["Content-Language"] == "es"
    assert '<html lang="es">' in response.content.decode()


def test_too_many_wrong_passwords_are_stopped(house: House) -> None:
    client = Client()
    wrong = {"login": house.people["editor"].email, "password": "guess"}
    pages = [client.post("/accounts/login/", wrong).content.decode() for _ in range(12)]
    assert "Address and password do not fit together." in pages[0]
    assert "Too many tries" in pages[-1]
    assert client.post("/accounts/login/", {**wrong, "password": PASSWORD}).status_code != 302


def test_a_refused_sign_in_says_nothing_of_saving_and_a_new_account_is_not_asked_to_be_made(
    no_mail: None,
) -> None:
    client = Client()
    assert "No account yet?" in client.get("/accounts/login/").text
    client.post("/accounts/signup/", FRESH)
    wrong = client.post("/accounts/login/", {"login": FRESH["email"], "password": "not this one"}).text
    assert "One thing needs another look." in wrong
    assert "Nothing has been saved." not in wrong
    assert "No account yet?" not in wrong
    assert "Nothing has been saved." in client.post("/accounts/signup/", {"email": "no"}).text


def test_the_summary_counts_every_mistake_that_it_lists(no_mail: None) -> None:
    page = Client().post("/accounts/signup/", {**FRESH, "email": "no", "password1": "12345"}).text
    listed = page[
        page.index("<ul>", page.index("data-focus")) : page.index("</ul>", page.index("data-focus"))
    ]
    assert listed.count("<li>") > 2
    assert f"{listed.count('<li>')} things need another look." in page
