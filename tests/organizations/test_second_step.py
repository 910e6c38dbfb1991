"""The second step: an app with codes, recovery codes, and a change of address. Every page of them is shown once."""

import re
import time

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.cache import cache
from django.test import Client

from jobs.models import Job
from jobs.services import run
from organizations.models import AuditEvent, User
from tests.factories.people import PASSWORD, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return person("Ana", email="ana@example.org")


def sign_in(user: User) -> tuple[Client, str]:
    """Sign in by the form; return where that leads to."""
    client = Client()
    response = client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert response.status_code == 302
    return client, response["Location"]


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def code_of(secret: str, *, earlier: bool = False) -> str:
    counter = int(time.time()) // 30
    return totp.format_hotp_value(totp.hotp_value(secret, counter - (1 if earlier else 0)))


@pytest.mark.django_db(transaction=True)
def test_an_app_is_set_up_used_and_given_up(user: User) -> None:
    client, _where = sign_in(user)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    shown = page(client, "/accounts/2fa/totp/activate/")
    secret = re.search(r'id="authenticator_secret" value="(\w+)"', shown)[1]  # type: ignore[index]
    wrong = client.post("/accounts/2fa/totp/activate/", {"code": "000000"})
    assert 'id="id_code_error"' in wrong.content.decode()
    done = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret, earlier=True)})
    assert done["Location"] == "/accounts/2fa/recovery-codes/"

    codes = re.findall(r"<li>(\w+)</li>", page(client, done["Location"]))
    assert len(codes) == 10
    assert "Make new recovery codes" in page(client, "/accounts/2fa/recovery-codes/generate/")
    download = client.get("/accounts/2fa/recovery-codes/download/").content.decode()
    assert all(code in download for code in codes)
    index = page(client, "/accounts/2fa/")
    assert "In use" in index
    assert "Stop using the app?" in page(client, "/accounts/2fa/totp/deactivate/")
    assert "/accounts/2fa/reauthenticate/" in page(client, "/accounts/reauthenticate/")
    assert "Show that it is you" in page(client, "/accounts/2fa/reauthenticate/")

    cache.clear()  # a code counts once within its half minute; the test has no half minute to wait
    again, where = sign_in(user)
    assert where == "/accounts/2fa/authenticate/"
    assert again.get("/account/").status_code == 302
    assert "The second step" in page(again, where)
    assert again.post(where, {"code": "000000"}).status_code == 200
    assert again.post(where, {"code": code_of(secret)})["Location"] == "/start/"

    by_recovery, where = sign_in(user)
    assert by_recovery.post(where, {"code": codes[0]})["Location"] == "/start/"
    used, where = sign_in(user)
    assert used.post(where, {"code": codes[0]}).status_code == 200

    assert client.post("/accounts/2fa/totp/deactivate/").status_code == 302
    assert sign_in(user)[1] == "/start/"
    # Each change was told by mail. (A worker of another test may have sent them already; it forgets the text.)
    told = Job.objects.filter(kind="organizations.send_mail")
    assert [job.payload["to"] for job in told] == ["ana@example.org"] * 2
    kinds = AuditEvent.objects.filter(user=user, kind__startswith="second-step").order_by("pk")
    assert [event.kind for event in kinds] == ["second-step-added"] * 2 + ["second-step-removed"] * 2


def test_what_changes_the_sign_in_asks_for_the_password_first(user: User) -> None:
    client = Client()
    client.force_login(user)
    asked = client.get("/accounts/2fa/totp/activate/")
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    assert "Show that it is you" in page(client, asked["Location"])
    assert client.post(asked["Location"], {"password": "guess"}).status_code == 200
    assert (
        client.post(asked["Location"], {"password": PASSWORD})["Location"] == "/accounts/2fa/totp/activate/"
    )


def test_a_new_address_counts_once_it_is_confirmed(user: User) -> None:
    client, _where = sign_in(user)
    assert "You sign in with ana@example.org." in page(client, "/accounts/email/")
    client.post("/accounts/email/", {"email": "new@example.org", "action_add": ""})
    assert "We have sent a link to new@example.org." in page(client, "/accounts/email/")
    user.refresh_from_db()
    assert user.email == "ana@example.org"
    for job in Job.objects.filter(state="queued"):
        run(job.pk)
    message = next(one for one in mail.outbox if one.to == ["new@example.org"])
    path = re.search(r"http.?://[^/]+(/accounts/confirm-email/\S+)", message.body)[1]  # type: ignore[index]
    client.post(path)
    user.refresh_from_db()
    assert user.email == "new@example.org"
    assert sign_in(user)[1] == "/start/"


def test_a_password_is_changed_while_signed_in(user: User) -> None:
    client, _where = sign_in(user)
    fields = {"oldpassword": PASSWORD, "password1": "another good one", "password2": "another good one"}
    bad = client.post("/accounts/password/change/", {**fields, "oldpassword": "guess"})
    assert 'id="id_oldpassword_error"' in bad.content.decode()
    assert client.post("/accounts/password/change/", fields).status_code == 302
    user.refresh_from_db()
    assert user.check_password("another good one")


def test_too_many_sign_ups_from_one_place_wait(user: User) -> None:
    client = Client()
    answers = [client.post("/accounts/signup/", {"email": "x"}) for _ in range(61)]
    assert answers[-1].status_code == 429
    assert "Too many tries" in answers[-1].content.decode()
