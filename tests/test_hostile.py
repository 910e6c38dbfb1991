"""Requests that no form of ours sends: a clear page with 4xx, never a broken server, never another site's address."""

from typing import Any

import pytest
from django.conf import settings as project
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client, RequestFactory
from django.urls import reverse

from tests.factories.people import House
from tests.factories.shared import SHARE_TOKEN

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
EVIL = (
    "a\x00b",
    "\ud800",
    "x" * 20_000,
    "9" * 40,
    "-1",
    "NaN",
    "1e309",
    "²٣𝟗",
    "a\r\nBcc: b@example.org",
    "../../x",
)


@pytest.fixture
def director(house: House) -> Client:
    cache.clear()
    client = Client(raise_request_exception=False)
    client.force_login(house.people["director"])
    return client


def quoted(text: str) -> str:
    """Return a text as it stands in a form, broken characters included."""
    return "".join(f"%{byte:02x}" for byte in text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("charset", ["utf-16", "utf-7", "idna"])
def test_a_form_in_another_charset_is_refused_with_a_page(
    director: Client, house: House, charset: str
) -> None:
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.get("/accounts/login/")  # the token's cookie
    for client in (director, strict):
        response = client.post("/accounts/login/", "login=a", content_type=f"{FORM}; charset={charset}")
        assert response.status_code == 400
        assert "could not be read" in response.content.decode()


@pytest.mark.parametrize(
    "target", [*EVIL, "https://evil.example", "//evil.example", "/\\evil.example", "start"]
)
def test_the_language_leads_to_a_path_of_this_site_only(director: Client, target: str) -> None:
    response = director.post("/language/", f"language=es&next={quoted(target)}", content_type=FORM)
    assert (response.status_code, response["Location"]) == (302, "/")


@pytest.mark.parametrize("path", ["/organizations/new/", "profile/", "goals/add/", "sharing/create/"])
@pytest.mark.parametrize("evil", EVIL)
def test_a_form_full_of_nonsense_is_an_error_of_the_form(
    director: Client, house: House, path: str, evil: str
) -> None:
    address = path if path.startswith("/") else f"/o/{house.slug}/{path}"
    names = (
        *("name", "mission", "field", "staff_count", "full_time_equivalents", "yearly_budget_cents", "key"),
        *("currency", "title", "measure", "by", "weight", "recipient", "recipient_email", "report", "until"),
    )
    body = "&".join(f"{name}={quoted(evil)}" for name in names)
    assert director.post(address, body, content_type=FORM).status_code in {200, 422}


@pytest.mark.parametrize(
    "path",
    [
        *("/s/a%00b/", "/s/%ed%a0%80/", "/s/%ff/download/", f"/s/{'A' * 4000}/", f"/s/{SHARE_TOKEN}x/"),
        *("/invitations/a%00b/", "/invitations/%ff%fe/", f"/invitations/{'A' * 4000}/"),
        *("/accounts/confirm-email/a%00b/", "/o/%00/", "/static/%2e%2e/%2e%2e/manage.py"),
        *("/media-is-private/organizations/", "/s/../../etc/passwd/"),
    ],
)
def test_a_made_up_address_is_not_here(director: Client, house: House, path: str) -> None:
    for client in (director, Client(raise_request_exception=False)):
        assert client.get(path).status_code == 404


def test_a_body_that_is_too_large_or_has_too_many_fields_is_refused(director: Client, house: House) -> None:
    large, many = "name=" + "a" * 6_000_000, "&".join(f"f{number}=1" for number in range(5000))
    for body, status, said in ((large, 413, "too large"), (many, 400, "could not be read")):
        response = director.post(f"/o/{house.slug}/profile/", body, content_type=FORM)
        assert response.status_code == status
        assert said in response.content.decode()


def served(method: str, path: str) -> tuple[str, dict[str, str], bytes]:
    """Return status, headers and body as the web server gets them; the test client takes a body away by itself."""
    heads: list[Any] = []
    environ = RequestFactory().generic(method, path, secure=True).environ
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        answer = WSGIHandler()(environ, lambda *head: heads.append(head))
        body = b"".join(answer)
        answer.close()  # type: ignore[attr-defined]
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
    return heads[0][0], dict(heads[0][1]), body


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "", "download/", "/s/x/", "/nope"])
def test_an_answer_to_head_is_that_to_get_without_its_body(house: House, path: str) -> None:
    cache.clear()
    path = path if path.startswith("/") else f"/s/{SHARE_TOKEN}/{path}"
    status, headers, body = served("HEAD", path)
    same, full, page = served("GET", path)
    assert (status, body) == (same, b"")
    assert headers.keys() == full.keys()
    assert len(page) == int(full["Content-Length"])
    assert int(headers["Content-Length"]) > 0


@pytest.mark.parametrize("kind", ["multipart/form-data", f"multipart/form-data; boundary={'a' * 2000}"])
def test_a_broken_multipart_is_refused(director: Client, house: House, kind: str) -> None:
    response = director.post(f"/o/{house.slug}/profile/", b"--b\r\nx", content_type=kind)
    assert response.status_code == 400


def test_another_host_is_refused(director: Client) -> None:
    for host in ("evil.example", "a b", "testserver:evil"):
        assert director.get("/", headers={"host": host}).status_code == 400


def test_every_answer_carries_the_browsers_rules(director: Client, house: House) -> None:
    """Pages, parts, files, redirections and refusals."""
    anybody = Client(raise_request_exception=False)
    answers = {
        "page": director.get(f"/o/{house.slug}/"),
        "pdf": director.get(reverse("reports:report-download", args=[house.slug, 1])),
        "picture": director.get(reverse("reports:report-page", args=[house.slug, 1, 1])),
        "part": director.get(reverse("reports:report-row", args=[house.slug, 1])),
        "redirection": anybody.get(f"/o/{house.slug}/"),
        "wrong host": anybody.get("/", headers={"host": "evil.example"}),
        "wrong form": anybody.post("/language/", "x", content_type=f"{FORM}; charset=utf-16"),
        "not here": anybody.get("/nowhere/"),
        "wrong link": anybody.get("/s/nothing/"),
        "wrong method": director.put("/language/"),
        "no token": Client(enforce_csrf_checks=True).post("/language/"),
        "refused": as_respondent(house).get(f"/o/{house.slug}/reports/"),
        "health": anybody.get("/healthz"),
    }
    answers["pdf"].close()
    statuses = {name: answer.status_code for name, answer in answers.items()}
    assert statuses == {
        **dict.fromkeys(["page", "pdf", "picture", "part", "health"], 200),
        **dict.fromkeys(["wrong host", "wrong form"], 400),
        **dict.fromkeys(["not here", "wrong link"], 404),
        **dict.fromkeys(["no token", "refused"], 403),
        "redirection": 302,
        "wrong method": 405,
    }
    for name, answer in answers.items():
        rules = answer["Content-Security-Policy"]
        assert "default-src 'none'" in rules, name
        assert "unsafe" not in rules, name
        assert answer["X-Content-Type-Options"] == "nosniff", name
        assert answer["Referrer-Policy"] in {"same-origin", "no-referrer"}, name


def test_a_broken_server_answers_by_the_same_rules(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.factories.broken_site"
    answer = Client(raise_request_exception=False).get("/broken/")
    assert answer.status_code == 500
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "on purpose" not in answer.content.decode()


def test_cookies_are_for_this_site_and_no_script(house: House, settings: Any) -> None:
    cache.clear()
    client = Client()
    client.post("/accounts/login/", {"login": "director@example.org", "password": "coffee while it starts"})
    client.get("/accounts/login/")
    for name in (project.SESSION_COOKIE_NAME, project.CSRF_COOKIE_NAME):
        cookie = client.cookies[name]
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax"), name


LIMITED = {
    "sign-in to one account": ("/accounts/login/", {"login": "nobody@example.org", "password": "x"}, 10),
    "sign-in": ("/accounts/login/", {"login": "nobody-{}@example.org", "password": "x"}, 60),
    "sign-up": ("/accounts/signup/", {"email": "n{}@example.org", "password1": "coffee while it starts"}, 60),
    "reset": ("/accounts/password/reset/", {"email": "n{}@example.org"}, 20),
    "share": ("/s/guess-{}/", None, 60),
    "share's file": ("/s/guess-{}/download/", None, 60),
    "invitation": ("/invitations/guess-{}/", None, 60),
}


@pytest.mark.parametrize("name", sorted(LIMITED))
def test_guessing_from_one_address_is_stopped_with_a_sentence(name: str, db: None) -> None:
    cache.clear()
    path, fields, most = LIMITED[name]
    client = Client(headers={"x-forwarded-for": "203.0.113.7"})
    pages = []
    for number in range(most + 1):
        if fields is None:
            answer = client.get(path.format(number))
        else:
            data = {key: value.format(number) for key, value in fields.items()}
            answer = Client(headers={"x-forwarded-for": "203.0.113.7"}).post(path, data)
        pages.append(answer.content.decode())
    assert ["Too many" in page for page in pages] == [False] * most + [True]
    cache.clear()


def as_respondent(house: House) -> Client:
    client = Client()
    client.force_login(house.people["respondent"])
    return client
